import type { Clock } from '../../src/platform/clock'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import type { Logger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { eventRecord, inOrder, trackRecords } from './journal-for-tests'
import { addRecordedVisit, addSession } from './recorded-visit'
import { sampleMedia } from './sample-media'

interface Parts {
  db: Db
  keys: Keys
  store: ObjectStore
  clock: Clock
  log: Logger
}

/**
 * A visit of three people, one of whom shows a screen, recorded as the recorder does it and finalised: 20 s, in the
 * given branch. @throws without ffmpeg
 */
export async function makeRealRecording(
  parts: Parts,
  { branchId, folder }: { branchId: number; folder: string },
): Promise<string> {
  const media = await sampleMedia({ seconds: 20 })
  if (!media) throw new Error('There is no ffmpeg: apt-get install ffmpeg')
  const startedAt = new Date(parts.clock.now().getTime() - 30 * 60_000)
  const start = startedAt.getTime()
  const { visitId } = await addRecordedVisit(parts, startedAt, new Date(start + 20_000))
  for (const table of ['visit', 'recording'] as const)
    await parts.db
      .updateTable(table)
      .set({ branch_id: branchId })
      .where(table === 'visit' ? 'id' : 'visit_id', '=', visitId)
      .execute()
  const people = (['client', 'officer', 'guardian'] as const).flatMap((participant, index) => [
    trackRecords(media.sound, {
      track: index * 2 + 1,
      participant,
      kind: 'audio',
      startsAt: start + index * 300,
    }),
    trackRecords(media.picture, {
      track: index * 2 + 2,
      participant,
      kind: 'video',
      startsAt: start + index * 300,
    }),
  ])
  const shown = media.picture.filter(({ ms }) => ms < 8000)
  await addSession(
    parts,
    visitId,
    inOrder(
      ...people,
      trackRecords(shown, { track: 9, participant: 'officer', kind: 'screen', startsAt: start + 5000 }),
      [eventRecord(start + 8000, { type: 'muted', participant: 'client', kind: 'audio', muted: true })],
      [eventRecord(start + 10_000, { type: 'muted', participant: 'client', kind: 'audio', muted: false })],
    ),
    { openedAt: startedAt },
  )
  await finaliseDueRecordings({ ...parts, folder })
  return visitId
}
