/** How a number of visits is spread over values: value -> visits. Minutes and hours are whole numbers as text. */
export type Spread = Readonly<Record<string, number>>

/**
 * `hour`: of the start, of visits that were not cancelled. The others are of visits that took place: `reason` why
 * one ended early; minutes `waiting` in the waiting room, `startLate` that it began after its time, `clientLate`
 * that its client came after it, `lasting`.
 */
export const measures = ['hour', 'reason', 'waiting', 'startLate', 'clientLate', 'lasting'] as const
export type Measure = (typeof measures)[number]

/** What became of visits. */
export const outcomes = [
  'booked',
  'completed',
  'endedEarly',
  'cancelledByClient',
  'cancelledByInstitution',
  'missedByClient',
  'missedByInstitution',
] as const
export type Outcomes = Readonly<Record<(typeof outcomes)[number], number>>

export interface Counted extends Outcomes {
  spreads: Readonly<Partial<Record<Measure, Spread>>>
}

/** All of the rows together. */
export function totalOf(rows: readonly Outcomes[]): Outcomes {
  const total = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<keyof Outcomes, number>
  for (const row of rows) for (const outcome of outcomes) total[outcome] += row[outcome]
  return total
}

export function spreadOf(rows: readonly Counted[], measure: Measure): Spread {
  const sum: Record<string, number> = {}
  for (const { spreads } of rows)
    for (const [value, visits] of Object.entries(spreads[measure] ?? {}))
      sum[value] = (sum[value] ?? 0) + visits
  return sum
}

export const visitsIn = (spread: Spread): number =>
  Object.values(spread).reduce((sum, visits) => sum + visits, 0)

/** The least value that the given share of all visits does not exceed; null when there are none. */
export function quantile(spread: Spread, share: number): number | null {
  const values = Object.entries(spread)
    .map(([value, visits]) => ({ value: Number(value), visits }))
    .sort((one, other) => one.value - other.value)
  const wanted = share * visitsIn(spread)
  let seen = 0
  for (const { value, visits } of values) {
    seen += visits
    if (visits > 0 && seen >= wanted) return value
  }
  return null
}

/** Visits whose value is at least `least`. */
export const visitsFrom = (spread: Spread, least: number): number =>
  Object.entries(spread).reduce((sum, [value, visits]) => (Number(value) >= least ? sum + visits : sum), 0)

export const heldOf = ({ completed, endedEarly }: Outcomes): number => completed + endedEarly
export const cancelledOf = (of: Outcomes): number => of.cancelledByClient + of.cancelledByInstitution
export const missedOf = (of: Outcomes): number => of.missedByClient + of.missedByInstitution
/** Nothing has become of them so far. */
export const aheadOf = (of: Outcomes): number => of.booked - heldOf(of) - cancelledOf(of) - missedOf(of)
