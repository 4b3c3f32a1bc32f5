import { join } from 'node:path'
import type { ObjectStore } from '../platform/object-store'
import { createJournalScan, type ScannedSession } from './journal-scan'
import { openMediaFile } from './media-file'
import { mergeJournals } from './merge-journals'
import { createFeeds } from './mux-feed'
import { type MuxPlan, type PlannedFile, planMux } from './mux-plan'
import { type JournalDamaged, type JournalSession, readJournal } from './read-journal'
import type { RecordingKey } from './recording-key'
import { createSealedScratch, type SealedScratch } from './sealed-scratch'
import { chunkContext } from './sealed-file'
import type { Stretch } from './video-lane'
import { createWebmTrack } from './webm-track'

export interface MuxParts {
  store: ObjectStore
  key: RecordingKey
  visitId: string
  run: string
  sessions: readonly JournalSession[]
  /** Of this run alone; whoever calls removes it. */
  folder: string
  /** Called again and again while it goes on. @throws to give up */
  stillOurs(): Promise<void>
}

export interface MuxedFile {
  plan: PlannedFile
  path: string
  length: number
  digest: Buffer
  /** Where pictures came that could not be shown. */
  missing: readonly Stretch[]
}

export interface MuxedRecording {
  plan: MuxPlan
  sessions: readonly ScannedSession[]
  damages: readonly JournalDamaged[]
  files: readonly MuxedFile[]
}

/** How far behind the reading the files are closed for what comes late: two windows of the order, and the line. */
const lateMs = 4000

/**
 * Makes the files of a recording from its journals. They are read twice, so that little is kept: first for what
 * lies where on the clock, then for the frames.
 */
export async function muxRecording(parts: MuxParts): Promise<MuxedRecording> {
  const spools: SealedScratch[] = []
  try {
    const damages: JournalDamaged[] = []
    const sessions: ScannedSession[] = []
    for (const session of parts.sessions) sessions.push(await scan(parts, session, damages, spools))
    const plan = planMux(sessions)
    return { plan, sessions, damages, files: await writeFiles(parts, sessions, plan) }
  } finally {
    for (const spool of spools) await spool.remove()
  }
}

async function scan(
  parts: MuxParts,
  session: JournalSession,
  damages: JournalDamaged[],
  spools: SealedScratch[],
): Promise<ScannedSession> {
  const { store, key } = parts
  const scanning = createJournalScan(session.sessionId, async (track) => {
    const spool = await scratchFor(parts, `spool-${session.sessionId}-${track}`)
    spools.push(spool)
    return createWebmTrack(spool)
  })
  for await (const batch of readJournal(store, key, session, (damage) => damages.push(damage))) {
    await scanning.add(batch)
    await parts.stillOurs()
  }
  return scanning.finish()
}

async function writeFiles(
  parts: MuxParts,
  sessions: readonly ScannedSession[],
  plan: MuxPlan,
): Promise<MuxedFile[]> {
  const { store, key } = parts
  const open = []
  for (const file of plan.files) {
    const scratch = await scratchFor(parts, file.name)
    open.push({ plan: file, scratch, file: await openMediaFile(scratch, file) })
  }
  const feeds = createFeeds(sessions, open)
  const merged = mergeJournals(
    sessions
      .filter(({ batches }) => batches > 0)
      .map(({ sessionId, from }) => ({
        sessionId,
        from,
        read: () => readJournal(store, key, sessionOf(parts, sessionId), () => undefined),
      })),
  )
  for await (const { sessionId, batch, at } of merged) {
    for (const record of batch.records)
      if (record.kind === 'frame') await feeds.feed(sessionId, record.track)?.add(record)
    for (const feed of feeds.all) await feed.until(at)
    for (const { file } of open) await file.until(at - lateMs)
    await parts.stillOurs()
  }
  for (const feed of feeds.all) await feed.finish()
  const files: MuxedFile[] = []
  for (const { plan: file, scratch, file: media } of open)
    files.push({ plan: file, path: scratch.path, ...(await media.finish()) })
  return files
}

function sessionOf({ sessions }: MuxParts, sessionId: string): JournalSession {
  const session = sessions.find((one) => one.sessionId === sessionId)
  if (!session) throw new Error('A session was not read before')
  return session
}

/** A file of this run, sealed as it will lie in the store. */
export const scratchFor = (
  { key, visitId, run, folder }: Pick<MuxParts, 'key' | 'visitId' | 'run' | 'folder'>,
  name: string,
): Promise<SealedScratch> =>
  createSealedScratch(join(folder, name), {
    seal: (bytes, chunk) => key.seal(bytes, chunkContext({ visitId, run, name }, chunk)),
    unseal: (sealed, chunk) => key.unseal(sealed, chunkContext({ visitId, run, name }, chunk)),
  })
