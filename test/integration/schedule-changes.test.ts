import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { bookVisit } from '../../src/booking/book-visit'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { askedConsents } from '../../src/booking/consents'
import { freeLapsedHolds } from '../../src/booking/free-lapsed-holds'
import { forgetOffers } from '../../src/booking/offer-cache'
import { moveVisit } from '../../src/booking/move-visit'
import { saveAnswers } from '../../src/booking/save-answers'
import { generateSeats } from '../../src/institution/generate-seats'
import { previewChange, saveChange } from '../../src/institution/schedule/change-schedule'
import type { WindowHours } from '../../src/institution/schedule/edit-windows'
import type { ScheduleChange } from '../../src/institution/schedule/schedule-change'
import { readSchedule } from '../../src/institution/schedule/schedule-store'
import { windowsVersion } from '../../src/institution/schedule/write-change'
import { addDays, weekday } from '../../src/platform/zone'
import { testDay } from '../support/fake-clock'
import { replanningIn } from '../support/replanning'
import { addStaff } from '../support/visit-server'
import { booked, granted, held, openWorld, somebody, type World } from '../support/world'

const timeZone = 'Europe/Warsaw'
const day = '2026-12-29'
let world: World
let staffId: number
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'), { maxConnections: 40 })
  // One branch with its three desks and three weeks: what is drawn at random meets often
  await world.query('delete from seat where branch_id <> $1 or starts_at >= $2', [
    world.branch.id,
    world.at('2027-01-16', '00:00'),
  ])
  await world.query(`update institution set settings = jsonb_set(settings, '{horizonDays}', '26')`)
  await world.query('update branch set active = false where id <> $1', [world.branch.id])
  windowsBefore = JSON.stringify(await world.query('select * from desk_window order by id'))
  staffId = (await addStaff(world, { role: 'administrator', branchId: null })).id
})
afterAll(() => world.drop())

let windowsBefore: string
/** The desks, hours and free seats with which every test begins. */
async function asAtFirst() {
  await world.query(
    `delete from closure; delete from desk_window; delete from seat; update desk set active = true`,
  )
  await world.query(
    `insert into desk_window overriding system value select * from jsonb_populate_recordset(null::desk_window, $1)`,
    [windowsBefore],
  )
  await generateSeats(world.db, { from: testDay, days: 26, now: world.clock.now(), timeZone })
}
beforeEach(async () => {
  await world.reset()
  await world.query('update branch set active = false where id <> $1', [world.branch.id])
  await asAtFirst()
})

const time = () => ({ now: world.clock.now(), timeZone })
const preview = (change: ScheduleChange) => previewChange(world.db, change, time())
async function save(change: ScheduleChange) {
  const { effect } = granted(await preview(change))
  const saved = await saveChange(world.db, change, { ...time(), plan: effect.plan, staffId, bus: world.bus })
  forgetOffers(world.db, world.branch.id)
  return saved
}
const desksOf = async () =>
  (await readSchedule(world.db, { branchId: world.branch.id, deskId: null }, timeZone)).desks
const closure = (changes: object = {}): ScheduleChange => ({
  kind: 'closure_added',
  closure: {
    ...{ branchId: world.branch.id, deskId: null, firstDay: day, lastDay: day, hours: null },
    ...changes,
  },
  reason: 'szkolenie',
})
async function reopen() {
  const [row] = await world.query<{ id: number }>('select id from closure order by id desc limit 1')
  return save({ kind: 'closure_removed', closureId: row?.id ?? 0, branchId: world.branch.id })
}
const hours = (opens: string, closes: string, more: Partial<WindowHours> = {}): WindowHours => ({
  ...{ opens, closes, breaks: [], visitMinutes: 20, bufferMinutes: 5, onHolidays: false },
  ...more,
})
async function windowChange(
  deskNumber: number,
  { from = day, to = null, to_hours }: { from?: string; to?: string | null; to_hours: WindowHours | null },
): Promise<ScheduleChange> {
  const desk = (await desksOf())[deskNumber]
  if (!desk) throw new Error('There is no such desk')
  const window = desk.windows.find(
    (one) =>
      one.weekday === weekday(from) && one.validFrom <= from && (one.validTo === null || from <= one.validTo),
  )
  return {
    ...{ kind: 'window', version: windowsVersion(desk.windows) },
    ...{ desk: { id: desk.id, branchId: world.branch.id }, windowId: window?.id ?? null },
    ...{ weekday: weekday(from), alsoOn: [], from, to, hours: to_hours },
  }
}
const seatsOn = async (when: string) =>
  world.query<{ state: string; withdrawn: boolean; n: number }>(
    `select state, withdrawn_at is not null as withdrawn, count(*)::int as n from seat
     where (starts_at at time zone 'Europe/Warsaw')::date = $1::date group by 1, 2 order by 1, 2`,
    [when],
  )

/** Nothing that ever may be wrong: an active visit without its seat, two on one, a seat that says booked alone. */
const wrong = () =>
  world.query(`
    select seat.id from seat full join (select * from visit where state <> 'cancelled') visit on visit.seat_id = seat.id
      where (seat.state = 'booked') is distinct from (visit.id is not null)
        or (visit.id is not null and visit.starts_at <> seat.starts_at)
    union all
    select one.id from seat one join seat other on one.desk_id = other.desk_id and one.id < other.id
      and tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at)
      where not (one.withdrawn_at is not null and one.state = 'free')
        and not (other.withdrawn_at is not null and other.state = 'free')`)

describe('a preview', () => {
  test('says how many seats vanish and which booked visits lose their desk, and changes nothing', async () => {
    const visit = booked(await world.book(world.at(day, '09:00')))
    await world.hold(world.at(day, '09:25'))
    const { effect } = granted(await preview(closure()))
    expect(effect.branches).toEqual([
      { branchId: world.branch.id, appear: 0, vanish: 34, touched: 1, held: 1, restored: 0 },
    ])
    expect(effect.touched).toMatchObject([{ id: visit.id, number: visit.number, startsAt: visit.startsAt }])
    expect(await world.query('select id from closure')).toEqual([])
    expect(await seatsOn(day)).toEqual([
      { state: 'free', withdrawn: false, n: 34 },
      { state: 'held', withdrawn: false, n: 1 },
      { state: 'booked', withdrawn: false, n: 1 },
    ])
  })

  test('is what is saved: when somebody books meanwhile, the new effect is shown instead', async () => {
    const { effect } = granted(await preview(closure()))
    booked(await world.book(world.at(day, '09:00')))
    const saving = { ...time(), plan: effect.plan, staffId, bus: world.bus }
    const answer = await saveChange(world.db, closure(), saving)
    expect(answer).toMatchObject({ ok: false, reason: 'other_effect', effect: { touched: [{}] } })
    expect(await world.query('select id from closure')).toEqual([])
  })

  test('of hours that somebody else has changed since they were shown is refused', async () => {
    const one = await windowChange(0, { to_hours: hours('10:00', '14:00') })
    const other = await windowChange(0, { to_hours: hours('11:00', '14:00') })
    granted(await save(one))
    expect(await preview(other)).toEqual({ ok: false, reason: 'changed' })
  })

  test.each([
    ['begins in the past', { from: '2026-12-15' }, 'in_past'],
    ['ends before it begins', { to: '2026-12-20' }, 'in_past'],
    ['meets another window', { windowId: null }, 'overlaps'],
    ['is of another branch', { desk: { id: 1, branchId: 9999 } }, 'unknown'],
  ])('of hours that %s is refused', async (_what, changes, reason) => {
    const change = { ...(await windowChange(0, { to_hours: hours('09:00', '12:00') })), ...changes }
    expect(await preview(change as ScheduleChange)).toEqual({ ok: false, reason })
  })
})

describe('a closed day', () => {
  test('loses its free seats; its visit stands on a withdrawn one, and gets it back with the day', async () => {
    const visit = booked(await world.book(world.at(day, '09:00')))
    granted(await save(closure()))
    expect(await seatsOn(day)).toEqual([{ state: 'booked', withdrawn: true, n: 1 }])
    expect(await world.query('select id, state from visit')).toEqual([{ id: visit.id, state: 'booked' }])
    expect(granted(await reopen()).effect.branches).toMatchObject([{ appear: 35, restored: 1 }])
    expect(await seatsOn(day)).toEqual([
      { state: 'free', withdrawn: false, n: 35 },
      { state: 'booked', withdrawn: false, n: 1 },
    ])
  })

  test('is written down twice no more than once, and leaves who did it in the audit record', async () => {
    granted(await save(closure()))
    expect(await preview(closure())).toEqual({ ok: false, reason: 'exists' })
    const entries = await world.query(
      `select staff_id, branch_id, details from audit_entry where action = 'schedule.changed' order by id desc limit 1`,
    )
    expect(entries).toMatchObject([
      { staff_id: staffId, branch_id: world.branch.id, details: { kind: 'closure_added', vanish: 36 } },
    ])
  })

  test('a withdrawn seat is claimed by nobody, also after its visit is cancelled or moved away', async () => {
    const nine = world.at(day, '09:00')
    const one = booked(await world.book(nine))
    const two = booked(await world.book(nine, { topic: 'pensions' }))
    granted(await save(closure()))
    await cancelVisit(world.db, { ...world.parts(), visitId: one.id, by: 'client', random: () => 0 })
    granted(
      await moveVisit(world.db, {
        ...world.parts(),
        visitId: two.id,
        startsAt: world.at('2026-12-30', '09:00'),
      }),
    )
    world.clock.advance({ minutes: 10 })
    expect(await world.hold(nine)).toEqual({ ok: false, reason: 'not_offered' })
    // And is there again, once, when the day is open again
    granted(await reopen())
    expect(await seatsOn(day)).toEqual([{ state: 'free', withdrawn: false, n: 36 }])
    expect(await wrong()).toEqual([])
  })

  test('a person who holds a time of it may still book, and the visit waits for another time; late is lost', async () => {
    const prepare = async (at: string) => {
      const person = somebody()
      const owner = { holdId: held(await world.hold(world.at(day, at), { owner: at })).id, ownerSecret: at }
      granted(await saveAnswers(world.db, { ...world.parts(), ...owner, answers: person }))
      const consents = askedConsents(world.directory, false, testDay, 'required')
      return () => bookVisit(world.db, { ...world.parts(), ...owner, consents })
    }
    const inTime = await prepare('09:00')
    const late = await prepare('09:25')
    granted(await save(closure()))
    const visit = booked(await inTime())
    expect(
      await world.query(
        'select withdrawn_at from seat join visit on visit.seat_id = seat.id where visit.id = $1',
        [visit.id],
      ),
    ).toEqual([{ withdrawn_at: world.clock.now() }])
    world.clock.advance({ minutes: 16 })
    expect(await late()).toEqual({ ok: false, reason: 'lost' })
  })
})

describe('a time that a withdrawn seat keeps from others', () => {
  /** Visits of 35 minutes whose last one, at 11:05, meets one of 11:35 that would end after the desk has closed. */
  const longVisits = hours('09:05', '11:45', { visitMinutes: 35 })
  const withoutLast = ['09:05 free', '09:45 free', '10:25 free']
  const offered = [...withoutLast, '11:05 free']
  const five = () => world.at(day, '11:05')

  /** The seats of the first desk that take time, as 'HH:MM state'. */
  const firstDesk = async () => {
    const rows = await world.query<{ seat: string }>(
      `select to_char(starts_at at time zone 'Europe/Warsaw', 'HH24:MI ') || state as seat from seat
       where desk_id = $1 and (starts_at at time zone 'Europe/Warsaw')::date = $2::date
         and (withdrawn_at is null or state <> 'free') order by starts_at`,
      [(await desksOf())[0]?.id, day],
    )
    return rows.map(({ seat }) => seat)
  }
  /** A visit at 11:35 that has just lost the first desk. */
  const lost = async () => {
    const { id } = booked(await world.book(world.at(day, '11:35')))
    granted(await save(await windowChange(0, { to: day, to_hours: longVisits })))
    expect(await firstDesk()).toEqual([...withoutLast, '11:35 booked'])
    return id
  }
  const claimable = async () => (await world.hold(five(), { owner: 'somebody' })).ok

  test('is offered again in the cancellation that frees it, after the delay of every freed time', async () => {
    const visitId = await lost()
    await cancelVisit(world.db, { ...world.parts(), visitId, by: 'client', random: () => 0 })
    expect(await firstDesk()).toEqual(offered)
    expect(await claimable()).toBe(false)
    world.clock.advance({ seconds: 31 })
    forgetOffers(world.db, world.branch.id)
    expect(await claimable()).toBe(true)
    expect(await wrong()).toEqual([])
  })

  test('is offered again when its visit moves', async () => {
    const visitId = await lost()
    granted(await moveVisit(world.db, { ...world.parts(), visitId, startsAt: world.at(day, '12:00') }))
    expect(await firstDesk()).toEqual(offered)
    expect(await wrong()).toEqual([])
  })

  test('stays closed when the desk is closed then', async () => {
    const visitId = await lost()
    granted(await save(closure({ hours: ['11:00', '11:10'] })))
    await cancelVisit(world.db, { ...world.parts(), visitId, by: 'client' })
    expect(await firstDesk()).toEqual(withoutLast)
  })

  test('is offered again within a minute of the end of a hold', async () => {
    const at = world.at(day, '11:35')
    held(await world.hold(at, { owner: 'one' }))
    granted(await save(await windowChange(0, { to: day, to_hours: longVisits })))
    await freeLapsedHolds(world.db, world.clock.now())
    expect(await firstDesk()).toEqual([...withoutLast, '11:35 held'])
    // A newer hold of the same person gives the older one up
    held(await world.hold(world.at(day, '12:00'), { owner: 'one' }))
    await freeLapsedHolds(world.db, world.clock.now())
    expect(await firstDesk()).toEqual(offered)
    expect(await claimable()).toBe(true)
  })

  test('goes when the move that freed it is undone, unless somebody has it by then', async () => {
    const replanning = await replanningIn(world)
    const visitId = await lost()
    const move = async () => {
      const seatId = await replanning.freeSeat(world.at(day, '12:00'))
      return (await replanning.run([{ visitId, kind: 'move', seatId }])).runId
    }
    await replanning.undo(await move())
    expect(await firstDesk()).toEqual([...withoutLast, '11:35 booked'])

    world.clock.advance({ minutes: 6 })
    const again = await move()
    world.clock.advance({ minutes: 1 })
    expect(await claimable()).toBe(true)
    await replanning.undo(again)
    expect(await replanning.outcomes(again)).toEqual([{ state: 'done', reason: 'seat_gone' }])
    expect(await firstDesk()).toEqual([...withoutLast, '11:05 held'])
    expect(await wrong()).toEqual([])
  })

  test('goes to one of twenty who want it while it is freed and the hours change', async () => {
    const visitId = await lost()
    const people = Array.from({ length: 20 }, () => somebody())
    const took = async () => {
      const answers = await Promise.all(
        people.map((person) => world.book(five(), { person }).catch(() => undefined)),
      )
      return answers.filter((answer) => answer?.ok).length
    }
    const shorter = await windowChange(1, { to: day, to_hours: hours('09:00', '10:00') })
    const [early] = await Promise.all([
      took(),
      moveVisit(world.db, { ...world.parts(), visitId, startsAt: world.at(day, '12:00'), random: () => 0 }),
      save(shorter),
    ])
    world.clock.advance({ seconds: 31 })
    expect(early + (await took())).toBe(1)
    expect(await wrong()).toEqual([])
    expect(await firstDesk()).toEqual([...withoutLast, '11:05 booked'])
  })
})

test('hours for one week leave the weeks around it as they were', async () => {
  granted(await save(await windowChange(0, { to: day, to_hours: hours('12:00', '13:15') })))
  expect(await seatsOn(day)).toEqual([{ state: 'free', withdrawn: false, n: 12 + 12 + 3 }])
  expect(await seatsOn('2027-01-05')).toEqual([{ state: 'free', withdrawn: false, n: 36 }])
})

test('a desk that is closed, opened again; a horizon that grows and shrinks', async () => {
  const [desk] = await desksOf()
  const deskId = desk?.id ?? 0
  const total = async () => (await world.query<{ n: number }>('select count(*)::int as n from seat'))[0]?.n
  const all = await total()
  const of = { kind: 'desk', deskId, branchId: world.branch.id } as const
  granted(await save({ ...of, active: false }))
  expect(await seatsOn(day)).toEqual([{ state: 'free', withdrawn: false, n: 24 }])
  expect(await preview({ ...of, active: false })).toEqual({ ok: false, reason: 'changed' })
  granted(await save({ ...of, active: true }))
  expect(await total()).toBe(all)
  granted(await save({ kind: 'horizon', days: 33, before: 26 }))
  expect(await total()).toBe((all ?? 0) + 5 * 36)
  granted(await save({ kind: 'horizon', days: 26, before: 33 }))
  expect(await total()).toBe(all)
})

test('a new branch gets the desks and hours of another one', async () => {
  const [row] = await world.query<{ id: number }>(
    `insert into branch (code, name, city) values ('NOWY', 'Nowy', 'Nowe') on conflict (code) do update set name = 'Nowy' returning id`,
  )
  const branchId = row?.id ?? 0
  const saved = granted(await save({ kind: 'desks_copied', branchId, fromBranchId: world.branch.id }))
  const all = await world.query<{ n: number }>(
    'select count(*)::int as n from seat where branch_id = $1 and starts_at > $2',
    [world.branch.id, world.clock.now()],
  )
  expect(saved.effect.branches).toMatchObject([{ branchId, appear: all[0]?.n }])
  await world.query(`delete from seat where branch_id = ${branchId}`)
  await world.query(`delete from desk where branch_id = ${branchId}`)
})

describe.each([
  ['loses an hour', '2027-03-22', '2027-03-28', 46],
  ['has an hour twice', '2026-10-19', '2026-10-25', 50],
])('on the night that %s', (_what, today, sunday, count) => {
  test('a desk round the clock gets just the seats that the night has, and a closed night takes them all', async () => {
    world.clock.set(world.at(today, '12:00'))
    const [desk] = await desksOf()
    const round = hours('00:00', '24:00', { bufferMinutes: 10, onHolidays: true })
    granted(
      await save({
        ...{ kind: 'window', version: windowsVersion(desk?.windows ?? []) },
        ...{ desk: { id: desk?.id ?? 0, branchId: world.branch.id }, windowId: null },
        ...{ weekday: 7, alsoOn: [], from: sunday, to: sunday, hours: round },
      }),
    )
    expect(await seatsOn(sunday)).toEqual([{ state: 'free', withdrawn: false, n: count }])
    const visit = booked(await world.book(world.at(sunday, '03:00')))
    const night = closure({ firstDay: sunday, lastDay: sunday, hours: ['02:00', '04:00'] })
    const { effect } = granted(await save(night))
    expect(effect.touched).toMatchObject([{ id: visit.id }])
    expect(await seatsOn(sunday)).toEqual([
      // Between two and four o'clock there are one or three hours; the booked one stands withdrawn
      { state: 'free', withdrawn: false, n: count - (count === 46 ? 2 : 6) },
      { state: 'booked', withdrawn: true, n: 1 },
    ])
  })
})

test('whatever is booked, cancelled and changed: no visit is dropped or doubled', async () => {
  const someDay = fc.integer({ min: 1, max: 20 }).map((n) => addDays(testDay, n))
  const deskNumber = fc.nat({ max: 2 })
  const quarter = (n: number) =>
    `${String(8 + Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`
  const anyHours = fc
    .tuple(
      fc.nat({ max: 12 }),
      fc.integer({ min: 4, max: 20 }),
      fc.constantFrom(15, 20, 30),
      fc.nat({ max: 5 }),
    )
    .map(([from, length, visitMinutes, bufferMinutes]) =>
      hours(quarter(from), quarter(from + length), { visitMinutes, bufferMinutes }),
    )
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ act: fc.constant('book' as const), pick: fc.nat() }) },
    fc.record({ act: fc.constant('cancel' as const), pick: fc.nat() }),
    fc.record({ act: fc.constant('move' as const), pick: fc.nat(), to: fc.nat() }),
    fc.record({
      act: fc.constant('window' as const),
      ...{ desk: deskNumber, from: someDay, hours: fc.option(anyHours) },
    }),
    fc.record({
      act: fc.constant('close' as const),
      ...{ desk: fc.option(deskNumber), from: someDay, hours: fc.boolean() },
    }),
    fc.record({ act: fc.constant('reopen' as const) }),
    fc.record({ act: fc.constant('desk' as const), desk: deskNumber }),
  )
  const freeTime = async (pick: number) => {
    const free = await world.query<{ starts_at: Date }>(
      `select distinct starts_at from seat where state = 'free' and withdrawn_at is null
         and claimable_from is null and starts_at > $1 order by 1`,
      [new Date(+world.clock.now() + 600_000)],
    )
    return free[pick % Math.max(free.length, 1)]?.starts_at
  }
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await world.query('delete from hold; delete from message; delete from consent; delete from visit')
      await asAtFirst()
      const standing = new Set<string>()
      for (const one of steps) {
        switch (one.act) {
          case 'book': {
            const at = await freeTime(one.pick)
            if (!at) break
            const answer = await world.book(at, { topic: 'profile' }).catch(() => undefined)
            if (answer?.ok) standing.add(answer.visit.id)
            break
          }
          case 'cancel': {
            const visitId = [...standing][one.pick % Math.max(standing.size, 1)]
            if (visitId === undefined) break
            granted(await cancelVisit(world.db, { ...world.parts(), visitId, by: 'client' }))
            standing.delete(visitId)
            break
          }
          case 'move': {
            const visitId = [...standing][one.pick % Math.max(standing.size, 1)]
            const startsAt = await freeTime(one.to)
            if (visitId === undefined || !startsAt) break
            await moveVisit(world.db, { ...world.parts(), visitId, startsAt })
            break
          }
          case 'window': {
            const change = await windowChange(one.desk, { from: one.from, to_hours: one.hours })
            if ((await preview(change)).ok) granted(await save(change))
            break
          }
          case 'close': {
            const deskId = one.desk === null ? null : ((await desksOf())[one.desk]?.id ?? null)
            const change = closure({
              ...{ deskId, firstDay: one.from, lastDay: addDays(one.from, 2) },
              hours: one.hours ? ['10:00', '12:00'] : null,
            })
            if ((await preview(change)).ok) granted(await save(change))
            break
          }
          case 'reopen':
            if ((await world.query('select id from closure')).length > 0) granted(await reopen())
            break
          case 'desk': {
            const desk = (await desksOf())[one.desk]
            const deskId = desk?.id ?? 0
            granted(
              await save({
                kind: 'desk',
                deskId,
                branchId: world.branch.id,
                active: !(desk?.active ?? true),
              }),
            )
            break
          }
        }
        // Whatever frees a time offers it as well: the nightly making of seats finds nothing missing
        expect(
          await generateSeats(world.db, { from: testDay, days: 26, now: world.clock.now(), timeZone }),
        ).toBe(0)
        const active = await world.query<{ id: string }>(`select id from visit where state = 'booked'`)
        expect(new Set(active.map(({ id }) => id))).toEqual(standing)
        expect(active).toHaveLength(standing.size)
        expect(await wrong()).toEqual([])
      }
    }),
    { numRuns: 12 },
  )
})

test('while 20 clients hold and book, a day closes and opens: every booking that was confirmed stands, once', async () => {
  const starts = (
    await world.query<{ starts_at: Date }>(
      `select distinct starts_at from seat where starts_at >= $1 and starts_at < $2 order by 1`,
      [world.at(day, '00:00'), world.at('2026-12-31', '00:00')],
    )
  ).map(({ starts_at }) => starts_at)
  const confirmed: string[] = []
  const client = async (n: number) => {
    for (let round = 0; round < 6; round++) {
      const at = starts[(n * 7 + round * 5) % starts.length]
      if (!at) continue
      const person = somebody()
      const hold = await world.hold(at, { topic: 'profile', owner: person.email })
      if (!hold.ok) continue
      const owner = { holdId: hold.hold.id, ownerSecret: person.email }
      await saveAnswers(world.db, { ...world.parts(), ...owner, answers: person })
      const consents = askedConsents(world.directory, false, testDay, 'required')
      const answer = await bookVisit(world.db, { ...world.parts(), ...owner, consents })
      if (!answer.ok) continue
      confirmed.push(answer.visit.id)
      if (round % 3 === 2) {
        await cancelVisit(world.db, { ...world.parts(), visitId: answer.visit.id, by: 'client' })
        confirmed.splice(confirmed.indexOf(answer.visit.id), 1)
      }
    }
  }
  const administrator = async () => {
    for (let round = 0; round < 4; round++) {
      // Clients book meanwhile: agreed to again until nothing came between
      const insist = async (change: ScheduleChange) => {
        let shown = await preview(change)
        while (shown.ok) {
          const { plan } = shown.effect
          const answer = await saveChange(world.db, change, { ...time(), plan, staffId, bus: world.bus })
          if (answer.ok) return
          shown =
            answer.reason === 'other_effect'
              ? { ok: true, effect: answer.effect }
              : { ok: false, reason: answer.reason }
        }
      }
      await insist(closure())
      const [row] = await world.query<{ id: number }>('select id from closure')
      await insist({ kind: 'closure_removed', closureId: row?.id ?? 0, branchId: world.branch.id })
      await insist(await windowChange(round % 3, { to_hours: hours('09:00', '12:00', { visitMinutes: 15 }) }))
    }
  }
  await Promise.all([administrator(), ...Array.from({ length: 20 }, (_, n) => client(n))])
  const active = await world.query<{ id: string }>(`select id from visit where state = 'booked' order by id`)
  expect(active.map(({ id }) => id)).toEqual(confirmed.toSorted())
  expect(confirmed.length).toBeGreaterThan(10)
  expect(await wrong()).toEqual([])
})
