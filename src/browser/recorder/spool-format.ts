import type { BuiltBatch } from './batch-builder'

/**
 * Batches that wait on this computer, one file a session: pieces of length u32 | number u32 | nonce 12 | sealed
 * batch, big-endian. The key never lies beside them: the server hands it to whoever may send them.
 */
const headBytes = 8
const nonceBytes = 12
const builtAtOffset = 56

/** What is used of a file handle of the browser's private file system. */
export interface SpoolFile {
  read(into: Uint8Array<ArrayBuffer>, options: { at: number }): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number
  flush(): void
  truncate(size: number): void
  getSize(): number
  close(): void
}

export const spoolFileName = (visitId: string, session: string): string => `${visitId}.${session}.spool`

/** Visit and session that a file's name tells; null for a file of somebody else's. */
export function readSpoolName(name: string): { visitId: string; session: string } | null {
  const found = /^([0-9a-f-]{36})[.]([0-9a-f-]{36})[.]spool$/.exec(name)
  return found ? { visitId: found[1] ?? '', session: found[2] ?? '' } : null
}

export async function spoolCipher(base64Key: string): Promise<CryptoKey> {
  const bytes = Uint8Array.from(atob(base64Key), (character) => character.charCodeAt(0))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

const context = (session: string, number: number) => new TextEncoder().encode(`${session}:${number}`)

export async function sealForSpool(
  key: CryptoKey,
  session: string,
  { number, bytes }: BuiltBatch,
): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: context(session, number) }
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, bytes))
  const piece = new Uint8Array(headBytes + nonceBytes + sealed.length)
  const view = new DataView(piece.buffer)
  view.setUint32(0, nonceBytes + sealed.length)
  view.setUint32(4, number)
  piece.set(nonce, headBytes)
  piece.set(sealed, headBytes + nonceBytes)
  return piece
}

/** The batches of a file in order; ends at a piece that is cut off or cannot be opened. */
export async function* readSpool(
  file: Pick<SpoolFile, 'read' | 'getSize'>,
  key: CryptoKey,
  session: string,
): AsyncGenerator<BuiltBatch> {
  const size = file.getSize()
  const head = new Uint8Array(headBytes)
  let at = 0
  while (at + headBytes <= size) {
    file.read(head, { at })
    const view = new DataView(head.buffer)
    const length = view.getUint32(0)
    const number = view.getUint32(4)
    if (length < nonceBytes || at + headBytes + length > size) return
    const sealed = new Uint8Array(length)
    file.read(sealed, { at: at + headBytes })
    at += headBytes + length
    const bytes = await open(key, session, number, sealed)
    if (!bytes) return
    yield { number, bytes, builtAt: new DataView(bytes.buffer).getFloat64(builtAtOffset) }
  }
}

async function open(
  key: CryptoKey,
  session: string,
  number: number,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const iv = sealed.subarray(0, nonceBytes)
  const algorithm = { name: 'AES-GCM', iv, additionalData: context(session, number) }
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.subarray(nonceBytes)))
  } catch {
    // Written by halves when the computer went down
    return null
  }
}
