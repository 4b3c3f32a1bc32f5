import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import { canonicalJson, type Json } from './canonical-json'
import { readSessions } from './finalise-store'
import { digestOfText, type Manifest, readManifest } from './manifest'
import { openRecordingKey } from './recording-key'
import { verifyFiles, verifyJournal } from './verify-bytes'
import { choicesDigest } from './visit-facts-store'

export type RecordingVerdict =
  | { outcome: 'whole'; sessions: number; files: number; bytes: number }
  /** What was erased lawfully has nothing to prove. */
  | { outcome: 'erased' }
  /** No files were made yet: only the chain of the journal could be checked. */
  | { outcome: 'not_finalised' }
  /** Each finding names what is wrong, and holds no content. */
  | { outcome: 'broken'; findings: string[] }

interface Parts {
  db: Db
  store: ObjectStore
  keys: Keys
}

/** Reads all bytes of a recording again and compares them with what was signed. */
export async function verifyRecording({ db, store, keys }: Parts, visitId: string): Promise<RecordingVerdict> {
  const row = await db
    .selectFrom('recording')
    .selectAll()
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  if (row.state === 'erased') return { outcome: 'erased' }
  const findings: string[] = []
  const verdict = (whole: RecordingVerdict): RecordingVerdict =>
    findings.length > 0 ? { outcome: 'broken', findings } : whole

  let key
  try {
    key = openRecordingKey(keys, visitId, row.wrapped_key ?? Buffer.alloc(0))
  } catch {
    return { outcome: 'broken', findings: ['its key cannot be unsealed'] }
  }
  const sessions = await readSessions(db, visitId)
  if (row.manifest === null || row.manifest_signature === null) {
    if (row.finalised_run !== null || row.finalised_version !== null || row.state !== 'open')
      findings.push('the manifest is missing')
    findings.push(...(await verifyJournal({ store, key }, visitId, sessions, undefined)))
    return verdict({ outcome: 'not_finalised' })
  }
  const manifest = readManifest(keys, row.manifest, row.manifest_signature)
  if (!manifest) return { outcome: 'broken', findings: ['the manifest was changed or signed by another'] }
  const files = await db.selectFrom('recording_file').selectAll().where('visit_id', '=', visitId).execute()
  const journalGrew = row.journal_version > manifest.journalVersion
  findings.push(
    ...differences('recording', rowOf(row), expectedRow(manifest)),
    ...differences('summary', digestOfText(canonicalJson(row.summary as Json)), manifest.summary),
    ...differences('choices', await choicesDigest(db, visitId), manifest.choices),
    ...differences(
      'files',
      files
        .map(({ run, name, kind, participant, offset_ms: offsetMs, duration_ms: durationMs, length, digest }) => ({
          ...{ run, name, kind, participant, offsetMs, durationMs, length },
          digest: digest.toString('hex'),
        }))
        .sort(byName),
      manifest.files.map((file) => ({ run: manifest.run, ...file })).sort(byName),
    ),
    ...(row.journal_version < manifest.journalVersion ? ['the journal was longer when it was signed'] : []),
    ...(await verifyJournal({ store, key }, visitId, sessions, { manifest, mayGrow: journalGrew })),
    ...(await verifyFiles({ store, key }, manifest, row.left_overs)),
  )
  return verdict({
    outcome: 'whole',
    sessions: manifest.sessions.length,
    files: manifest.files.length,
    bytes: manifest.bytes,
  })
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

interface SignedRow {
  visit_id: string
  branch_id: number
  topic_id: number
  state: string
  started_at: Date
  finalised_at: Date | null
  finalised_run: string | null
  finalised_version: number | null
  bytes: number
}

/** What of the row was signed. */
const rowOf = (row: SignedRow): Json => ({
  visit: row.visit_id,
  branch: row.branch_id,
  topic: row.topic_id,
  state: row.state,
  startedAt: row.started_at.toISOString(),
  finalisedAt: row.finalised_at?.toISOString() ?? null,
  run: row.finalised_run,
  version: row.finalised_version,
  bytes: row.bytes,
})

const expectedRow = (manifest: Manifest): Json => ({
  visit: manifest.visit,
  branch: manifest.branch,
  topic: manifest.topic,
  state: manifest.damages.length > 0 || manifest.files.length < 2 ? 'failed' : 'ready',
  startedAt: manifest.startedAt,
  finalisedAt: manifest.finalisedAt,
  run: manifest.run,
  version: manifest.journalVersion,
  bytes: manifest.bytes,
})

const differences = (what: string, found: Json, expected: Json): string[] =>
  canonicalJson(found) === canonicalJson(expected)
    ? []
    : [`the database's ${what} differ from what was signed`]
