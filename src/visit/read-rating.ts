import { ratingFields, type TypedRating } from './pages/rating-section'
import { type Rating, type SettledAnswer, settledAnswers } from './rate-visit'

export type GivenRating = Pick<Rating, 'score' | 'settled' | 'comment'>

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What the rating's form says; what it lacks is named. */
export function readRating(body: unknown): GivenRating | TypedRating {
  const form = (body ?? {}) as Record<string, unknown>
  const score = textOf(form[ratingFields.score])
  const settled = textOf(form[ratingFields.settled])
  const comment = textOf(form[ratingFields.comment])
  if (!/^[1-5]$/.test(score)) return { score, settled, comment, problem: 'score' }
  const answer = settledAnswers.find((one): one is SettledAnswer => one === settled) ?? null
  return { score: Number(score), settled: answer, comment }
}

/** The form as it was typed, to be shown again. */
export const asTyped = ({ score, settled, comment }: GivenRating): Omit<TypedRating, 'problem'> => ({
  score: String(score),
  settled: settled ?? '',
  comment,
})
