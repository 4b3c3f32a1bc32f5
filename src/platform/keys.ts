import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const keyRingSchema = z.object({
  current: z.number().int().min(0).max(255),
  keys: z.array(z.object({ id: z.number().int().min(0).max(255), secret: z.base64() })).min(1),
})

/** The server's secrets: master keys by number; everything else is derived from them. */
export interface Keys {
  /** Encrypts personal data with AES-256-GCM; `context` (e.g. 'visit.client:<id>') must be the same to unseal. */
  seal(plaintext: string, context: string): Buffer
  /** @throws when the bytes were changed, the context differs or the key is unknown */
  unseal(sealed: Buffer, context: string): string
  /** A keyed hash to look a value up by (phone, e-mail, secret) without storing it. Never changes with rotation. */
  lookupHash(purpose: string, value: string): Buffer
  /** Ed25519 signature that anybody can check with the public key; for what must be provable outside, too. */
  sign(message: string): { keyId: number; signature: Buffer }
  verify(message: string, keyId: number, signature: Buffer): boolean
  /** Public keys of all signatures so far, in PEM, by key id. */
  publicKeys(): ReadonlyMap<number, string>
  /** MAC of 16 bytes for links, with the id of the key that made it. */
  mac(message: string, keyId?: number): { keyId: number; mac: Buffer } | undefined
}

interface Derived {
  sealing: KeyObject
  links: KeyObject
  signing: KeyObject
}

/** A key object is imported once; from a buffer each use would import it again, at four times the cost. */
const derive = (secret: Buffer, use: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `e-wizyta ${use}`, 32)))

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const deriveSigning = (secret: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([ed25519Prefix, Buffer.from(hkdfSync('sha256', secret, '', 'e-wizyta signing', 32))]),
    format: 'der',
    type: 'pkcs8',
  })

/**
 * Keys from `<folder>/keys.json`, generated there (mode 0600) when the file does not exist.
 * @throws when the file is damaged
 */
export async function openKeys(folder: string): Promise<Keys> {
  const file = join(folder, 'keys.json')
  return keysFrom(readRing(await readOrCreate(folder, file)))
}

/** Zod's and JSON's own words are long or quote what they read, and this file is secret. */
function readRing(text: string): z.infer<typeof keyRingSchema> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error('keys.json is not JSON')
  }
  const ring = keyRingSchema.safeParse(content)
  if (!ring.success) throw new Error('keys.json holds no key ring')
  return ring.data
}

async function readOrCreate(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const existing = await readIfThere(file)
  if (existing !== undefined) return existing
  await chmod(folder, 0o700)
  const fresh = JSON.stringify({ current: 1, keys: [{ id: 1, secret: randomBytes(32).toString('base64') }] })
  // It appears whole or not at all, even if we are killed; of two processes at once one makes the keys
  const whole = `${file}.${randomUUID()}`
  await writeFile(whole, fresh, { flag: 'wx', mode: 0o600, flush: true })
  try {
    await link(whole, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(whole)
  }
  return readFile(file, 'utf8')
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Throw-away keys for tests and benches. */
export function randomKeys(): Keys {
  return keysFrom({ current: 1, keys: [{ id: 1, secret: randomBytes(32).toString('base64') }] })
}

function keysFrom(ring: z.infer<typeof keyRingSchema>): Keys {
  const derived = new Map<number, Derived>()
  for (const { id, secret } of ring.keys) {
    const bytes = Buffer.from(secret, 'base64')
    if (bytes.length < 32) throw new Error(`Key ${id} is shorter than 32 bytes`)
    derived.set(id, {
      sealing: derive(bytes, 'sealing'),
      links: derive(bytes, 'links'),
      signing: deriveSigning(bytes),
    })
  }
  const oldest = ring.keys[0]
  if (!oldest || !derived.has(ring.current)) throw new Error('The current key is not in the key ring')
  const lookup = derive(Buffer.from(oldest.secret, 'base64'), 'lookup')

  return {
    seal: (plaintext, context) => {
      const key = derived.get(ring.current)
      if (!key) throw new Error('The current key is not in the key ring')
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key.sealing, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([ring.current]), iv, cipher.getAuthTag(), body])
    },
    unseal: (sealed, context) => {
      const key = derived.get(sealed[0] ?? -1)
      if (!key) throw new Error(`Sealed with key ${sealed[0] ?? '?'}, which is not in the key ring`)
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, sealed.subarray(1, 13))
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(13, 29))
      return decipher.update(sealed.subarray(29), undefined, 'utf8') + decipher.final('utf8')
    },
    lookupHash: (purpose, value) => createHmac('sha256', lookup).update(`${purpose}\0${value}`).digest(),
    sign: (message) => {
      const key = derived.get(ring.current)
      if (!key) throw new Error('The current key is not in the key ring')
      return { keyId: ring.current, signature: sign(null, Buffer.from(message), key.signing) }
    },
    verify: (message, keyId, signature) => {
      const key = derived.get(keyId)
      return key !== undefined && verify(null, Buffer.from(message), createPublicKey(key.signing), signature)
    },
    publicKeys: () =>
      new Map(
        [...derived].map(([id, { signing }]) => [
          id,
          createPublicKey(signing).export({ type: 'spki', format: 'pem' }).toString(),
        ]),
      ),
    mac: (message, keyId = ring.current) => {
      const key = derived.get(keyId)
      if (!key) return undefined
      return { keyId, mac: createHmac('sha256', key.links).update(message).digest().subarray(0, 16) }
    },
  }
}
