import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeskWindow } from '../seat-plan'
import { compareSeats, type ExistingSeat, type SeatChanges } from './compare-seats'
import { type Closure, type Desk, isOpenDuring, type Schedule } from './schedule'
import { wantedSeats } from './wanted-seats'

const zone = 'Europe/Warsaw'

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Monday and Tuesday of a winter week, and both Sundays on which the clock changes. */
const someDays = ['2026-12-28', '2026-12-29', '2026-03-29', '2026-10-25'] as const

const weekdayNumber = fc.constantFrom(1, 2, 7)

/** A window with up to two breaks; `onHolidays`, so that Sundays and holidays count, too. */
const anyWindow = (deskId: number): fc.Arbitrary<DeskWindow> =>
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
const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({ desks: fc.tuple(anyDesk(1), anyDesk(2)), closures: fc.array(anyClosure, { maxLength: 3 }) })
  .map((rest) => ({ timeZone: zone, ...rest }))

/** The seats as they are once the changes are made. */
function changed(
  seats: readonly ExistingSeat[],
  { add, remove, withdraw, restore }: SeatChanges,
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

const wantedOf = (schedule: Schedule) => someDays.flatMap((day) => wantedSeats(schedule, day, day))
const openIn = (schedule: Schedule) => (seat: ExistingSeat) =>
  schedule.desks.some((desk) => desk.id === seat.deskId && isOpenDuring(schedule, desk, seat))
const follow = (seats: readonly ExistingSeat[], schedule: Schedule) =>
  changed(seats, compareSeats(wantedOf(schedule), seats, openIn(schedule)))

const counts = (seat: ExistingSeat) => seat.state !== 'free' || !seat.isWithdrawn
const timesOf = (seats: readonly { deskId: number; startsAt: Date; endsAt: Date }[]) =>
  seats.map(({ deskId, startsAt, endsAt }) => `${deskId} ${+startsAt} ${+endsAt}`).sort()

function expectNoOverlap(seats: readonly ExistingSeat[]): void {
  const alive = seats.filter(counts)
  for (const deskId of [1, 2]) {
    const ofDesk = alive
      .filter((seat) => seat.deskId === deskId)
      .sort((one, other) => +one.startsAt - +other.startsAt)
    ofDesk.forEach((seat, n) => {
      const before = ofDesk[n - 1]
      if (before) expect(+seat.startsAt).toBeGreaterThanOrEqual(+before.endsAt)
    })
  }
}

describe('whatever schedules follow each other, with bookings and cancellations between them,', () => {
  /** A step: which seats (by their place in the list) change hands, then the next schedule. */
  const anySteps = fc.array(
    fc.record({
      schedule: anySchedule,
      book: fc.array(fc.nat(), { maxLength: 8 }),
      hold: fc.array(fc.nat(), { maxLength: 3 }),
      free: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 5 },
  )

  /** Takes claimable seats, frees taken ones: what clients do. */
  function clientsAct(
    seats: ExistingSeat[],
    { book, hold, free }: Record<'book' | 'hold' | 'free', number[]>,
  ) {
    const claim = (place: number, state: 'held' | 'booked') => {
      const open = seats.filter((seat) => seat.state === 'free' && !seat.isWithdrawn)
      const seat = open[place % Math.max(open.length, 1)]
      if (seat) seat.state = state
    }
    for (const place of book) claim(place, 'booked')
    for (const place of hold) claim(place, 'held')
    for (const place of free) {
      const taken = seats.filter(({ state }) => state !== 'free')
      const seat = taken[place % Math.max(taken.length, 1)]
      if (seat) seat.state = 'free'
    }
  }

  test('no taken seat is dropped, moved or doubled; it is withdrawn exactly while its desk is closed', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let seats: ExistingSeat[] = []
        for (const { schedule, ...acts } of steps) {
          const before = seats.filter(({ state }) => state !== 'free')
          seats = follow(seats, schedule)
          const after = seats.filter(({ state }) => state !== 'free')
          const facts = ({ id, state, deskId, startsAt, endsAt }: ExistingSeat) =>
            `${id} ${state} ${deskId} ${+startsAt} ${+endsAt}`
          expect(after.map(facts)).toEqual(before.map(facts))
          for (const seat of after) expect(seat.isWithdrawn).toBe(!openIn(schedule)(seat))
          clientsAct(seats, acts)
        }
      }),
    )
  })

  test('no two seats of a desk overlap, and free ones are just those wanted that nobody sits on', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let seats: ExistingSeat[] = []
        for (const { schedule, ...acts } of steps) {
          seats = follow(seats, schedule)
          expectNoOverlap(seats)
          const taken = seats.filter(({ state }) => state !== 'free')
          const offered = seats.filter((seat) => seat.state === 'free' && !seat.isWithdrawn)
          const left = wantedOf(schedule).filter(
            (seat) =>
              !taken.some(
                (other) =>
                  other.deskId === seat.deskId &&
                  other.startsAt < seat.endsAt &&
                  other.endsAt > seat.startsAt,
              ),
          )
          expect(timesOf(offered)).toEqual(timesOf(left))
          clientsAct(seats, acts)
        }
      }),
    )
  })

  test('following a schedule a second time changes nothing', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        let seats: ExistingSeat[] = []
        for (const { schedule, ...acts } of steps) {
          seats = follow(seats, schedule)
          const again = compareSeats(wantedOf(schedule), seats, openIn(schedule))
          expect(again).toEqual({ add: [], remove: [], withdraw: [], restore: [] })
          clientsAct(seats, acts)
        }
      }),
    )
  })
})

describe('a free seat at a time at which the desk is open', () => {
  test('is open there by the rule for taken seats as well: what is offered would stand when booked', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        for (const seat of wantedOf(schedule))
          expect(openIn(schedule)({ ...seat, id: 1, state: 'booked', isWithdrawn: false })).toBe(true)
      }),
    )
  })
})

describe('on a Monday of two desks from 9 to 10', () => {
  const desk = (id: number, changes: object = {}) => ({
    ...{ id, branchId: 1, active: true },
    windows: [
      {
        ...{ deskId: id, branchId: 1, weekday: 1, opens: '09:00', closes: '10:00', breaks: [] },
        ...{ visitMinutes: 20, bufferMinutes: 5, validFrom: '2026-01-01', validTo: null, onHolidays: false },
        ...changes,
      },
    ],
  })
  const monday = '2026-12-28'
  const schedule: Schedule = { timeZone: zone, desks: [desk(1), desk(2)], closures: [] }
  const seats = () => follow([], schedule).map((seat, n) => ({ ...seat, id: n + 1 }))
  const at = (time: string) => new Date(`2026-12-28T${time}:00+01:00`)
  const compare = (list: ExistingSeat[], next: Schedule) =>
    compareSeats(wantedSeats(next, monday, monday), list, openIn(next))

  test('an absence of one desk for a quarter of an hour takes only the seat that it meets', () => {
    const closures = [
      {
        ...{ branchId: 1, deskId: 1, firstDay: monday, lastDay: monday },
        hours: ['09:30', '09:45'] as const,
      },
    ]
    const { add, remove, withdraw } = compare(seats(), { ...schedule, closures })
    expect(remove.map(({ deskId, startsAt }) => [deskId, startsAt])).toEqual([[1, at('09:25')]])
    expect([add, withdraw]).toEqual([[], []])
  })

  test('other steps leave a booked visit where it is, and are made around it', () => {
    const list = seats()
    const booked = list.find(({ deskId, startsAt }) => deskId === 1 && +startsAt === +at('09:25'))
    if (booked) booked.state = 'booked'
    const next = { ...schedule, desks: [desk(1, { visitMinutes: 15, bufferMinutes: 0 }), desk(2)] }
    const { add, remove, withdraw } = compare(list, next)
    expect(withdraw).toEqual([])
    expect(add.map(({ startsAt }) => startsAt)).toEqual([at('09:00'), at('09:45')])
    expect(remove.map(({ deskId, startsAt }) => [deskId, startsAt])).toEqual([[1, at('09:00')]])
  })

  test('a window that begins later withdraws the visit before it, and gives it back with the old one', () => {
    const list = seats()
    const booked = list.find(({ deskId }) => deskId === 1)
    if (booked) booked.state = 'booked'
    const shorter = { ...schedule, desks: [desk(1, { opens: '09:25' }), desk(2)] }
    expect(compare(list, shorter)).toMatchObject({ add: [], remove: [], withdraw: [booked], restore: [] })
    const withdrawn = follow(list, { ...shorter, desks: [...shorter.desks] })
    expect(compare(withdrawn, schedule)).toMatchObject({
      add: [],
      withdraw: [],
      restore: [{ id: booked?.id }],
    })
  })
})
