import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ObjectStore } from '../../platform/object-store'
import { type Digested, syncFolder } from './digest-file'
import type { SnapshotManifest } from './snapshot-manifest'
import type { WantedObject } from './wanted-objects'

type SavedObject = SnapshotManifest['objects'][number]

export interface ObjectCopies {
  objects: SavedObject[]
  copied: number
  problems: string[]
}

/** Something that the snapshot speaks of has gone since: erased, or made anew. A fresh snapshot knows. */
export class ObjectGone extends Error {
  override name = 'ObjectGone'
}

interface Copying {
  /** Folder of all snapshots. */
  shared: string
  /** Folder of this one. */
  own: string
  /** The store has lost it for good: it becomes a problem that is told, and the rest is saved. */
  mayBeGone: boolean
}

/**
 * Copies what is not there yet. Finished recordings never change and are copied once for all snapshots; what still
 * grows is copied as far as it is, which is at least as far as the database says.
 * @throws ObjectGone
 */
export async function copyObjects(
  store: ObjectStore,
  wanted: readonly WantedObject[],
  copying: Copying,
): Promise<ObjectCopies> {
  const copies: ObjectCopies = { objects: [], copied: 0, problems: [] }
  for (const object of wanted) {
    const { digest, name } = object
    const stored = await store.lengthOf(name)
    // A log whose process was killed before it wrote anything
    if (stored === undefined && object.length === 0) continue
    if (stored === undefined || stored < (object.length ?? 0)) {
      if (!copying.mayBeGone) throw new ObjectGone(name)
      copies.problems.push(`${name} is not in the store, or not whole`)
      continue
    }
    if (digest === undefined) {
      const saved = await save(store, name, stored, copying.own)
      copies.objects.push({ name, ...saved, own: true })
      copies.copied++
      continue
    }
    const length = object.length ?? stored
    if ((await lengthOf(join(copying.shared, name))) === length) {
      copies.objects.push({ name, length, digest, own: false })
      continue
    }
    copies.copied++
    const saved = await save(store, name, length, copying.shared, digest)
    if (saved.digest === digest) copies.objects.push({ name, length, digest, own: false })
    else {
      copies.problems.push(`${name} is not what was signed: the store has changed it`)
      copies.objects.push({ name, ...(await save(store, name, length, copying.own)), own: true })
    }
  }
  return copies
}

const lengthOf = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.size

/** Whole under its name or not at all; with a digest given only when it is the right one. */
async function save(
  store: ObjectStore,
  name: string,
  length: number,
  folder: string,
  expected?: string,
): Promise<Digested> {
  const path = join(folder, name)
  const whole = `${path}.${randomUUID()}.unfinished`
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const handle = await open(whole, 'wx', 0o600)
  const hash = createHash('sha256')
  let saved = 0
  try {
    for await (const piece of store.read(name, 0, length)) {
      await handle.writeFile(piece)
      hash.update(piece)
      saved += piece.length
    }
    await handle.sync()
    if (saved !== length) throw new ObjectGone(name)
    const digest = hash.digest('hex')
    if (expected === undefined || expected === digest) {
      await rename(whole, path)
      await syncFolder(dirname(path))
    }
    return { length: saved, digest }
  } finally {
    await handle.close()
    await rm(whole, { force: true })
  }
}
