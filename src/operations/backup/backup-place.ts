import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Snapshots being written; what is named so was cut short and counts for nothing. */
export const unfinished = '.unfinished'

const snapshotName = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z$/

/**
 * A folder with backups: `snapshots/<time>/` each with the database as it was, and `objects/`, the bytes of finished
 * recordings, which never change and are shared by all snapshots.
 */
export interface BackupPlace {
  folder: string
  /** Where the objects that snapshots share lie. */
  objects: string
  snapshot(name: string): string
}

export const backupPlace = (folder: string): BackupPlace => ({
  folder,
  objects: join(folder, 'objects'),
  snapshot: (name) => join(folder, 'snapshots', name),
})

/** '2026-12-29T03-10-00-000Z': sorts by time and is a name on every file system. */
export const nameOfSnapshot = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, '-')

/** Whole snapshots, oldest first. */
export async function listSnapshots(place: BackupPlace): Promise<string[]> {
  const names = await readdir(join(place.folder, 'snapshots')).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  })
  return names.filter((name) => snapshotName.test(name)).sort()
}

/** Makes the folders and removes what earlier backups left that were cut short. */
export async function preparePlace(place: BackupPlace): Promise<void> {
  const snapshots = join(place.folder, 'snapshots')
  await mkdir(snapshots, { recursive: true, mode: 0o700 })
  await mkdir(place.objects, { recursive: true, mode: 0o700 })
  for (const name of await readdir(snapshots))
    if (name.endsWith(unfinished)) await rm(join(snapshots, name), { recursive: true, force: true })
}
