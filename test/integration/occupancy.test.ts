import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { forgetOffers } from '../../src/booking/offer-cache'
import { saveChange, previewChange } from '../../src/institution/schedule/change-schedule'
import type { ScheduleChange } from '../../src/institution/schedule/schedule-change'
import { addDays } from '../../src/platform/zone'
import { countVisits, recountVisits } from '../../src/statistics/count-visits'
import type { DayRange } from '../../src/statistics/period'
import { readSeatBranches, readSeatDays, readSeatHours } from '../../src/statistics/occupancy-store'
import { addStaff } from '../support/visit-server'
import { booked, granted, openWorld, type World } from '../support/world'

const timeZone = 'Europe/Warsaw'
/** A Tuesday with three desks of twelve seats each. */
const day = '2026-12-29'
const seatsOfDay = 36
let world: World
let staffId: number

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  staffId = (await addStaff(world, { role: 'administrator', branchId: null })).id
})
afterAll(() => world.drop())
beforeEach(async () => {
  await world.reset()
  // Freed without anything happening to a visit, as nothing but a test does it
  await world.query('insert into visit_count_due (branch_id, starts_at) values ($1, $2)', [
    world.branch.id,
    nine(),
  ])
})

const count = () => countVisits(world.db, { timeZone })
const one = () => ({ branches: [world.branch.id], range: { from: day, to: day } })
const seatsOf = async () => {
  await count()
  const [row] = await readSeatDays(world.db, one())
  return row && { offered: row.offered, taken: row.taken }
}
/** What is kept of these days; beside those of the tests there are seats from 21 December on. */
const stored = ({ from, to }: DayRange) =>
  world.query<object>(
    'select * from seat_count where day between $1 and $2 order by branch_id nulls first, day, hour nulls first',
    [from, to],
  )
const october = { from: '2026-10-01', to: '2026-10-31' }

async function save(change: ScheduleChange): Promise<void> {
  const time = { now: world.clock.now(), timeZone }
  const { effect } = granted(await previewChange(world.db, change, time))
  granted(await saveChange(world.db, change, { ...time, plan: effect.plan, staffId, bus: world.bus }))
  forgetOffers(world.db, world.branch.id)
}
const close = (hours: [string, string] | null = null) =>
  save({
    kind: 'closure_added',
    closure: { branchId: world.branch.id, deskId: null, firstDay: day, lastDay: day, hours },
    reason: 'szkolenie',
  })
async function reopen(): Promise<void> {
  const rows = await world.query<{ id: number }>('select id from closure')
  for (const { id } of rows) await save({ kind: 'closure_removed', closureId: id, branchId: world.branch.id })
}
const nine = () => world.at(day, '09:00')
const cancel = (visitId: string) =>
  cancelVisit(world.db, { ...world.parts(), visitId, by: 'client', random: () => 0 })

describe('seats offered and taken', () => {
  test('are those of the schedule, and those with a visit', async () => {
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 0 })
    booked(await world.book(nine()))
    booked(await world.book(nine(), { topic: 'pensions' }))
    booked(await world.book(world.at(day, '11:35')))
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 3 })
    const hours = await readSeatHours(world.db, one())
    expect(hours.map(({ hour, offered, taken }) => [hour, offered, taken])).toEqual([
      [9, 9, 2],
      [10, 6, 0],
      [11, 3, 1],
      [12, 9, 0],
      [13, 6, 0],
      [14, 3, 0],
    ])
  })

  test('a hold takes nothing, a cancelled visit gives its seat back, a missed one does not', async () => {
    granted(await world.hold(nine()))
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 0 })
    const [gone, missed] = [
      booked(await world.book(nine())),
      booked(await world.book(world.at(day, '12:00'))),
    ]
    granted(await cancel(gone.id))
    await world.query("update visit set state = 'missed', state_reason = 'client' where id = $1", [missed.id])
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 1 })
  })

  test('what a closure takes back is not offered, and a withdrawn seat counts on neither side', async () => {
    booked(await world.book(nine()))
    await close(['09:00', '12:00'])
    // Six starts of three desks lie before noon
    expect(await seatsOf()).toEqual({ offered: seatsOfDay - 18, taken: 0 })
    await reopen()
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 1 })
    await close()
    expect(await seatsOf()).toBeUndefined()
    await reopen()
  })

  test('stay as they were when the day is over, whatever becomes of the desks', async () => {
    booked(await world.book(nine()))
    await count()
    world.clock.set(world.at('2026-12-30', '08:00'))
    await save({ kind: 'branch', branchId: world.branch.id, active: false })
    expect(await seatsOf()).toEqual({ offered: seatsOfDay, taken: 1 })
    await save({ kind: 'branch', branchId: world.branch.id, active: true })
  })

  test('a visit that moves to another desk at the same time takes the seat there', async () => {
    const visit = booked(await world.book(nine()))
    await world.query(
      'update seat set withdrawn_at = $2 where id = (select seat_id from visit where id = $1)',
      [visit.id, world.clock.now()],
    )
    expect(await seatsOf()).toEqual({ offered: seatsOfDay - 1, taken: 0 })
    await world.query(
      `with free as (
         select id from seat where branch_id = $2 and starts_at = $3 and state = 'free' limit 1
       ), claimed as (update seat set state = 'booked' from free where seat.id = free.id)
       update visit set seat_id = free.id from free where visit.id = $1`,
      [visit.id, world.branch.id, nine()],
    )
    expect(await seatsOf()).toEqual({ offered: seatsOfDay - 1, taken: 1 })
  })

  test('heal: what is wrong in the recent days is right after they were counted from nothing', async () => {
    booked(await world.book(nine()))
    await count()
    const right = await stored(one().range)
    await world.query('update seat_count set offered = 99')
    await recountVisits(world.db, { now: world.clock.now(), timeZone })
    expect(await stored(one().range)).toEqual(right)
  })
})

/** Seats come, go, are withdrawn, taken and freed at random; counted step by step or all at once is the same. */
test('counting seats after every change says the same as counting all of them', async () => {
  const branches = world.directory.branches.slice(0, 2).map(({ id }) => id)
  const desks = await world.query<{ id: number; branch_id: number }>(
    'insert into desk (branch_id, name) select unnest($1::int[]), $2 returning id, branch_id',
    [branches, 'changing'],
  )
  const desk = (n: number) => desks[n % desks.length]
  const change = fc.oneof(
    fc.record({
      what: fc.constant('add' as const),
      desk: fc.nat({ max: 1 }),
      // On 25 October the hour from 2:00 comes twice, and midnight is not midnight UTC
      day: fc.nat({ max: 3 }),
      hours: fc.uniqueArray(fc.nat({ max: 23 }), { minLength: 1, maxLength: 5 }),
    }),
    fc.record({
      what: fc.constantFrom('remove' as const, 'withdraw' as const, 'restore' as const),
      which: fc.nat(),
    }),
    fc.record({ what: fc.constant('count' as const), which: fc.nat() }),
  )
  const nth = (which: number) =>
    `(select id from seat where desk_id = any($1) order by id offset ${which % 12} limit 1)`
  const ids = desks.map(({ id }) => id)
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 15 }), async (changes) => {
      await world.query('delete from seat where desk_id = any($1)', [ids])
      for (const step of changes) {
        if (step.what === 'count') await count()
        else if (step.what === 'add')
          await world.query(
            `insert into seat (desk_id, branch_id, starts_at, ends_at)
             select $1, $2, start, start + interval '20 minutes'
             from unnest($3::timestamptz[]) as start on conflict do nothing`,
            [
              desk(step.desk)?.id,
              desk(step.desk)?.branch_id,
              step.hours.map((hour) =>
                world.at(addDays('2026-10-24', step.day), `${String(hour).padStart(2, '0')}:00`),
              ),
            ],
          )
        else if (step.what === 'remove')
          await world.query(`delete from seat where id = ${nth(step.which)}`, [ids])
        else {
          const at = step.what === 'withdraw' ? world.clock.now() : null
          await world.query(`update seat set withdrawn_at = $2 where id = ${nth(step.which)}`, [ids, at])
        }
      }
      await count()
      const counted = await stored(october)
      await world.query('delete from seat_count where day between $1 and $2', [october.from, october.to])
      await world.query(
        `insert into visit_count_due (branch_id, starts_at)
         select branch_id, starts_at from seat where desk_id = any($1)`,
        [ids],
      )
      await count()
      expect(counted).toEqual(await stored(october))

      const sum = (rows: readonly { offered: number; taken: number }[]) =>
        rows.reduce((total, { offered, taken }) => total + offered * 1000 + taken, 0)
      const all = { branches: 'all' as const, range: october }
      const [days, hours, each] = await Promise.all([
        readSeatDays(world.db, all),
        readSeatHours(world.db, all),
        readSeatBranches(world.db, all),
      ])
      expect(sum(hours)).toBe(sum(days))
      expect(sum(each)).toBe(sum(days))
      const [real] = await world.query<{ n: number }>(
        'select count(*)::int as n from seat where desk_id = any($1) and withdrawn_at is null',
        [ids],
      )
      expect(days.reduce((total, { offered }) => total + offered, 0)).toBe(real?.n)
    }),
    { numRuns: 12 },
  )
  await world.query('delete from seat where desk_id = any($1)', [ids])
  await world.query('delete from desk where id = any($1)', [ids])
})
