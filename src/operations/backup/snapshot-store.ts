import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { ObjectStore } from '../../platform/object-store'
import type { BackupPlace } from './backup-place'
import type { SnapshotManifest } from './snapshot-manifest'

/** Where the bytes of an object lie in the backup. */
export const objectPath = (
  place: BackupPlace,
  snapshot: string,
  { name, own }: { name: string; own: boolean },
): string => join(own ? join(place.snapshot(snapshot), 'objects') : place.objects, name)

const readOnly = () => Promise.reject(new Error('A backup is only read'))

/** The recordings of a snapshot as a store, so that they can be read without restoring them. */
export function snapshotStore(place: BackupPlace, manifest: SnapshotManifest): ObjectStore {
  const objects = new Map(manifest.objects.map((object) => [object.name, object]))
  return {
    createLog: readOnly,
    putFile: readOnly,
    removeAll: readOnly,
    check: readOnly,
    lengthOf: (name) => Promise.resolve(objects.get(name)?.length),
    async *read(name, start = 0, end = Infinity) {
      const object = objects.get(name)
      if (!object) throw new Error(`'${name}' is not in the backup`)
      const last = Math.min(end, object.length) - 1
      if (last < start) return
      yield* createReadStream(objectPath(place, manifest.name, object), {
        start,
        end: last,
      }) as AsyncIterable<Uint8Array>
    },
    list: (prefix) => Promise.resolve([...objects.keys()].filter((name) => name.startsWith(prefix)).sort()),
  }
}
