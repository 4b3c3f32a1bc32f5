import { recordingIndex, type RecordingIndex } from '../contract/recording-index'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import { openRecordingKey } from './recording-key'
import { readSealedFile, type SealedFile } from './sealed-file'

interface Playable {
  visitId: string
  wrappedKey: Buffer
  run: string
}

export interface PlayedFile extends SealedFile {
  kind: string
}

/** The valid files of a recording. */
export async function readFiles(db: DbOrTx, { visitId, run }: Playable): Promise<PlayedFile[]> {
  const rows = await db
    .selectFrom('recording_file')
    .select(['name', 'kind', 'length'])
    .where('visit_id', '=', visitId)
    .where('run', '=', run)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ visitId, run, ...row }))
}

/**
 * Plain bytes of a file. The first piece is read before anything is answered, so that what is damaged at once is a
 * plain failure; later damage breaks the answer off.
 */
export async function startReading(
  { keys, store }: { keys: Keys; store: ObjectStore },
  { visitId, wrappedKey }: Playable,
  file: SealedFile,
  { start, end }: { start: number; end: number },
): Promise<AsyncGenerator<Buffer>> {
  const bytes = readSealedFile(store, openRecordingKey(keys, visitId, wrappedKey), file, start, end)
  const first = await bytes.next()
  async function* all(): AsyncGenerator<Buffer> {
    if (first.done) return
    yield first.value
    yield* bytes
  }
  return all()
}

const largestIndexBytes = 16 * 1024 * 1024

/** What lies where in the recording. @throws when the index is missing or damaged */
export async function readIndex(
  db: DbOrTx,
  parts: { keys: Keys; store: ObjectStore },
  recording: Playable,
): Promise<RecordingIndex> {
  const files = await readFiles(db, recording)
  const file = files.find(({ kind }) => kind === 'index')
  if (!file || file.length > largestIndexBytes) throw new Error('The recording has no index')
  const pieces: Buffer[] = []
  for await (const piece of await startReading(parts, recording, file, { start: 0, end: file.length }))
    pieces.push(piece)
  return recordingIndex.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')))
}
