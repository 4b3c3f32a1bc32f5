import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { moveVisit } from '../../src/booking/move-visit'
import { claimDue } from '../../src/message/outgoing-store'
import { countTouched, readTouched } from '../../src/replanning/touched-store'
import { finishRuns } from '../../src/replanning/carry-out-run'
import { insertRun } from '../../src/replanning/run-store'
import { type Replanning, replanningIn } from '../support/replanning'
import { booked, held, openWorld, somebody, type World } from '../support/world'

let world: World
let replanning: Replanning
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  replanning = await replanningIn(world)
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const at = (time: string, day = '2026-12-29') => world.at(day, time)
const bookAt = async (time: string, options = {}) => booked(await world.book(at(time), options))
const run: Replanning['run'] = (...run) => replanning.run(...run)
const undo: Replanning['undo'] = (runId) => replanning.undo(runId)
const lose: Replanning['lose'] = (...visitIds) => replanning.lose(...visitIds)
const freeSeat: Replanning['freeSeat'] = (...time) => replanning.freeSeat(...time)
const outcomes: Replanning['outcomes'] = (runId) => replanning.outcomes(runId)
const visitRow = (id: string) =>
  world.db.selectFrom('visit').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const seatRow = (id: number) =>
  world.db.selectFrom('seat').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const waiting = (id: string) =>
  world.query<{ kind: string; due_at: Date; schedule_version: number }>(
    `select kind, due_at, schedule_version from message where visit_id = $1 and state = 'queued' order by kind`,
    [id],
  )
const waitingKinds = async (id: string) => (await waiting(id)).map(({ kind }) => kind)
/** Sends what is due: as the dispatcher claims it. */
const claimAll = async () => {
  const claim = {
    limit: 100,
    now: world.clock.now(),
    leaseUntil: new Date(world.clock.now().getTime() + 60_000),
  }
  const due = [
    ...(await claimDue(world.db, { channel: 'email', ...claim })),
    ...(await claimDue(world.db, { channel: 'sms', ...claim })),
  ]
  return due.map(({ kind }) => kind).sort()
}
const toDecide = async () => {
  const counts = await countTouched(world.db, { branchIds: [world.branch.id], now: world.clock.now() })
  return counts.get(world.branch.id)?.toDecide ?? 0
}

/** A visit at 9:00 that lost its desk; its confirmation has left. */
const lostVisit = async (time = '09:00', options = {}) => {
  const { id } = await bookAt(time, options)
  await claimAll()
  await world.query(`update message set state = 'sent' where state = 'sending'`)
  await lose(id)
  return visitRow(id)
}

describe('a visit that lost its desk', () => {
  test('stands, is counted, and its seat is offered to nobody, even once the visit has left it', async () => {
    const visit = await lostVisit()
    expect(await toDecide()).toBe(1)
    const touched = await readTouched(world.db, {
      branchId: world.branch.id,
      now: world.clock.now(),
      limit: 9,
    })
    expect(touched).toMatchObject([{ id: visit.id, isWithdrawn: true, chooseUntil: null }])
    await cancelVisit(world.db, { ...world.parts(), visitId: visit.id, by: 'client', random: () => 0 })
    expect(await toDecide()).toBe(0)
    world.clock.advance({ minutes: 10 })
    held(await world.hold(at('09:00'), { owner: 'one' }))
    expect(await world.hold(at('09:00'), { owner: 'two' })).toEqual({ ok: false, reason: 'taken' })
  })
})

describe('moved to another desk at the same time', () => {
  test('a client notices nothing: no message, no new schedule, the reminders stay', async () => {
    const visit = await lostVisit()
    const before = await waiting(visit.id)
    const seatId = await freeSeat(at('09:00'))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: null }])
    expect(await visitRow(visit.id)).toEqual({ ...visit, seat_id: seatId })
    expect(await waiting(visit.id)).toEqual(before)
    expect(await toDecide()).toBe(0)
  })

  test('and back, when that is undone', async () => {
    const visit = await lostVisit()
    const seatId = await freeSeat(at('09:00'))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    await undo(runId)
    expect(await visitRow(visit.id)).toEqual(visit)
    expect(await seatRow(seatId)).toMatchObject({ state: 'free' })
    expect(await seatRow(visit.seat_id)).toMatchObject({ state: 'booked' })
    expect(await toDecide()).toBe(1)
  })
})

describe('moved to another time', () => {
  const moved = async () => {
    const visit = await lostVisit()
    const seatId = await freeSeat(at('10:15'))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    return { visit, seatId, runId }
  }

  test('a client is told by e-mail and SMS, once it can no longer be undone, and reminded of the new time', async () => {
    const { visit } = await moved()
    expect(await visitRow(visit.id)).toMatchObject({ starts_at: at('10:15'), schedule_version: 2 })
    expect(await waitingKinds(visit.id)).toEqual(['moved', 'moved_sms', 'reminder_email', 'reminder_sms'])
    world.clock.advance({ minutes: 4, seconds: 59 })
    expect(await claimAll()).toEqual([])
    world.clock.advance({ seconds: 1 })
    expect(await claimAll()).toEqual(['moved', 'moved_sms'])
  })

  test('and nobody is, when it is undone: all is as it was, and the old time is reminded of', async () => {
    const { visit, seatId, runId } = await moved()
    world.clock.advance({ minutes: 4, seconds: 59 })
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'undone', reason: null }])
    expect(await visitRow(visit.id)).toEqual({ ...visit, schedule_version: 3 })
    expect(await seatRow(visit.seat_id)).toMatchObject({ state: 'booked' })
    expect(await seatRow(seatId)).toMatchObject({ state: 'free' })
    expect(await waiting(visit.id)).toMatchObject([
      { kind: 'reminder_email', due_at: at('08:00'), schedule_version: 3 },
      { kind: 'reminder_sms', due_at: at('10:00', '2026-12-28'), schedule_version: 3 },
    ])
    world.clock.advance({ minutes: 60 })
    expect(await claimAll()).toEqual([])
  })

  test('is final once the client was told, or the time for that has come', async () => {
    const { visit, runId } = await moved()
    world.clock.advance({ minutes: 5 })
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: 'told' }])
    expect(await visitRow(visit.id)).toMatchObject({ starts_at: at('10:15') })
  })

  test('is final when a message left though this clock is behind', async () => {
    const { runId } = await moved()
    const behind = world.clock.now()
    world.clock.advance({ minutes: 5 })
    expect(await claimAll()).toEqual(['moved', 'moved_sms'])
    world.clock.set(behind)
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: 'told' }])
  })

  test('can be undone and done again, each time with its own messages', async () => {
    const { visit, seatId, runId } = await moved()
    await undo(runId)
    world.clock.advance({ minutes: 6 })
    const again = await run([{ visitId: visit.id, kind: 'move', seatId }])
    expect(await outcomes(again.runId)).toEqual([{ state: 'done', reason: null }])
    await undo(again.runId)
    expect(await waitingKinds(visit.id)).toEqual(['reminder_email', 'reminder_sms'])
    await run([{ visitId: visit.id, kind: 'move', seatId: await freeSeat(at('10:40')) }])
    world.clock.advance({ minutes: 5 })
    expect(await claimAll()).toEqual(['moved', 'moved_sms'])
  })

  test('stays when its client changed it meanwhile', async () => {
    const { visit, runId } = await moved()
    await moveVisit(world.db, { ...world.parts(), visitId: visit.id, startsAt: at('12:00') })
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: 'changed' }])
    expect(await visitRow(visit.id)).toMatchObject({ starts_at: at('12:00') })
  })

  test('stays when the desk is back and somebody has the old seat', async () => {
    const { visit, runId } = await moved()
    await world.query('update seat set withdrawn_at = null, claimable_from = null where id = $1', [
      visit.seat_id,
    ])
    held(await world.hold(at('09:00'), { owner: 'one' }))
    held(await world.hold(at('09:00'), { owner: 'two' }))
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: 'seat_gone' }])
    expect(await visitRow(visit.id)).toMatchObject({ starts_at: at('10:15') })
    expect(await waitingKinds(visit.id)).toContain('moved')
  })

  test('twice before the client heard of the first: the news tells the time that the client knows', async () => {
    const { visit } = await moved()
    await lose(visit.id)
    await run([{ visitId: visit.id, kind: 'move', seatId: await freeSeat(at('12:00')) }])
    const news = await world.query(
      `select details ->> 'oldStartsAt' as old from message where kind = 'moved' and state = 'queued'`,
    )
    expect(news).toEqual([{ old: at('09:00').toISOString() }])
  })

  test('shortly before it begins is told at once, and cannot be undone', async () => {
    const visit = await lostVisit()
    world.clock.set(at('08:40'))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId: await freeSeat(at('12:00')) }])
    expect(await claimAll()).toEqual(['moved', 'moved_sms'])
    await undo(runId)
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: 'told' }])
  })
})

describe('a move is refused', () => {
  test('when the seat has just gone, and the visit stands as it was', async () => {
    const visit = await lostVisit()
    const seatId = await freeSeat(at('10:15'))
    held(await world.hold(at('10:15'), { owner: 'one' }))
    held(await world.hold(at('10:15'), { owner: 'two' }))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    expect(await outcomes(runId)).toEqual([{ state: 'refused', reason: 'taken' }])
    expect(await visitRow(visit.id)).toEqual(visit)
    expect(await toDecide()).toBe(1)
  })

  test('not when another desk has the same time', async () => {
    const visit = await lostVisit()
    const seatId = await freeSeat(at('10:15'))
    await world.query('update seat set withdrawn_at = $1 where id = $2', [world.clock.now(), seatId])
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: null }])
    expect(await visitRow(visit.id)).toMatchObject({ starts_at: at('10:15') })
  })

  test('when the client cancelled or moved it meanwhile, or the new time is too near', async () => {
    const [one, other, late] = [await lostVisit(), await lostVisit('09:25'), await lostVisit('12:00')]
    const [first, second, third] = [
      await freeSeat(at('10:15')),
      await freeSeat(at('10:40')),
      await freeSeat(at('11:35')),
    ]
    await cancelVisit(world.db, { ...world.parts(), visitId: one.id, by: 'client' })
    await moveVisit(world.db, { ...world.parts(), visitId: other.id, startsAt: at('12:50') })
    world.clock.set(at('08:00'))
    const { runId } = await run([
      { visitId: one.id, kind: 'move', seatId: first },
      { visitId: other.id, kind: 'move', seatId: second },
      { visitId: late.id, kind: 'move', seatId: third },
    ])
    const reasons = await world.query(
      'select visit_id as id, state, reason from replan_decision where run_id = $1',
      [runId],
    )
    expect(new Set(reasons)).toEqual(
      new Set([
        { id: one.id, state: 'refused', reason: 'changed' },
        { id: other.id, state: 'refused', reason: 'changed' },
        { id: late.id, state: 'refused', reason: 'too_late' },
      ]),
    )
  })
})

describe('a client who is asked to choose', () => {
  const offered = async () => {
    const visit = await lostVisit()
    const { runId } = await run([{ visitId: visit.id, kind: 'offer' }])
    return { visit, runId }
  }

  test('is told once it can no longer be undone, reminded half way, and not reminded of the old time', async () => {
    const { visit } = await offered()
    expect(await toDecide()).toBe(0)
    expect(await waitingKinds(visit.id)).toEqual(['offer', 'offer_reminder', 'offer_sms'])
    expect(await claimAll()).toEqual([])
    world.clock.advance({ minutes: 5 })
    expect(await claimAll()).toEqual(['offer', 'offer_sms'])
    world.clock.advance({ minutes: 36 * 60 })
    expect(await claimAll()).toEqual(['offer', 'offer_reminder', 'offer_sms'])
  })

  test('moves it, and hears no more of it', async () => {
    const { visit } = await offered()
    await moveVisit(world.db, { ...world.parts(), visitId: visit.id, startsAt: at('12:00') })
    expect(await visitRow(visit.id)).toMatchObject({ choose_until: null })
    expect(await waitingKinds(visit.id)).toEqual(['moved', 'reminder_email', 'reminder_sms'])
    expect(await toDecide()).toBe(0)
  })

  test('leaves it to the branch once the time for choosing is over', async () => {
    const { visit } = await offered()
    world.clock.advance({ minutes: 72 * 60 })
    expect(await toDecide()).toBe(1)
    const seatId = await freeSeat(at('09:00'))
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId }])
    expect(await outcomes(runId)).toEqual([{ state: 'done', reason: null }])
    // The client has been told that this time has to change: that it stays is news
    expect(await waitingKinds(visit.id)).toEqual(['moved', 'moved_sms', 'reminder_email', 'reminder_sms'])
  })

  test('hears nothing when it is undone', async () => {
    const { visit, runId } = await offered()
    await undo(runId)
    expect(await visitRow(visit.id)).toEqual({ ...visit, schedule_version: 3 })
    expect(await waitingKinds(visit.id)).toEqual(['reminder_email', 'reminder_sms'])
    expect(await toDecide()).toBe(1)
  })

  test('is told that the visit stays when its desk is back', async () => {
    const { visit } = await offered()
    await world.query('update seat set withdrawn_at = null')
    world.clock.advance({ minutes: 72 * 60 })
    expect(await toDecide()).toBe(1)
    await run([{ visitId: visit.id, kind: 'move', seatId: visit.seat_id }])
    expect(await visitRow(visit.id)).toMatchObject({ seat_id: visit.seat_id, choose_until: null })
    expect(await waitingKinds(visit.id)).toContain('moved')
    expect(await toDecide()).toBe(0)
  })

  test('is not asked when too little time is left', async () => {
    const visit = await lostVisit()
    world.clock.set(at('16:00', '2026-12-28'))
    const { runId } = await run([{ visitId: visit.id, kind: 'offer' }])
    expect(await outcomes(runId)).toEqual([{ state: 'refused', reason: 'too_late' }])
  })
})

describe('cancelled by the institution', () => {
  test('a client is told with an apology, once it can no longer be undone', async () => {
    const visit = await lostVisit()
    await run([{ visitId: visit.id, kind: 'cancel' }])
    expect(await visitRow(visit.id)).toMatchObject({ state: 'cancelled', state_reason: 'institution' })
    expect(await claimAll()).toEqual([])
    world.clock.advance({ minutes: 5 })
    expect(await claimAll()).toEqual(['cancelled_by_institution', 'cancelled_by_institution_sms'])
  })

  test('a visit comes back with its seat and all its messages when that is undone', async () => {
    const { id } = await bookAt('09:00')
    await lose(id)
    const visit = await visitRow(id)
    const { runId } = await run([{ visitId: id, kind: 'cancel' }])
    world.clock.advance({ minutes: 1 })
    await undo(runId)
    expect(await visitRow(id)).toEqual({ ...visit, schedule_version: 2, state_changed_at: world.clock.now() })
    expect(await seatRow(visit.seat_id)).toMatchObject({ state: 'booked' })
    expect(await waitingKinds(id)).toEqual(['booked', 'reminder_email', 'reminder_sms'])
  })
})

describe('a run', () => {
  test('sent twice, even at once, is carried out once', async () => {
    const visits = [await lostVisit('09:00'), await lostVisit('09:25')]
    const [one, other] = visits
    const decisions = [
      { visitId: one?.id ?? '', kind: 'move' as const, seatId: await freeSeat(at('10:15')) },
      { visitId: other?.id ?? '', kind: 'cancel' as const },
    ]
    const runId = '0196f0a0-0000-7000-8000-000000000001'
    const answers = await Promise.all([run(decisions, runId), run(decisions, runId)])
    expect(answers.map(({ again }) => again).sort()).toEqual([false, true])
    expect(await outcomes(runId)).toEqual([
      { state: 'done', reason: null },
      { state: 'done', reason: null },
    ])
    expect(await visitRow(one?.id ?? '')).toMatchObject({ schedule_version: 2 })
    expect(
      await world.query(`select kind from message where kind like 'moved%' or kind like 'cancel%'`),
    ).toHaveLength(4)
  })

  test('left behind by a crash is brought to its end, once', async () => {
    const visit = await lostVisit()
    const run = {
      id: '0196f0a0-0000-7000-8000-000000000002',
      branchId: world.branch.id,
      staffId: replanning.staff.id,
    }
    const decisions = [{ visitId: visit.id, kind: 'move' as const, seatId: await freeSeat(at('10:15')) }]
    await world.db.transaction().execute((tx) => insertRun(tx, run, { decisions, now: world.clock.now() }))
    await finishRuns(world.db, replanning.parts())
    expect(await visitRow(visit.id)).toMatchObject({ schedule_version: 1 })
    world.clock.advance({ minutes: 2 })
    await finishRuns(world.db, replanning.parts())
    await finishRuns(world.db, replanning.parts())
    expect(await visitRow(visit.id)).toMatchObject({ schedule_version: 2, starts_at: at('10:15') })
  })

  test('about visits or seats of another branch does nothing', async () => {
    const visit = await lostVisit()
    const elsewhere = world.directory.branches.find(({ id }) => id !== world.branch.id)
    const [seat] = await world.query<{ id: number }>('select id from seat where branch_id = $1 limit 1', [
      elsewhere?.id,
    ])
    const { runId } = await run([
      { visitId: visit.id, kind: 'move', seatId: seat?.id ?? 0 },
      { visitId: '0196f0a0-0000-7000-8000-000000000003', kind: 'cancel' },
    ])
    expect(await outcomes(runId)).toEqual([])
    expect(await visitRow(visit.id)).toEqual(visit)
  })

  test('is written down, visit by visit, and so is undoing it', async () => {
    const visit = await lostVisit('09:00', { person: somebody() })
    const { runId } = await run([{ visitId: visit.id, kind: 'move', seatId: await freeSeat(at('10:15')) }])
    await undo(runId)
    const entries = await world.query(
      `select action, staff_id, branch_id from audit_entry where subject_id = $1 and action like 'replan.%' order by id`,
      [visit.id],
    )
    const by = { staff_id: replanning.staff.id, branch_id: world.branch.id }
    expect(entries).toEqual([
      { action: 'replan.moved', ...by },
      { action: 'replan.undone', ...by },
    ])
  })
})
