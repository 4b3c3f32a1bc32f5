import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import { inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { ObjectStore } from '../platform/object-store'
import { eraseExpired } from './erase-recording'
import { auditRecording } from './kept-recording'
import { recordingPrefix } from './store-names'

const mostAtOnce = 200
/** A process that had opened the recording before may still write for a while: only then its bytes count as gone. */
const settlingMilliseconds = 30 * 60_000

interface Erasing {
  now: Date
  keys: Keys
  bus: Bus
  store: ObjectStore
  log: Logger
}

/** Erases what has been kept long enough, then removes the bytes of everything erased; what fails is tried again. */
export async function eraseExpiredRecordings(db: Db, parts: Erasing): Promise<void> {
  await eraseWhatIsDue(db, parts)
  await removeErasedBytes(db, parts)
}

async function eraseWhatIsDue(db: Db, { now, keys, bus }: Erasing): Promise<void> {
  let after = ''
  for (;;) {
    const due = await db
      .selectFrom('recording')
      .innerJoin('visit', 'visit.id', 'recording.visit_id')
      .select('visit_id as visitId')
      .where('keep_until', '<=', now)
      .where('recording.state', '<>', 'erased')
      .where('hold_reason', 'is', null)
      .where('visit.state', '<>', 'in_progress')
      .$if(after !== '', (query) => query.where('visit_id', '>', after))
      .orderBy('visit_id')
      .limit(mostAtOnce)
      .execute()
    for (const { visitId } of due) await eraseExpired(db, { visitId, now, keys, bus })
    after = due.at(-1)?.visitId ?? ''
    if (due.length < mostAtOnce) return
  }
}

/** Removes the bytes of erased recordings. A store that is away costs nothing but time: without the key they are noise. */
export async function removeErasedBytes(
  db: Db,
  { now, store, log }: Pick<Erasing, 'now' | 'store' | 'log'>,
): Promise<void> {
  const erased = await db
    .selectFrom('recording_erasure as erasure')
    .innerJoin('recording', 'recording.visit_id', 'erasure.visit_id')
    .select(['erasure.visit_id as visitId', 'branch_id as branchId', 'erased_at as erasedAt'])
    .where('bytes_gone_at', 'is', null)
    .orderBy('erased_at')
    .execute()
  for (const { erasedAt, ...recording } of erased) {
    try {
      await store.removeAll(recordingPrefix(recording.visitId))
    } catch (error) {
      log.error({ error, visit: recording.visitId }, 'the bytes of an erased recording were not removed')
      continue
    }
    if (now.getTime() - erasedAt.getTime() < settlingMilliseconds) continue
    await inTransaction(db, async (tx) => {
      const noted = await tx
        .updateTable('recording_erasure')
        .set({ bytes_gone_at: now })
        .where('visit_id', '=', recording.visitId)
        .where('bytes_gone_at', 'is', null)
        .returning('visit_id')
        .executeTakeFirst()
      if (noted) await auditRecording(tx, { staff: null, action: 'recording.bytes_gone', recording, now })
    })
  }
}
