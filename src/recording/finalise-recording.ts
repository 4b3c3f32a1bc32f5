import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import { buildIndex, summaryOf } from './build-index'
import { canonicalJson } from './canonical-json'
import { digestOfObject } from './digest-of-object'
import { type ClaimedRecording, extendLease, leaseSeconds, readSessions, type StoredSession } from './finalise-store'
import { digestOfText, type Manifest, signManifest } from './manifest'
import { type MuxedRecording, muxRecording, scratchFor } from './mux-recording'
import { openRecordingKey } from './recording-key'
import { fileName, partName } from './store-names'
import { choicesDigest, readVisitFacts } from './visit-facts-store'

export interface FinaliseParts {
  db: Db
  store: ObjectStore
  keys: Keys
  clock: Clock
  /** Where files lie, sealed, until they are whole. */
  folder: string
}

/** Another process has taken the recording over, or it was erased meanwhile. */
export class NoLongerOurs extends Error {
  override name = 'NoLongerOurs'
}

export const indexName = 'index.json'

/**
 * Makes the files of a claimed recording under its run's name, signs what it consists of, and puts them in the place
 * of those before in one transaction. Until then nothing that is valid has been touched.
 */
export async function finaliseRecording(parts: FinaliseParts, claimed: ClaimedRecording): Promise<void> {
  const { db, store, keys, clock } = parts
  const { visitId, run } = claimed
  const folder = join(parts.folder, run)
  const key = openRecordingKey(keys, visitId, claimed.wrappedKey)
  try {
    const sessions = await readSessions(db, visitId)
    const muxed = await muxRecording({ store, key, visitId, run, sessions, folder, stillOurs: lease(parts, claimed) })
    const index = buildIndex(muxed, await readVisitFacts(db, visitId, claimed.startedAt))
    const indexFile = await scratchFor({ key, visitId, run, folder }, indexName)
    await indexFile.write(0, Buffer.from(JSON.stringify(index)))
    const files: FinalisedFile[] = [
      ...muxed.files.map(({ plan: { name, kind, participant, from, to }, path, length, digest }) => ({
        name,
        kind,
        participant,
        offsetMs: Math.round(from - muxed.plan.from),
        durationMs: Math.round(to - from),
        path,
        length,
        digest,
      })),
      {
        ...{ name: indexName, kind: 'index' as const, participant: null, offsetMs: 0 },
        durationMs: index.durationMs,
        path: indexFile.path,
        ...(await indexFile.finish()),
      },
    ]
    for (const { name, path } of files) await store.putFile(fileName(visitId, run, name), path)
    await putInPlace(parts, claimed, {
      muxed,
      files,
      sessions: await describeSessions(store, sessions, muxed),
      startsAt: index.startsAt,
      summary: canonicalJson(summaryOf(index)),
      now: clock.now(),
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface FinalisedFile {
  name: string
  kind: 'person' | 'screen' | 'index'
  participant: string | null
  offsetMs: number
  durationMs: number
  path: string
  length: number
  digest: Buffer
}

/** Says now and then that the work goes on, and stops it when it is no longer ours. */
function lease({ db, clock }: FinaliseParts, claimed: ClaimedRecording): () => Promise<void> {
  const everyMs = (leaseSeconds * 1000) / 8
  let last = performance.now()
  return async () => {
    if (performance.now() - last < everyMs) return
    last = performance.now()
    if (!(await extendLease(db, claimed, clock.now()))) throw new NoLongerOurs()
  }
}

async function describeSessions(
  store: ObjectStore,
  sessions: readonly StoredSession[],
  { sessions: scanned }: MuxedRecording,
): Promise<Manifest['sessions']> {
  const described: Manifest['sessions'] = []
  for (const { visitId, sessionId, staffId, openedAt, parts } of sessions) {
    const found = scanned.find((one) => one.sessionId === sessionId)
    const stored = []
    for (const { number } of parts) {
      const { length, digest } = await digestOfObject(store, partName(visitId, sessionId, number))
      if (length > 0) stored.push({ number, length, digest })
    }
    described.push({
      id: sessionId,
      staff: staffId,
      openedAt: openedAt.toISOString(),
      batches: found?.batches ?? 0,
      first: found?.first ?? 0,
      last: found?.last ?? 0,
      head: found?.head ?? '',
      bytes: found?.bytes ?? 0,
      parts: stored,
    })
  }
  return described
}

interface Result {
  muxed: MuxedRecording
  files: readonly FinalisedFile[]
  sessions: Manifest['sessions']
  startsAt: string
  summary: string
  now: Date
}

async function putInPlace(
  { db, keys }: FinaliseParts,
  claimed: ClaimedRecording,
  { muxed, files, sessions, startsAt, summary, now }: Result,
): Promise<void> {
  const { visitId, run, journalVersion } = claimed
  const parts = sessions.flatMap((session) => session.parts)
  const bytes = [...parts, ...files].reduce((sum, { length }) => sum + length, 0)
  const failed = muxed.damages.length > 0 || muxed.files.length === 0
  await inTransaction(db, async (tx) => {
    if (!(await extendLease(tx, claimed, now))) throw new NoLongerOurs()
    const { text, signature } = signManifest(keys, {
      version: 1,
      visit: visitId,
      branch: claimed.branchId,
      topic: claimed.topicId,
      startedAt: claimed.startedAt.toISOString(),
      startsAt,
      finalisedAt: now.toISOString(),
      run,
      journalVersion,
      bytes,
      sessions,
      damages: muxed.damages.map(({ sessionId, batch, damage }) => ({ session: sessionId, batch, damage })),
      choices: await choicesDigest(tx, visitId),
      summary: digestOfText(summary),
      files: files.map(({ name, kind, participant, offsetMs, durationMs, length, digest }) => ({
        ...{ name, kind, participant, offsetMs, durationMs, length },
        digest: digest.toString('hex'),
      })),
    })
    await tx.deleteFrom('recording_file').where('visit_id', '=', visitId).execute()
    await tx
      .insertInto('recording_file')
      .values(
        files.map(({ name, kind, participant, offsetMs, durationMs, length, digest }) => ({
          visit_id: visitId,
          run,
          ...{ name, kind, participant, length, digest },
          offset_ms: offsetMs,
          duration_ms: durationMs,
        })),
      )
      .execute()
    await tx
      .updateTable('recording')
      .set({
        state: failed ? 'failed' : 'ready',
        finalised_run: run,
        finalised_version: journalVersion,
        finalised_at: now,
        finalise_error: failed ? (muxed.damages.length > 0 ? 'journal_damaged' : 'empty') : null,
        manifest: text,
        manifest_signature: signature,
        summary,
        bytes,
      })
      .where('visit_id', '=', visitId)
      .execute()
  })
}
