import type { ObjectStore } from '../platform/object-store'
import { type RecordingKey, sealBytes } from './recording-key'
import { fileName } from './store-names'

/**
 * A finalised file as it lies in the store: its content in chunks of 256 KiB, the last one shorter, each sealed. So
 * any range can be read, and no chunk can be changed, moved or cut off unnoticed.
 */
export const chunkBytes = 256 * 1024
export const sealedChunkBytes = chunkBytes + sealBytes

export interface SealedFile {
  visitId: string
  run: string
  name: string
  /** Of the plain content, in bytes. */
  length: number
}

export const chunkContext = ({ visitId, run, name }: Omit<SealedFile, 'length'>, chunk: number): string =>
  `file:${visitId}:${run}:${name}:${chunk}`

/**
 * The plain bytes from `start` up to, not including, `end`.
 * @throws when a chunk was changed or is missing
 */
export async function* readSealedFile(
  store: ObjectStore,
  key: RecordingKey,
  file: SealedFile,
  start = 0,
  end = file.length,
): AsyncGenerator<Buffer> {
  const first = Math.floor(start / chunkBytes)
  const last = Math.floor((Math.min(end, file.length) - 1) / chunkBytes)
  if (last < first) return
  const sealed = store.read(
    fileName(file.visitId, file.run, file.name),
    first * sealedChunkBytes,
    (last + 1) * sealedChunkBytes,
  )
  let pending: Buffer = Buffer.alloc(0)
  let chunk = first
  const sizeOf = (index: number) => Math.min(chunkBytes, file.length - index * chunkBytes) + sealBytes
  for await (const bytes of sealed) {
    pending = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes])
    while (chunk <= last && pending.length >= sizeOf(chunk)) {
      const size = sizeOf(chunk)
      const plain = key.unseal(pending.subarray(0, size), chunkContext(file, chunk))
      pending = pending.subarray(size)
      const base = chunk * chunkBytes
      yield plain.subarray(Math.max(0, start - base), Math.min(plain.length, end - base))
      chunk++
    }
  }
  if (chunk <= last) throw new Error(`${file.name} is cut off`)
}
