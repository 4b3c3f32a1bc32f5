import type { ClientBase } from 'pg'
import type { Keys } from '../../platform/keys'
import { readManifest } from '../../recording/manifest'
import { fileName, partName } from '../../recording/store-names'

/** Bytes of a recording that a snapshot of the database speaks of. */
export interface WantedObject {
  name: string
  visitId: string
  /** What was signed or noted of them; undefined while the recording still grows. */
  digest: string | undefined
  /** Of a log: bytes that are known to be durable, at least so many are needed. Undefined: the whole file. */
  length: number | undefined
}

export interface WantedObjects {
  recordings: number
  objects: WantedObject[]
}

/** What the client's transaction says that the store holds. Left-overs of killed runs are nobody's. */
export async function wantedObjects(client: ClientBase, keys: Keys): Promise<WantedObjects> {
  const { rows: recordings } = await client.query<RecordingRow>(`
    select visit_id, manifest, manifest_signature,
      finalised_version is not distinct from journal_version as settled
    from recording where state <> 'erased'`)
  const { rows: parts } = await client.query<PartRow>(`
    select s.visit_id, p.session_id, p.number, p.length
    from recording_part p join recording_session s on s.id = p.session_id`)
  const { rows: files } = await client.query<FileRow>(
    'select visit_id, run, name, digest from recording_file',
  )
  const partsOf = byVisit(parts)
  const filesOf = byVisit(files)
  const objects = recordings.flatMap((recording) => [
    ...journalOf(recording, partsOf.get(recording.visit_id) ?? [], keys),
    ...(filesOf.get(recording.visit_id) ?? []).map((file): WantedObject => ({
      name: fileName(file.visit_id, file.run, file.name),
      visitId: file.visit_id,
      digest: file.digest.toString('hex'),
      length: undefined,
    })),
  ])
  return { recordings: recordings.length, objects }
}

interface RecordingRow {
  visit_id: string
  manifest: string | null
  manifest_signature: Buffer | null
  settled: boolean
}
interface PartRow {
  visit_id: string
  session_id: string
  number: number
  length: number
}
interface FileRow {
  visit_id: string
  run: string
  name: string
  digest: Buffer
}

function byVisit<Row extends { visit_id: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const group = grouped.get(row.visit_id)
    if (group) group.push(row)
    else grouped.set(row.visit_id, [row])
  }
  return grouped
}

/** Of a finished recording what was signed, which never changes; of another all that there is by now. */
function journalOf(recording: RecordingRow, parts: readonly PartRow[], keys: Keys): WantedObject[] {
  const { visit_id: visitId, manifest, manifest_signature: signature, settled } = recording
  const signed = settled && manifest !== null && signature && readManifest(keys, manifest, signature)
  if (!signed)
    return parts.map(({ session_id, number, length }) => ({
      name: partName(visitId, session_id, number),
      ...{ visitId, digest: undefined, length },
    }))
  return signed.sessions.flatMap(({ id, parts: own }) =>
    own.map(({ number, length, digest }) => ({
      name: partName(visitId, id, number),
      visitId,
      digest,
      length,
    })),
  )
}
