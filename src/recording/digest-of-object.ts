import { createHash } from 'node:crypto'
import type { ObjectStore } from '../platform/object-store'

/** Length and SHA-256 of what lies under a name; of the first `end` bytes. */
export async function digestOfObject(
  store: ObjectStore,
  name: string,
  end?: number,
): Promise<{ length: number; digest: string }> {
  const hash = createHash('sha256')
  let length = 0
  if (((await store.lengthOf(name)) ?? 0) > 0) {
    for await (const bytes of store.read(name, 0, end)) {
      hash.update(bytes)
      length += bytes.length
    }
  }
  return { length, digest: hash.digest('hex') }
}
