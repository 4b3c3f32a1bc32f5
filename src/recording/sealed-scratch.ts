import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { chunkBytes, sealedChunkBytes } from './sealed-file'
import { sealBytes } from './recording-key'

/** How the chunks of one file are sealed. */
export interface ChunkSeal {
  seal(bytes: Uint8Array, chunk: number): Buffer
  unseal(sealed: Uint8Array, chunk: number): Buffer
}

/** A file of this machine that is written at any place and lies on the disk sealed, chunk by chunk. */
export interface SealedScratch {
  readonly path: string
  readonly length: number
  write(position: number, bytes: Uint8Array): Promise<void>
  read(start: number, end: number): Promise<Buffer>
  /** Brings everything to the disk, in the form of a sealed file: its length, and SHA-256 over the sealed bytes. */
  finish(): Promise<{ length: number; digest: Buffer }>
  remove(): Promise<void>
}

interface CachedChunk {
  plain: Buffer
  changed: boolean
}

/** Chunks kept open: where the file grows, its head, and where something is put right. */
const cachedChunks = 4

export async function createSealedScratch(path: string, seal: ChunkSeal): Promise<SealedScratch> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(path, 'wx+', 0o600)
  const cache = new Map<number, CachedChunk>()
  let length = 0
  let onDisk = 0

  const store = async (chunk: number, plain: Buffer) => {
    await writeAll(handle, seal.seal(plain, chunk), chunk * sealedChunkBytes)
    onDisk = Math.max(onDisk, chunk + 1)
  }
  const load = async (chunk: number): Promise<Buffer> => {
    if (chunk >= onDisk) return Buffer.alloc(chunkBytes)
    const sealed = Buffer.alloc(sealedChunkBytes)
    const { bytesRead } = await handle.read(sealed, 0, sealed.length, chunk * sealedChunkBytes)
    // A hole that a write far ahead has left
    if (bytesRead < sealed.length || sealed.every((byte) => byte === 0)) return Buffer.alloc(chunkBytes)
    return seal.unseal(sealed, chunk)
  }
  const take = async (chunk: number): Promise<CachedChunk> => {
    const cached = cache.get(chunk) ?? { plain: await load(chunk), changed: false }
    cache.delete(chunk)
    cache.set(chunk, cached)
    for (const [oldest, { plain, changed }] of cache) {
      if (cache.size <= cachedChunks) break
      if (changed) await store(oldest, plain)
      cache.delete(oldest)
    }
    return cached
  }

  return {
    path,
    get length() {
      return length
    },
    async write(position, bytes) {
      for (let done = 0; done < bytes.length;) {
        const at = position + done
        const inChunk = at % chunkBytes
        const cached = await take(Math.floor(at / chunkBytes))
        const piece = bytes.subarray(done, done + chunkBytes - inChunk)
        cached.plain.set(piece, inChunk)
        cached.changed = true
        done += piece.length
      }
      length = Math.max(length, position + bytes.length)
    },
    async read(start, end) {
      const pieces: Buffer[] = []
      for (let at = start; at < Math.min(end, length);) {
        const inChunk = at % chunkBytes
        const { plain } = await take(Math.floor(at / chunkBytes))
        const piece = Buffer.from(plain.subarray(inChunk, inChunk + Math.min(end, length) - at))
        pieces.push(piece)
        at += piece.length
      }
      return Buffer.concat(pieces)
    },
    async finish() {
      for (const [chunk, { plain, changed }] of cache) if (changed) await store(chunk, plain)
      const last = Math.ceil(length / chunkBytes) - 1
      if (last >= 0) {
        const plain = (await take(last)).plain.subarray(0, length - last * chunkBytes)
        await writeAll(handle, seal.seal(plain, last), last * sealedChunkBytes)
        await handle.truncate(last * sealedChunkBytes + plain.length + sealBytes)
      }
      cache.clear()
      const digest = await digestOf(handle)
      await handle.close()
      return { length, digest }
    },
    async remove() {
      await handle.close().catch(() => undefined)
      await rm(path, { force: true })
    },
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

async function digestOf(handle: FileHandle): Promise<Buffer> {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(sealedChunkBytes)
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(piece, 0, piece.length, at)
    if (bytesRead === 0) return hash.digest()
    hash.update(piece.subarray(0, bytesRead))
    at += bytesRead
  }
}
