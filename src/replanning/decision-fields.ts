import type { Decision } from './run-store'

/** Fields of the form that decides, by our names for them. */
export const fieldOf = (visitId: string): string => `wizyta-${visitId}`
/** The button of one row: only that visit is decided about. */
export const onlyField = 'tylko'
export const runField = 'przebieg'

export const choiceValue = {
  move: (seatId: number): string => `termin-${seatId}`,
  offer: 'klient',
  cancel: 'anuluj',
  /** Not now. */
  none: '',
} as const

const fieldPattern = /^wizyta-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const movePattern = /^termin-(\d{1,15})$/

/** What a sent form decides; what it does not say, or says in words that are not ours, is not decided. */
export function decisionsIn(fields: Readonly<Record<string, unknown>>): Decision[] {
  const only = fields[onlyField]
  return Object.entries(fields).flatMap(([name, value]): Decision[] => {
    const visitId = fieldPattern.exec(name)?.[1]
    if (visitId === undefined || typeof value !== 'string') return []
    if (only !== undefined && only !== visitId) return []
    const seatId = movePattern.exec(value)?.[1]
    if (seatId !== undefined) return [{ visitId, kind: 'move', seatId: Number(seatId) }]
    if (value === choiceValue.offer) return [{ visitId, kind: 'offer' }]
    return value === choiceValue.cancel ? [{ visitId, kind: 'cancel' }] : []
  })
}
