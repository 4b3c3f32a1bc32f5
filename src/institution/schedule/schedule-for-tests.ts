import fc from 'fast-check'
import type { DeskWindow } from '../seat-plan'
import type { ExistingSeat } from './compare-seats'
import type { Closure, Desk, Schedule } from './schedule'

export const zone = 'Europe/Warsaw'

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Monday and Tuesday of a winter week, and both Sundays on which the clock changes. */
export const someDays = ['2026-12-28', '2026-12-29', '2026-03-29', '2026-10-25'] as const

const weekdayNumber = fc.constantFrom(1, 2, 7)

/** A window with up to two breaks; `onHolidays`, so that Sundays and holidays count, too. */
export const anyWindow = (deskId: number): fc.Arbitrary<DeskWindow> =>
  fc
    .record({
      weekday: weekdayNumber,
      edges: fc.uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 6 }),
      visitMinutes: fc.integer({ min: 10, max: 60 }),
      bufferMinutes: fc.integer({ min: 0, max: 15 }),
    })
    .map(({ weekday, edges, visitMinutes, bufferMinutes }) => {
      const times = edges.toSorted((one, other) => one - other).map((quarter) => clock(quarter * 15))
      const inner = times.slice(1, -1)
      const breaks = Array.from({ length: Math.floor(inner.length / 2) }, (_, n): [string, string] => [
        inner[2 * n] ?? '',
        inner[2 * n + 1] ?? '',
      ])
      return {
        ...{ deskId, branchId: 1, weekday, visitMinutes, bufferMinutes, breaks },
        ...{ opens: times[0] ?? '', closes: times.at(-1) ?? '' },
        ...{ validFrom: '2026-01-01', validTo: null, onHolidays: true },
      }
    })

const anyClosure: fc.Arbitrary<Closure> = fc
  .record({
    deskId: fc.option(fc.constantFrom(1, 2)),
    day: fc.constantFrom(...someDays),
    hours: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 2 })),
  })
  .map(({ deskId, day, hours }) => {
    const [from = 0, to = 0] = hours?.toSorted((one, other) => one - other) ?? []
    return {
      ...{ branchId: 1, deskId, firstDay: day, lastDay: day },
      hours: hours && [clock(from * 60), clock(to * 60)],
    }
  })

const anyDesk = (id: number): fc.Arbitrary<Desk> =>
  fc
    .record({
      active: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
      windows: fc.array(anyWindow(id), { maxLength: 4 }),
    })
    .map((desk) => ({ id, branchId: 1, ...desk }))

/** Two desks with windows that may even overlap, and closures. */
export const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({ desks: fc.tuple(anyDesk(1), anyDesk(2)), closures: fc.array(anyClosure, { maxLength: 3 }) })
  .map((rest) => ({ timeZone: zone, ...rest }))

/** The seats as they are once the changes are made. */
export function changed(
  seats: readonly ExistingSeat[],
  { add, remove, withdraw, restore }: ReturnType<typeof import('./compare-seats').compareSeats>,
): ExistingSeat[] {
  const nextId = Math.max(0, ...seats.map(({ id }) => id)) + 1
  return [
    ...seats
      .filter((seat) => !remove.includes(seat))
      .map((seat) => ({
        ...seat,
        isWithdrawn: withdraw.includes(seat) || (seat.isWithdrawn && !restore.includes(seat)),
      })),
    ...add.map((seat, n) => ({ ...seat, id: nextId + n, state: 'free' as const, isWithdrawn: false })),
  ]
}
