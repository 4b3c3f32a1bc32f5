import type { RatingRow } from './statistics-store'

/** Of fewer ratings nothing is said: who knows the visits could tell who gave them. */
export const fewestRatings = 3

export const scores = [5, 4, 3, 2, 1] as const
export const settledAnswers = ['yes', 'partly', 'no'] as const

export interface Ratings {
  count: number
  average: number
  /** By score, the best first. */
  byScore: readonly { score: number; ratings: number }[]
  /** What people said of their matter, of those who said something; null when too few did. */
  settled: readonly { answer: (typeof settledAnswers)[number]; ratings: number }[] | null
}

/** What the ratings say together; null when there are too few. */
export function ratingsOf(rows: readonly RatingRow[]): Ratings | null {
  const count = sum(rows)
  if (count < fewestRatings) return null
  const settled = settledAnswers.map((answer) => ({
    answer,
    ratings: sum(rows.filter((row) => row.settled === answer)),
  }))
  return {
    count,
    average: rows.reduce((total, { score, ratings }) => total + score * ratings, 0) / count,
    byScore: scores.map((score) => ({ score, ratings: sum(rows.filter((row) => row.score === score)) })),
    settled: sum(settled) < fewestRatings ? null : settled,
  }
}

const sum = (rows: readonly { ratings: number }[]): number =>
  rows.reduce((total, { ratings }) => total + ratings, 0)
