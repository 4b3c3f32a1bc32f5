import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { extendHold } from '../../src/booking/extend-hold'
import { createLogger } from '../../src/platform/logger'
import { applyRetention } from '../../src/privacy/apply-retention'
import { readHold } from '../../src/booking/read-hold'
import { saveAnswers } from '../../src/booking/save-answers'
import { booked, held, openWorld, somebody, type World } from '../support/world'

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const nine = () => world.at('2026-12-29', '09:00')
const ten = () => world.at('2026-12-29', '10:15')
const query = <Row>(text: string, values?: unknown[]) => world.query<Row>(text, values)
const deskOfHold = async (id: string) =>
  (
    await query<{ name: string }>(
      'select desk.name from seat join desk on desk.id = seat.desk_id where hold_id = $1',
      [id],
    )
  )[0]?.name
/** Leaves one desk that serves benefits. */
const withOneDesk = () =>
  query(`update desk set active = false where name = 'Stanowisko 3' and branch_id = $1`, [world.branch.id])
const standing = async (holdId: string, ownerSecret = 'owner') =>
  (await readHold(world.db, { ...world.parts(), holdId, ownerSecret }))?.standing

describe('a time is held', () => {
  test('for a quarter of an hour', async () => {
    const hold = held(await world.hold(nine()))
    expect(hold).toMatchObject({ startsAt: nine(), endsAt: world.at('2026-12-29', '09:20'), extended: false })
    expect(hold).toMatchObject({
      heldUntil: new Date('2026-12-21T08:15:00Z'),
      postalCode: '02758',
      country: null,
      language: 'pl',
    })
    expect(await standing(hold.id)).toBe('held')
  })

  test('on the desk with the fewest topics, so that the flexible one stays free', async () => {
    const first = held(await world.hold(nine(), { owner: 'first' }))
    const second = held(await world.hold(nine(), { owner: 'second' }))
    expect(await deskOfHold(first.id)).toBe('Stanowisko 1')
    expect(await deskOfHold(second.id)).toBe('Stanowisko 3')
  })

  test('until every desk that serves the topic is taken', async () => {
    await world.hold(nine(), { owner: 'first' })
    await world.hold(nine(), { owner: 'second' })
    expect(await world.hold(nine(), { owner: 'third' })).toEqual({ ok: false, reason: 'taken' })
    expect(await world.hold(nine(), { owner: 'third', topic: 'business' })).toMatchObject({ ok: true })
  })

  test('anew for its own holder, who pressed the button twice', async () => {
    await withOneDesk()
    const first = held(await world.hold(nine()))
    const second = held(await world.hold(nine()))
    expect(await standing(second.id)).toBe('held')
    expect(await standing(first.id)).toBe('lost')
    expect(await query(`select from seat where state = 'held'`)).toHaveLength(1)
  })

  test('instead of the earlier one of the same person, whose time others can have at once', async () => {
    await withOneDesk()
    const first = held(await world.hold(nine()))
    held(await world.hold(ten()))
    expect(await standing(first.id)).toBe('expired')
    expect(await world.hold(nine(), { owner: 'somebody else' })).toMatchObject({ ok: true })
    expect(await standing(first.id)).toBe('lost')
  })

  test('while the earlier one stays when the new time is taken', async () => {
    await withOneDesk()
    const first = held(await world.hold(nine()))
    await world.hold(ten(), { owner: 'somebody else' })
    expect(await world.hold(ten())).toEqual({ ok: false, reason: 'taken' })
    expect(await standing(first.id)).toBe('held')
  })
})

describe('a time is not offered', () => {
  const refused = { ok: false, reason: 'not_offered' }

  test.each([
    ['between two starts', '2026-12-29', '09:01'],
    ['on a holiday', '2026-12-24', '09:00'],
    ['on a Sunday', '2026-12-27', '09:00'],
    ['in the past', '2026-12-21', '08:35'],
    ['beyond the horizon', '2027-02-25', '09:00'],
  ])('%s', async (_when, day, time) => {
    expect(await world.hold(world.at(day, time))).toEqual(refused)
  })

  test('closer than the shortest notice', async () => {
    world.clock.set(world.at('2026-12-29', '08:55'))
    expect(await world.hold(nine())).toMatchObject({ ok: true })
    world.clock.set(new Date(world.at('2026-12-29', '08:55').getTime() + 1))
    expect(await world.hold(nine())).toEqual(refused)
  })

  test('by a closed branch, for a closed topic or at desks that do not serve it', async () => {
    await query('update branch set active = false where id = $1', [world.branch.id])
    expect(await world.hold(nine())).toEqual(refused)
    await query('update branch set active = true')
    await query(`update topic set active = false where code = 'benefits'`)
    expect(await world.hold(nine())).toEqual(refused)
    await query('update topic set active = true')
    await query('update desk set active = false where branch_id = $1', [world.branch.id])
    expect(await world.hold(nine())).toEqual(refused)
  })
})

describe('when the quarter of an hour is over', () => {
  test('the time can be claimed by anybody, without anything having been swept', async () => {
    await withOneDesk()
    const hold = held(await world.hold(nine()))
    world.clock.advance({ minutes: 15, seconds: -1 })
    expect(await standing(hold.id)).toBe('held')
    expect(await world.hold(nine(), { owner: 'somebody else' })).toEqual({ ok: false, reason: 'taken' })
    world.clock.advance({ seconds: 1 })
    expect(await standing(hold.id)).toBe('expired')
    expect(await world.hold(nine(), { owner: 'somebody else' })).toMatchObject({ ok: true })
    expect(await standing(hold.id)).toBe('lost')
  })

  test('its holder can take the same time again, with the answers', async () => {
    const hold = held(await world.hold(nine()))
    const answers = somebody({ guardian: { firstName: 'Jan', lastName: 'Nowak' } })
    world.clock.advance({ minutes: 16 })
    const saved = await saveAnswers(world.db, {
      ...world.parts(),
      holdId: hold.id,
      ownerSecret: 'owner',
      answers,
    })
    expect(saved).toEqual({ ok: false, reason: 'expired' })
    expect(held(await world.hold(nine(), { answersFrom: hold.id })).answers).toEqual(answers)
  })

  test('a time that has begun is lost', async () => {
    const hold = held(await world.hold(nine()))
    world.clock.set(nine())
    expect(await standing(hold.id)).toBe('lost')
  })
})

describe('a hold can be extended', () => {
  const extend = (holdId: string, ownerSecret = 'owner') =>
    extendHold(world.db, { ...world.parts(), holdId, ownerSecret })

  test('once, by the same quarter of an hour', async () => {
    const { id } = held(await world.hold(nine()))
    world.clock.advance({ minutes: 10 })
    expect(await extend(id)).toEqual({ ok: true, heldUntil: new Date('2026-12-21T08:30:00Z') })
    expect(await extend(id)).toEqual({ ok: false, reason: 'extended_before' })
    world.clock.advance({ minutes: 19 })
    expect(await standing(id)).toBe('held')
    world.clock.advance({ minutes: 1 })
    expect(await standing(id)).toBe('expired')
  })

  test('not when it ran out, is lost, has become a visit or is of somebody else', async () => {
    await withOneDesk()
    const hold = held(await world.hold(nine()))
    expect(await extend(hold.id, 'somebody else')).toEqual({ ok: false, reason: 'unknown' })
    expect(await extend('not-an-id')).toEqual({ ok: false, reason: 'unknown' })
    world.clock.advance({ minutes: 15 })
    expect(await extend(hold.id)).toEqual({ ok: false, reason: 'expired' })
    await world.hold(nine(), { owner: 'somebody else' })
    expect(await extend(hold.id)).toEqual({ ok: false, reason: 'lost' })
    booked(await world.book(ten(), { owner: 'third' }))
    const [third] = await query<{ id: string }>('select id from hold where visit_id is not null')
    expect(await extend(third?.id ?? '', 'third')).toEqual({ ok: false, reason: 'booked' })
  })
})

describe('answers', () => {
  const save = (holdId: string, ownerSecret = 'owner') =>
    saveAnswers(world.db, { ...world.parts(), holdId, ownerSecret, answers: somebody() })

  test('are kept sealed: the database shows nobody', async () => {
    const hold = held(await world.hold(nine()))
    expect(await save(hold.id)).toEqual({ ok: true })
    const [row] = await query<{ answers: Buffer }>('select answers from hold')
    expect(row?.answers.toString('latin1')).not.toContain('Halina')
  })

  test('are kept for a lost time, too, and say that it is lost', async () => {
    await withOneDesk()
    const hold = held(await world.hold(nine()))
    world.clock.advance({ minutes: 15 })
    await world.hold(nine(), { owner: 'somebody else' })
    expect(await save(hold.id)).toEqual({ ok: false, reason: 'lost' })
    const read = await readHold(world.db, { ...world.parts(), holdId: hold.id, ownerSecret: 'owner' })
    expect(read?.hold.answers?.firstName).toBe('Halina')
  })

  test('do not come back once the hold has become a visit', async () => {
    booked(await world.book(nine(), { owner: 'owner' }))
    const [row] = await query<{ id: string }>('select id from hold')
    expect(await save(row?.id ?? '')).toEqual({ ok: false, reason: 'booked' })
    expect(await query('select from hold where answers is not null')).toEqual([])
  })

  test('belong to their owner: nobody else reads, changes or takes them along', async () => {
    const hold = held(await world.hold(nine()))
    await save(hold.id)
    expect(await standing(hold.id, 'somebody else')).toBeUndefined()
    expect(await save(hold.id, 'somebody else')).toEqual({ ok: false, reason: 'unknown' })
    const taken = held(await world.hold(ten(), { owner: 'somebody else', answersFrom: hold.id }))
    expect(taken.answers).toBeNull()
  })
})

test('what people typed is deleted a day after their hold ran out, a booked hold a day after its visit', async () => {
  held(await world.hold(nine(), { owner: 'left' }))
  booked(await world.book(ten()))
  const count = async () => (await query('select from hold')).length
  const purged = async () => {
    const before = await count()
    const { keptDays } = world.parts().settings
    const log = createLogger('silent')
    await applyRetention(world.db, { ...world.parts(), keptDays, log }, ['hold'])
    return before - (await count())
  }
  world.clock.advance({ minutes: 24 * 60 + 14 })
  expect(await purged()).toBe(0)
  world.clock.advance({ minutes: 2 })
  expect(await purged()).toBe(1)
  expect(await count()).toBe(1)
  world.clock.set(world.at('2026-12-30', '10:36'))
  expect(await purged()).toBe(1)
})
