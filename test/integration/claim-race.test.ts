import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { bookVisit } from '../../src/booking/book-visit'
import { askedConsents } from '../../src/booking/consents'
import { moveVisit } from '../../src/booking/move-visit'
import { saveAnswers } from '../../src/booking/save-answers'
import { testDay } from '../support/fake-clock'
import { booked, granted, openWorld, somebody, type World } from '../support/world'

/** Everything here goes at the database at once, on as many connections as the server gives. */
const connections = 40

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'), { maxConnections: connections })
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const tally = (answers: readonly { ok: boolean; reason?: string }[]) => {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const result = answer.ok ? 'ok' : (answer.reason ?? 'no reason')
    counts[result] = (counts[result] ?? 0) + 1
  }
  return counts
}

/** Pairs of active visits of one desk whose times overlap: there must never be one. */
const overlaps = () =>
  world.query(`
    select one.id from visit one join seat s on s.id = one.seat_id
      join visit other on other.id > one.id and other.state <> 'cancelled'
        and tstzrange(other.starts_at, other.ends_at) && tstzrange(one.starts_at, one.ends_at)
      join seat t on t.id = other.seat_id and t.desk_id = s.desk_id
    where one.state <> 'cancelled'`)

/** Visits without a seat of theirs, or seats that say they are booked and have no visit. */
const mismatches = () =>
  world.query(`
    select seat.id from seat full join (select * from visit where state <> 'cancelled') visit on visit.seat_id = seat.id
    where (seat.state = 'booked') is distinct from (visit.id is not null)
      or (visit.id is not null and visit.starts_at <> seat.starts_at)`)

/** The whole way of one client: hold, answer, book. The answer is that of the step where it ended. */
const bookWholeWay = async (startsAt: Date, topic: string) => {
  const person = somebody()
  const ownerSecret = person.email
  const hold = await world.hold(startsAt, { topic, owner: ownerSecret })
  if (!hold.ok) return hold
  const owner = { holdId: hold.hold.id, ownerSecret }
  granted(await saveAnswers(world.db, { ...world.parts(), ...owner, answers: person }))
  return bookVisit(world.db, {
    ...world.parts(),
    ...owner,
    consents: askedConsents(world.directory, false, testDay, 'required'),
  })
}

describe('when everybody wants the same time,', () => {
  test('of 200 clients for one seat exactly one gets it, 199 are told that it is taken', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    const nine = world.at('2026-12-29', '09:00')
    const answers = await Promise.all(Array.from({ length: 200 }, () => bookWholeWay(nine, 'benefits')))
    expect(tally(answers)).toEqual({ ok: 1, taken: 199 })
    expect(await world.query('select id from visit')).toHaveLength(1)
    expect(await mismatches()).toEqual([])
  })

  test('20 clients at 200 times with three desks each get exactly 600 visits, none overlapping', async () => {
    const starts = await world.query<{ starts_at: Date }>(
      'select distinct starts_at from seat where branch_id = $1 order by starts_at limit 200',
      [world.branch.id],
    )
    expect(starts).toHaveLength(200)
    const client = async () => {
      const answers = []
      for (const { starts_at } of starts) answers.push(await bookWholeWay(starts_at, 'profile'))
      return answers
    }
    const answers = (await Promise.all(Array.from({ length: 20 }, client))).flat()
    expect(tally(answers)).toEqual({ ok: 600, taken: 3400 })
    expect(await overlaps()).toEqual([])
    expect(await mismatches()).toEqual([])
    expect(await world.query('select number from visit group by number')).toHaveLength(600)
  })

  test('a hold that ran out goes to exactly one: to its holder who books late or to one who claims it', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    for (let round = 0; round < 20; round++) {
      await world.reset()
      await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
      const nine = world.at('2026-12-29', '09:00')
      const { hold } = granted(await world.hold(nine, { owner: 'late' }))
      const owner = { holdId: hold.id, ownerSecret: 'late' }
      await saveAnswers(world.db, { ...world.parts(), ...owner, answers: somebody() })
      world.clock.advance({ minutes: 15 })
      const consents = askedConsents(world.directory, false, testDay, 'required')
      const [late, ...claims] = await Promise.all([
        bookVisit(world.db, { ...world.parts(), ...owner, consents }),
        ...[1, 2, 3].map((n) => world.hold(nine, { owner: `claimant ${n}` })),
      ])
      expect([late, ...claims].filter(({ ok }) => ok)).toHaveLength(1)
      expect(await mismatches()).toEqual([])
    }
  })
})

describe('one person at several windows at once', () => {
  const race = async (topics: readonly string[], changes: (n: number) => Parameters<typeof somebody>[0]) => {
    const times = ['09:00', '09:25', '09:50', '10:15', '10:40', '11:35']
    const answers = await Promise.all(
      topics.map(async (topic, n) => {
        const startsAt = world.at('2026-12-29', times[n] ?? '12:00')
        return world.book(startsAt, { topic, owner: `tab ${n}`, person: somebody(changes(n)) })
      }),
    )
    return tally(answers)
  }

  test('books a topic once', async () => {
    const { phone, email } = somebody()
    const topics = ['benefits', 'benefits', 'benefits', 'benefits', 'benefits', 'benefits']
    expect(await race(topics, () => ({ phone, email }))).toEqual({ ok: 1, same_topic: 5 })
  })

  test('books three visits in all', async () => {
    const { phone } = somebody()
    const topics = ['benefits', 'pensions', 'business', 'profile', 'relief']
    expect(await race(topics, () => ({ phone }))).toEqual({ ok: 3, too_many_visits: 2 })
  })

  test('never deadlocks with phones and e-mails crossed', async () => {
    const one = somebody()
    const other = somebody()
    const crossed = (n: number) => ({
      phone: (n % 2 === 0 ? one : other).phone,
      email: (n % 2 === 0 ? other : one).email,
    })
    const topics = ['benefits', 'benefits', 'pensions', 'pensions', 'relief', 'relief']
    expect(await race(topics, crossed)).toEqual({ ok: 6 })
  })
})

test('visits that all move to one time: exactly the free seats are filled, the others stay where they were', async () => {
  const times = ['09:00', '09:25', '09:50', '10:15', '10:40', '11:35', '12:00', '12:25']
  const visits = await Promise.all(
    times.map(async (time) => booked(await world.book(world.at('2026-12-29', time), { topic: 'profile' }))),
  )
  const startsAt = world.at('2026-12-30', '09:00')
  const answers = await Promise.all(
    visits.map(({ id }) => moveVisit(world.db, { ...world.parts(), visitId: id, startsAt })),
  )
  expect(tally(answers)).toEqual({ ok: 3, taken: 5 })
  expect(await overlaps()).toEqual([])
  expect(await mismatches()).toEqual([])
})
