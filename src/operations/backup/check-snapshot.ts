import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keys } from '../../platform/keys'
import type { BackupPlace } from './backup-place'
import { digestFile } from './digest-file'
import { keysFile, manifestFile, readSigned, type SnapshotManifest, tableFile } from './snapshot-manifest'

export interface CheckedSnapshot {
  /** Undefined when it was changed or signed by others: then nothing else can be said. */
  manifest: SnapshotManifest | undefined
  /** What is wrong, each with the file that it is wrong with. */
  findings: string[]
}

/** Reads every byte of a snapshot again and compares it with what was signed when it was taken. */
export async function checkSnapshot(place: BackupPlace, name: string, keys: Keys): Promise<CheckedSnapshot> {
  const folder = place.snapshot(name)
  const manifest = await readSigned(folder, keys).catch(() => undefined)
  if (manifest?.name !== name)
    return { manifest: undefined, findings: [`${manifestFile} was changed, or signed with other keys`] }
  const findings: string[] = []
  const compare = async (shown: string, path: string, expected: { length: number; digest: string }) => {
    const found = await digestFile(path, expected.length).catch(() => undefined)
    if (!found) findings.push(`${shown} is missing`)
    else if (found.length !== expected.length || found.digest !== expected.digest)
      findings.push(`${shown} was changed`)
  }
  for (const table of manifest.tables)
    await compare(tableFile(table.name), join(folder, tableFile(table.name)), table)
  if (manifest.keys.sealed) await compare(keysFile, join(folder, keysFile), manifest.keys.sealed)
  for (const object of manifest.objects)
    await compare(
      object.name,
      join(object.own ? join(folder, 'objects') : place.objects, object.name),
      object,
    )
  findings.push(...(await strangers(folder, manifest)))
  return { manifest, findings }
}

/** Files of the snapshot's folder that it does not speak of. */
async function strangers(folder: string, manifest: SnapshotManifest): Promise<string[]> {
  const known = new Set([
    manifestFile,
    ...manifest.tables.map(({ name }) => tableFile(name)),
    ...(manifest.keys.sealed ? [keysFile] : []),
    ...manifest.objects.filter(({ own }) => own).map(({ name }) => `objects/${name}`),
  ])
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !known.has(path))
    .map((path) => `${path} does not belong to the snapshot`)
}
