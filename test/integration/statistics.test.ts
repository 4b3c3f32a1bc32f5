import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { addDays } from '../../src/platform/zone'
import { countVisits, recountVisits } from '../../src/statistics/count-visits'
import { outcomes, quantile, spreadOf, totalOf } from '../../src/statistics/counted'
import { periodAround } from '../../src/statistics/period'
import { readByBranch, readCounted, readDaily } from '../../src/statistics/statistics-store'
import { addCountedVisits, type CountedVisit } from '../support/counted-visits'
import { openWorld, type World } from '../support/world'

const timeZone = 'Europe/Warsaw'
let world: World
let branches: number[]
let topics: number[]

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  branches = world.directory.branches.slice(0, 3).map(({ id }) => id)
  topics = world.directory.topics.slice(0, 2).map(({ id }) => id)
})
afterAll(() => world.drop())
beforeEach(async () => {
  await world.reset()
  await world.query('delete from visit_count; delete from visit_count_due; delete from unmet_search')
})

const visit = (changes: Partial<CountedVisit> = {}): CountedVisit => ({
  branchId: branches[0] ?? 0,
  topicId: topics[0] ?? 0,
  startsAt: world.at('2026-10-14', '09:00'),
  state: 'completed',
  came: -3,
  began: 2,
  ended: 19,
  ...changes,
})
const year = { from: '2026-01-01', to: '2026-12-31' }
const all = { branches: 'all' as const, topicId: null, range: year }
const count = () => countVisits(world.db, { timeZone })
const stored = () =>
  world.query<object>('select * from visit_count order by branch_id nulls first, day, topic_id')

describe('what is counted of visits', () => {
  test('is their outcome, and of those that took place the minutes', async () => {
    await addCountedVisits(world.db, [
      visit(),
      visit({ came: 4, began: 6, ended: 26 }),
      visit({ state: 'ended_early', reason: 'noise', ended: 5 }),
      visit({ state: 'cancelled', reason: 'client' }),
      visit({ state: 'cancelled', reason: 'institution' }),
      visit({ state: 'missed', reason: 'client' }),
      visit({ state: 'missed', reason: 'institution', came: 0 }),
      visit({ state: 'booked' }),
    ])
    await count()
    const rows = await readCounted(world.db, all)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toEqual({
      day: '2026-10-14',
      branchId: null,
      topicId: topics[0],
      booked: 8,
      completed: 2,
      endedEarly: 1,
      cancelledByClient: 1,
      cancelledByInstitution: 1,
      missedByClient: 1,
      missedByInstitution: 1,
      spreads: {
        hour: { '9': 6 },
        reason: { noise: 1 },
        waiting: { '2': 1, '5': 2 },
        startLate: { '2': 2, '6': 1 },
        clientLate: { '0': 2, '4': 1 },
        lasting: { '3': 1, '17': 1, '20': 1 },
      },
    })
    expect(quantile(spreadOf(rows, 'waiting'), 0.5)).toBe(5)
  })

  test('belongs to the day and hour at the institution, also when the clock changes', async () => {
    const at = (startsAt: string) => visit({ startsAt: new Date(startsAt), state: 'booked' })
    // Midnight at Warsaw is 23:00 UTC in winter and 22:00 in summer; on 29 March 2:00 is missing, on 25 October it comes twice
    await addCountedVisits(world.db, [
      at('2026-03-28T22:59:00Z'),
      at('2026-03-28T23:00:00Z'),
      at('2026-03-29T00:30:00Z'),
      at('2026-03-29T01:30:00Z'),
      at('2026-03-29T21:59:00Z'),
      at('2026-03-29T22:00:00Z'),
      at('2026-10-24T21:59:00Z'),
      at('2026-10-24T22:00:00Z'),
      at('2026-10-25T00:30:00Z'),
      at('2026-10-25T01:30:00Z'),
      at('2026-10-25T22:59:00Z'),
      at('2026-10-25T23:00:00Z'),
    ])
    await count()
    const days = (await readCounted(world.db, all)).map(({ day, spreads }) => [day, spreads.hour])
    expect(days).toEqual([
      ['2026-03-28', { '23': 1 }],
      ['2026-03-29', { '0': 1, '1': 1, '3': 1, '23': 1 }],
      ['2026-03-30', { '0': 1 }],
      ['2026-10-24', { '23': 1 }],
      ['2026-10-25', { '0': 1, '2': 2, '23': 1 }],
      ['2026-10-26', { '0': 1 }],
    ])
    const october = await readCounted(world.db, { ...all, range: periodAround('month', '2026-10-31') })
    expect(totalOf(october).booked).toBe(6)
  })

  test('stays when its visits are deleted, and when the recent days are counted from nothing', async () => {
    world.clock.set(world.at('2026-12-01', '12:00'))
    await addCountedVisits(world.db, [visit(), visit()])
    await count()
    await world.query('delete from visit')
    await recountVisits(world.db, { now: world.clock.now(), timeZone })
    expect(totalOf(await readCounted(world.db, all)).completed).toBe(2)
  })

  test('heals: what is wrong in the recent days is right after they were counted from nothing', async () => {
    world.clock.set(world.at('2026-10-20', '12:00'))
    await addCountedVisits(world.db, [visit(), visit({ branchId: branches[1] ?? 0 })])
    await count()
    const right = await stored()
    await world.query("update visit_count set booked = 99, spreads = '{}'")
    await recountVisits(world.db, { now: world.clock.now(), timeZone })
    expect(await stored()).toEqual(right)
  })
})

/** Visits of a small world change at random; what was counted step by step is what a count of all would say. */
test('counting after every change says the same as counting everything', async () => {
  const state = fc.constantFrom(
    { state: 'booked' as const, reason: null },
    { state: 'waiting' as const, reason: null },
    { state: 'completed' as const, reason: null },
    { state: 'ended_early' as const, reason: 'noise' },
    { state: 'cancelled' as const, reason: 'client' },
    { state: 'cancelled' as const, reason: 'institution' },
    { state: 'missed' as const, reason: 'client' },
  )
  const minutes = fc.integer({ min: -15, max: 70 })
  const someVisit = fc.record({
    branch: fc.nat({ max: 2 }),
    topic: fc.nat({ max: 1 }),
    day: fc.nat({ max: 3 }),
    hour: fc.nat({ max: 23 }),
    standing: state,
    came: minutes,
    began: minutes,
  })
  const change = fc.oneof(
    fc.record({
      what: fc.constant('add' as const),
      visits: fc.array(someVisit, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ what: fc.constant('state' as const), which: fc.nat(), standing: state, came: minutes }),
    fc.record({ what: fc.constant('move' as const), which: fc.nat(), by: fc.integer({ min: -30, max: 30 }) }),
    fc.record({ what: fc.constant('count' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 14 }), async (changes) => {
      await world.query('delete from visit; delete from visit_count; delete from visit_count_due')
      const ids: string[] = []
      const one = (which: number) => ids[which % Math.max(ids.length, 1)]
      for (const step of changes) {
        if (step.what === 'count') await count()
        else if (step.what === 'add')
          ids.push(
            ...(await addCountedVisits(
              world.db,
              step.visits.map(({ branch, topic, day, hour, standing, came, began }) =>
                visit({
                  branchId: branches[branch] ?? 0,
                  topicId: topics[topic] ?? 0,
                  startsAt: world.at(addDays('2026-10-23', day), `${String(hour).padStart(2, '0')}:00`),
                  ...standing,
                  ...{ came, began, ended: began + 15 },
                }),
              ),
            )),
          )
        else if (step.what === 'state')
          await world.query(
            'update visit set state = $2::visit_state, state_reason = $3, waiting_since = starts_at + make_interval(mins => $4) where id = $1',
            [one(step.which), step.standing.state, step.standing.reason, step.came],
          )
        else
          await world.query(
            'update visit set starts_at = starts_at + make_interval(hours => $2), ends_at = ends_at + make_interval(hours => $2) where id = $1',
            [one(step.which), step.by],
          )
      }
      await count()
      const counted = await stored()
      expect(await world.query('select 1 from visit_count_due')).toEqual([])

      await world.query('delete from visit_count')
      await sql`insert into visit_count_due (branch_id, starts_at) select branch_id, starts_at from visit`.execute(
        world.db,
      )
      await count()
      expect(counted).toEqual(await stored())

      // All branches together are the sum of each
      const [together, each] = [
        totalOf(await readCounted(world.db, all)),
        totalOf(await readDaily(world.db, all)),
      ]
      expect(together).toEqual(each)
      expect(totalOf(await readByBranch(world.db, all))).toEqual(each)
      const real = await world.query<{ n: number }>('select count(*)::int as n from visit')
      expect(outcomes.map((outcome) => together[outcome])[0]).toBe(real[0]?.n)
    }),
    { numRuns: 25 },
  )
})

test('many change visits while others count, and nothing is missed', async () => {
  await Promise.all(
    Array.from({ length: 6 }, async (_, n) => {
      const [id] = await addCountedVisits(world.db, [visit({ state: 'booked', topicId: topics[n % 2] ?? 0 })])
      await count()
      await world.query("update visit set state = 'completed' where id = $1", [id])
      await count()
    }),
  )
  await count()
  expect(totalOf(await readCounted(world.db, all))).toMatchObject({ booked: 6, completed: 6 })
})
