import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { recordingIndex } from '../../src/contract/recording-index'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import type { ObjectStore } from '../../src/platform/object-store'
import { openRecordingKey } from '../../src/recording/recording-key'
import { readSealedFile } from '../../src/recording/sealed-file'

/** Opens the finalised files of a visit into a folder: where each lies by its name, and what the index says. */
export async function openFinalised(
  { db, keys, store }: { db: Db; keys: Keys; store: ObjectStore },
  visitId: string,
  folder: string,
) {
  const recording = await db
    .selectFrom('recording')
    .select('wrapped_key')
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  if (!recording.wrapped_key) throw new Error('The recording was erased')
  const key = openRecordingKey(keys, visitId, recording.wrapped_key)
  const rows = await db.selectFrom('recording_file').selectAll().where('visit_id', '=', visitId).execute()
  const paths: Record<string, string> = {}
  let text = ''
  for (const { run, name, length, kind } of rows) {
    const pieces: Buffer[] = []
    for await (const piece of readSealedFile(store, key, { visitId, run, name, length })) pieces.push(piece)
    const bytes = Buffer.concat(pieces)
    const path = join(folder, name)
    await writeFile(path, bytes)
    paths[name] = path
    if (kind === 'index') text = bytes.toString()
  }
  return { paths, index: recordingIndex.parse(JSON.parse(text)) }
}
