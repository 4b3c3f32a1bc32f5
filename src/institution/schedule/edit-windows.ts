import { addDays, type Day } from '../../platform/zone'
import type { DeskWindow } from '../seat-plan'

/** A window as the database has it; without an id, one that is to be added. */
export type EditedWindow = DeskWindow & { id?: number }

/** The hours of a window and how visits follow each other in them. */
export type WindowHours = Pick<
  DeskWindow,
  'opens' | 'closes' | 'breaks' | 'visitMinutes' | 'bufferMinutes' | 'onHolidays'
>

export interface WindowEdit {
  desk: { id: number; branchId: number }
  /** The window that is changed; null: a new one is added. */
  windowId: number | null
  /** 1 (Monday) to 7: of the window, and further ones that get the same hours and lose their own. */
  weekday: number
  alsoOn: readonly number[]
  from: Day
  /** The last day; null: for good. */
  to: Day | null
  /** Null takes the window away. */
  hours: WindowHours | null
}

export type WindowsEdited =
  { ok: true; windows: EditedWindow[] } | { ok: false; reason: 'unknown' | 'overlaps' }

/**
 * The windows of a desk once the edit is made: outside its period nothing changes, inside it the window has the
 * new hours. What was in force before stays written down.
 */
export function editWindows(windows: readonly EditedWindow[], edit: WindowEdit): WindowsEdited {
  const { desk, windowId, weekday, alsoOn, from, to, hours } = edit
  if (windowId !== null && !windows.some(({ id }) => id === windowId)) return { ok: false, reason: 'unknown' }
  const isReplaced = (window: EditedWindow) =>
    window.id === windowId || (hours !== null && alsoOn.includes(window.weekday))
  const kept = windows.flatMap((window) => (isReplaced(window) ? outside(window, from, to) : [window]))
  const added =
    hours === null
      ? []
      : [...new Set([weekday, ...alsoOn])].map((day) => ({
          ...hours,
          ...{ deskId: desk.id, branchId: desk.branchId },
          ...{ weekday: day, validFrom: from, validTo: to },
        }))
  const edited = [...kept, ...added]
  return added.some((one) => edited.some((other) => other !== one && meet(one, other)))
    ? { ok: false, reason: 'overlaps' }
    : { ok: true, windows: edited }
}

/** What is left of a window before and after the period; the window itself when it lies wholly outside. */
function outside(window: EditedWindow, from: Day, to: Day | null): EditedWindow[] {
  const { validFrom, validTo } = window
  if ((validTo !== null && validTo < from) || (to !== null && to < validFrom)) return [window]
  // The pieces are rows of their own
  const rest: EditedWindow = { ...window }
  delete rest.id
  return [
    ...(validFrom < from ? [{ ...rest, validTo: addDays(from, -1) }] : []),
    ...(to !== null && (validTo === null || to < validTo) ? [{ ...rest, validFrom: addDays(to, 1) }] : []),
  ]
}

/** Whether two windows of a desk are ever open at the same time. */
const meet = (one: DeskWindow, other: DeskWindow): boolean =>
  one.weekday === other.weekday &&
  (other.validTo === null || one.validFrom <= other.validTo) &&
  (one.validTo === null || other.validFrom <= one.validTo) &&
  one.opens < other.closes &&
  other.opens < one.closes

/** What is wrong with the hours of a window; undefined when nothing is. */
export function problemOf({
  opens,
  closes,
  breaks,
  visitMinutes,
}: WindowHours): 'order' | 'breaks' | 'too_short' | undefined {
  if (opens >= closes) return 'order'
  const edges = [opens, ...breaks.flat(), closes]
  if (
    breaks.some(([from, to]) => from >= to) ||
    edges.some((edge, n) => n > 0 && (edges[n - 1] ?? '') > edge)
  )
    return 'breaks'
  const [first = closes] = breaks[0] ?? []
  const stretches = [
    [opens, first] as const,
    ...breaks.map(([, end], n) => [end, breaks[n + 1]?.[0] ?? closes] as const),
  ]
  return stretches.some(([from, to]) => minutes(to) - minutes(from) >= visitMinutes) ? undefined : 'too_short'
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
