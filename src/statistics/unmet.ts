import type { UnmetRow } from './statistics-store'

/** A postal area in which people found no time. */
export interface Area {
  /** Three digits, or '' for people who chose their branch from the list. */
  area: string
  searches: number
  /** Where and for what they searched, the commonest first. */
  searched: readonly { branchId: number; topicId: number }[]
  /** In how many days there is a free time there now; null when there is none. */
  nearestInDays: number | null
}

/** As many areas as somebody looks at. */
export const mostAreas = 12

/** The areas of the searches, those with the most searches first. */
export function areasOf(rows: readonly UnmetRow[]): Area[] {
  const areas = new Map<string, UnmetRow[]>()
  for (const row of rows) areas.set(row.area, [...(areas.get(row.area) ?? []), row])
  return [...areas]
    .map(([area, of]) => ({
      area,
      searches: sumOf(of),
      searched: of
        .sort((one, other) => other.searches - one.searches)
        .map(({ branchId, topicId }) => ({ branchId, topicId })),
      nearestInDays: null,
    }))
    .sort((one, other) => other.searches - one.searches || one.area.localeCompare(other.area))
}

export const sumOf = (rows: readonly Pick<UnmetRow, 'searches'>[]): number =>
  rows.reduce((sum, { searches }) => sum + searches, 0)

/** '043' as people know it: '04-3••'. */
export const areaName = (area: string): string => `${area.slice(0, 2)}-${area.slice(2)}••`
