import type { ObjectStore } from '../../src/platform/object-store'

/** All that a store gives when it is read. */
export async function bytesOf(
  store: ObjectStore,
  name: string,
  start?: number,
  end?: number,
): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of store.read(name, start, end)) pieces.push(Uint8Array.from(piece))
  return Buffer.concat(pieces)
}
