import { randomUUID } from 'node:crypto'
import { lockVisit } from '../booking/visit-store'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { addDays, dayOf, weekday } from '../platform/zone'

/** Longest comment, in characters. */
export const longestRatingComment = 1000
export const settledAnswers = ['yes', 'partly', 'no'] as const
export type SettledAnswer = (typeof settledAnswers)[number]

export interface Rating {
  visitId: string
  /** 1 (very bad) to 5 (very good). */
  score: number
  settled: SettledAnswer | null
  comment: string
  timeZone: string
  keys: Keys
}

/**
 * Keeps the client's opinion, once a visit. Nothing leads back from it: neither an id nor a time, only branch,
 * topic and the week; the visit remembers no more than that it was rated.
 */
export function rateVisit(
  db: Db,
  { visitId, score, settled, comment, timeZone, keys }: Rating,
): Promise<
  { ok: true } | { ok: false; reason: 'unknown' | 'not_over' | 'rated_before' | 'comment_too_long' }
> {
  const words = comment.trim()
  return inTransaction(db, async (tx) => {
    if (words.length > longestRatingComment) return { ok: false, reason: 'comment_too_long' }
    const visit = await lockVisit(tx, visitId)
    if (!visit) return { ok: false, reason: 'unknown' }
    if (visit.state !== 'completed' && visit.state !== 'ended_early') return { ok: false, reason: 'not_over' }
    if (visit.rated) return { ok: false, reason: 'rated_before' }
    const day = dayOf(visit.starts_at, timeZone)
    const id = randomUUID()
    await tx
      .insertInto('rating')
      .values({
        id,
        branch_id: visit.branch_id,
        topic_id: visit.topic_id,
        week: addDays(day, 1 - weekday(day)),
        score,
        settled,
        comment: words === '' ? null : keys.seal(words, `rating:${id}`),
      })
      .execute()
    await tx.updateTable('visit').set({ rated: true }).where('id', '=', visit.id).execute()
    return { ok: true }
  })
}
