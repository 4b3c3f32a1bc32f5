import { createHash, createHmac, randomBytes } from 'node:crypto'

/** The few messages of STUN and TURN (RFC 8489, RFC 8656) that asking a relay for a place needs. */
export const stunTypes = { allocate: 0x0003, refresh: 0x0004, success: 0x0100, error: 0x0110 } as const
const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  requestedTransport: 0x0019,
} as const
const cookie = 0x2112a442
const headerBytes = 20
const integrityBytes = 24
const udp = 17

export interface StunLogin {
  username: string
  credential: string
  realm: string
  nonce: string
}

export interface StunAnswer {
  transaction: string
  isSuccess: boolean
  /** Of an error. */
  code: number | null
  realm: string | null
  nonce: string | null
}

export interface StunRequest {
  transaction: string
  bytes: Buffer
}

/** A request for a place at the relay, or to give it back at once; without `login` it only asks how to sign in. */
export function stunRequest(what: 'allocate' | 'give_back', login?: StunLogin): StunRequest {
  const transaction = randomBytes(12)
  const parts = [
    what === 'allocate'
      ? attribute(attributes.requestedTransport, Buffer.from([udp, 0, 0, 0]))
      : attribute(attributes.lifetime, Buffer.alloc(4)),
  ]
  if (login) {
    parts.push(attribute(attributes.username, Buffer.from(login.username)))
    parts.push(attribute(attributes.realm, Buffer.from(login.realm)))
    parts.push(attribute(attributes.nonce, Buffer.from(login.nonce)))
  }
  const body = Buffer.concat(parts)
  const type = what === 'allocate' ? stunTypes.allocate : stunTypes.refresh
  const unsigned = (length: number) => Buffer.concat([header(type, length, transaction), body])
  const bytes = login ? signed(unsigned(body.length + integrityBytes), login) : unsigned(body.length)
  return { transaction: transaction.toString('hex'), bytes }
}

function signed(message: Buffer, { username, realm, credential }: StunLogin): Buffer {
  // MD5 and SHA-1 are the protocol's, not ours
  const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest()
  const mac = createHmac('sha1', key).update(message).digest()
  return Buffer.concat([message, attribute(attributes.integrity, mac)])
}

function header(type: number, length: number, transaction: Buffer): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(length, 2)
  bytes.writeUInt32BE(cookie, 4)
  return Buffer.concat([bytes, transaction])
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4)
  bytes.writeUInt16BE(type, 0)
  bytes.writeUInt16BE(value.length, 2)
  value.copy(bytes, 4)
  return bytes
}

/** How many bytes the message that begins here has; undefined while its header is not complete. */
export const stunLength = (bytes: Buffer): number | undefined =>
  bytes.length < headerBytes ? undefined : headerBytes + bytes.readUInt16BE(2)

/** Undefined for what is no answer of a relay. */
export function readStunAnswer(bytes: Buffer): StunAnswer | undefined {
  if (bytes.length < headerBytes || bytes.readUInt32BE(4) !== cookie) return undefined
  if (stunLength(bytes) !== bytes.length) return undefined
  const kind = bytes.readUInt16BE(0) & 0x0110
  if (kind !== stunTypes.success && kind !== stunTypes.error) return undefined
  const found = new Map<number, Buffer>()
  for (let at = headerBytes; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2)
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  const code = found.get(attributes.errorCode)
  return {
    transaction: bytes.subarray(8, headerBytes).toString('hex'),
    isSuccess: kind === stunTypes.success,
    code: code && code.length >= 4 ? (code.readUInt8(2) & 7) * 100 + code.readUInt8(3) : null,
    realm: found.get(attributes.realm)?.toString('utf8') ?? null,
    nonce: found.get(attributes.nonce)?.toString('utf8') ?? null,
  }
}
