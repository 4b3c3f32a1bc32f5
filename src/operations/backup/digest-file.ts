import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

export interface Digested {
  length: number
  /** SHA-256 in hexadecimal digits. */
  digest: string
}

/** Length and digest of a file, or of its first bytes. @throws when it cannot be read */
export async function digestFile(path: string, mostBytes = Infinity): Promise<Digested> {
  const hash = createHash('sha256')
  let length = 0
  if (mostBytes > 0)
    for await (const piece of createReadStream(path, { end: mostBytes - 1 }) as AsyncIterable<Buffer>) {
      hash.update(piece)
      length += piece.length
    }
  return { length, digest: hash.digest('hex') }
}

/** A name is durable once its folder is synced. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
