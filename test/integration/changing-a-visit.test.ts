import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { moveVisit } from '../../src/booking/move-visit'
import { booked, held, openWorld, somebody, type World } from '../support/world'

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const at = (time: string) => world.at('2026-12-29', time)
const cancel = (visitId: string, options: Partial<Parameters<typeof cancelVisit>[1]> = {}) =>
  cancelVisit(world.db, { ...world.parts(), visitId, by: 'client', ...options })
const move = (visitId: string, time: string, options: Partial<Parameters<typeof moveVisit>[1]> = {}) =>
  moveVisit(world.db, { ...world.parts(), visitId, startsAt: at(time), ...options })
const bookAt = async (time: string, person = somebody()) => booked(await world.book(at(time), { person }))
const withOneDesk = () => world.query(`update desk set active = false where name = 'Stanowisko 3'`)
const setState = (state: string) => world.query('update visit set state = $1', [state])
const waitingKinds = async () =>
  (await world.query<{ kind: string }>(`select kind from message where state = 'queued' order by kind`)).map(
    ({ kind }) => kind,
  )
const noDelay = () => 0
const unknownId = '00000000-0000-7000-8000-000000000000'

describe('a client cancels', () => {
  test('and others get the time, after a delay that nobody can foresee', async () => {
    await withOneDesk()
    const { id } = await bookAt('09:00')
    const upTo: number[] = []
    expect(await cancel(id, { random: (max) => upTo.push(max) * 100 })).toEqual({ ok: true })
    expect(upTo).toEqual([270])

    world.clock.advance({ seconds: 30 + 100 - 1 })
    expect(await world.hold(at('09:00'))).toEqual({ ok: false, reason: 'taken' })
    world.clock.advance({ seconds: 1 })
    held(await world.hold(at('09:00')))
  })

  test('and only the confirmation of that goes out, no reminder', async () => {
    const { id } = await bookAt('09:00')
    await cancel(id)
    expect(await waitingKinds()).toEqual(['cancelled_by_client'])
    expect(await world.query('select state, state_reason, state_changed_at from visit')).toEqual([
      { state: 'cancelled', state_reason: 'client', state_changed_at: world.clock.now() },
    ])
  })

  test('and may book the same topic again at once', async () => {
    const person = somebody()
    await cancel((await bookAt('09:00', person)).id)
    await bookAt('09:25', person)
  })

  test('once: the second time says that it is done', async () => {
    const { id } = await bookAt('09:00')
    const answers = await Promise.all([cancel(id), cancel(id)])
    expect(answers).toContainEqual({ ok: true })
    expect(answers).toContainEqual({ ok: false, reason: 'already_cancelled' })
    expect(await waitingKinds()).toEqual(['cancelled_by_client'])
  })

  test('also from the waiting room, until the start, not later', async () => {
    const { id } = await bookAt('09:00')
    await setState('waiting')
    expect(await cancel(id, { now: at('09:00') })).toEqual({ ok: false, reason: 'too_late' })
    expect(await cancel(id, { now: new Date(at('09:00').getTime() - 1) })).toEqual({ ok: true })
  })

  test.each(['in_progress', 'completed'])('not when the visit is %s', async (state) => {
    const { id } = await bookAt('09:00')
    await setState(state)
    expect(await cancel(id)).toEqual({ ok: false, reason: 'too_late' })
  })

  test('not a visit that there is not', async () => {
    expect(await cancel(unknownId)).toEqual({ ok: false, reason: 'unknown' })
  })
})

test('the institution can cancel after the start, too, and tells why', async () => {
  const { id } = await bookAt('09:00')
  expect(await cancel(id, { by: 'institution', reason: 'technical', now: at('09:10') })).toEqual({ ok: true })
  const [message] = await world.query<{ details: unknown }>(
    `select details from message where kind = 'cancelled_by_institution'`,
  )
  expect(message?.details).toEqual({ by: 'institution', reason: 'technical' })
})

describe('a client moves a visit', () => {
  test('and gets the new time before the old one goes back to others', async () => {
    await withOneDesk()
    const { id } = await bookAt('09:00')
    expect(await move(id, '10:15', { random: noDelay })).toEqual({ ok: true, startsAt: at('10:15') })
    expect(await world.query('select starts_at, ends_at, schedule_version, state from visit')).toEqual([
      { starts_at: at('10:15'), ends_at: at('10:35'), schedule_version: 2, state: 'booked' },
    ])
    expect(await world.hold(at('10:15'))).toEqual({ ok: false, reason: 'taken' })
    expect(await world.hold(at('09:00'))).toEqual({ ok: false, reason: 'taken' })
    world.clock.advance({ seconds: 30 })
    held(await world.hold(at('09:00')))
  })

  test('and is reminded of the new time only', async () => {
    const { id } = await bookAt('09:00')
    await move(id, '10:15')
    const reminders = await world.query(
      `select kind, schedule_version from message where state = 'queued' and kind like 'reminder%' order by kind`,
    )
    expect(reminders).toEqual([
      { kind: 'reminder_email', schedule_version: 2 },
      { kind: 'reminder_sms', schedule_version: 2 },
    ])
    expect(await waitingKinds()).toContain('moved')
  })

  test('unless somebody has the new time: then all stays as it was', async () => {
    await withOneDesk()
    const { id } = await bookAt('09:00')
    await bookAt('10:15')
    expect(await move(id, '10:15')).toEqual({ ok: false, reason: 'taken' })
    expect(await move(id, '10:16')).toEqual({ ok: false, reason: 'taken' })
    expect(await world.query(`select state from seat where state <> 'free'`)).toHaveLength(2)
    expect(await world.query('select schedule_version from visit')).toEqual([
      { schedule_version: 1 },
      { schedule_version: 1 },
    ])
  })

  test('not to the time it has, not to a time that is over', async () => {
    const { id } = await bookAt('10:15')
    expect(await move(id, '10:15')).toEqual({ ok: false, reason: 'same_time' })
    expect(await move(id, '09:00', { now: at('09:30') })).toEqual({ ok: false, reason: 'taken' })
  })

  test('not once it has begun, or while waiting in the waiting room', async () => {
    const { id } = await bookAt('09:00')
    expect(await move(id, '10:15', { now: at('09:00') })).toEqual({ ok: false, reason: 'too_late' })
    await setState('waiting')
    expect(await move(id, '10:15')).toEqual({ ok: false, reason: 'too_late' })
    expect(await move(unknownId, '10:15')).toEqual({ ok: false, reason: 'unknown' })
  })

  test('while somebody else moves into the time given up: both keep exactly one time', async () => {
    await withOneDesk()
    const one = await bookAt('09:00')
    const other = await bookAt('10:15')
    const answers = await Promise.all([move(one.id, '10:15'), move(other.id, '09:00')])
    expect(answers.every(({ ok }) => !ok)).toBe(true)
    expect(await world.query(`select state from seat where state = 'booked'`)).toHaveLength(2)
  })
})

test('cancelling and moving at the same moment gives one result, and the seats agree with it', async () => {
  for (let round = 0; round < 10; round++) {
    await world.reset()
    const { id } = await bookAt('09:00')
    const [cancelled] = await Promise.all([cancel(id), move(id, '10:15')])
    expect(cancelled).toEqual({ ok: true })
    expect(await world.query(`select state from seat where state <> 'free'`)).toEqual([])
    expect(await world.query('select state from visit')).toEqual([{ state: 'cancelled' }])
  }
})

test('the pages of the visit and the desk of the branch hear of a change', async () => {
  const { id } = await bookAt('09:00')
  const heard: unknown[] = []
  const stops = [`visit:${id}`, `desk:${world.branch.id}`].map((topic) =>
    world.bus.subscribe(topic, (body) => heard.push([topic, body])),
  )
  await move(id, '10:15')
  await cancel(id)
  const both = [
    [`visit:${id}`, {}],
    [`desk:${world.branch.id}`, id],
  ]
  await expect.poll(() => heard).toEqual([...both, ...both])
  for (const stop of stops) stop()
})
