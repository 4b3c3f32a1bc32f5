import { randomUUID } from 'node:crypto'
import { readVisit } from '../booking/read-visit'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { addDays, dayOf, weekday } from '../platform/zone'
import { holdsDocumentNumber } from './document-number'

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

export type Rated =
  | { ok: true }
  | {
      ok: false
      reason: 'unknown' | 'not_over' | 'rated_before' | 'comment_too_long' | 'document_number'
    }

/**
 * Keeps the client's opinion, once a visit. Nothing leads back from it: neither an id nor a time, only branch,
 * topic and the week; the visit remembers no more than that it was rated.
 */
export async function rateVisit(
  db: Db,
  { visitId, score, settled, comment, timeZone, keys }: Rating,
): Promise<Rated> {
  const words = comment.trim()
  if (words.length > longestRatingComment) return { ok: false, reason: 'comment_too_long' }
  if (holdsDocumentNumber(words)) return { ok: false, reason: 'document_number' }
  const visit = await readVisit(db, visitId)
  if (!visit) return { ok: false, reason: 'unknown' }
  if (visit.state !== 'completed' && visit.state !== 'ended_early') return { ok: false, reason: 'not_over' }
  // Two transactions on purpose: Postgres marks the rows of one with the same number, which would join them
  const claimed = await db
    .updateTable('visit')
    .set({ rated: true })
    .where('id', '=', visit.id)
    .where('rated', '=', false)
    .executeTakeFirst()
  if (claimed.numUpdatedRows === 0n) return { ok: false, reason: 'rated_before' }
  const day = dayOf(visit.starts_at, timeZone)
  const id = randomUUID()
  await db
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
  return { ok: true }
}
