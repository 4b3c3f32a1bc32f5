import type { Closure } from '../institution/schedule/schedule'
import { type Day, isDay } from '../platform/zone'

/** As typed: a desk's id or nothing for the whole branch, days, and clock times; the last three may be empty. */
export const absenceFields = ['stanowisko', 'od_dnia', 'do_dnia', 'od', 'do'] as const
export type TypedAbsence = Readonly<Record<(typeof absenceFields)[number], string>>

export type AbsenceMistake = 'desk' | 'day' | 'lastDay' | 'hours'
export type AbsenceRead = { ok: true; closure: Closure } | { ok: false; mistake: AbsenceMistake }

const timePattern = /^([01]\d|2[0-3]):[0-5]\d$/

/** What was sent, each field as text; what is missing is empty. */
export function typedAbsence(fields: Readonly<Record<string, unknown>>): TypedAbsence {
  const textOf = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim().slice(0, 20) : ''
  }
  return Object.fromEntries(absenceFields.map((name) => [name, textOf(name)])) as TypedAbsence
}

/**
 * Which desk of the branch, or the whole branch, is not there, and when: the same hours of each day, whole days
 * without any. One hour left empty is the beginning or the end of the day.
 */
export function readAbsence(
  typed: TypedAbsence,
  { branchId, deskIds, today }: { branchId: number; deskIds: readonly number[]; today: Day },
): AbsenceRead {
  const deskId = typed.stanowisko === '' ? null : Number(typed.stanowisko)
  if (deskId !== null && !deskIds.includes(deskId)) return { ok: false, mistake: 'desk' }
  const firstDay = typed.od_dnia
  if (!isDay(firstDay) || firstDay < today) return { ok: false, mistake: 'day' }
  const lastDay = typed.do_dnia || firstDay
  if (!isDay(lastDay) || lastDay < firstDay) return { ok: false, mistake: 'lastDay' }
  const [from, to] = [typed.od || '00:00', typed.do || '24:00']
  const areTimes = timePattern.test(from) && (to === '24:00' || timePattern.test(to))
  if (!areTimes || from >= to) return { ok: false, mistake: 'hours' }
  const isWholeDay = from === '00:00' && to === '24:00'
  return {
    ok: true,
    closure: { branchId, deskId, firstDay, lastDay, hours: isWholeDay ? null : [from, to] },
  }
}
