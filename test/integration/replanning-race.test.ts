import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { moveVisit } from '../../src/booking/move-visit'
import { readReplanning } from '../../src/replanning/read-replanning'
import type { Decision } from '../../src/replanning/run-store'
import { type Replanning, replanningIn } from '../support/replanning'
import { booked, openWorld, type World } from '../support/world'

let world: World
let replanning: Replanning
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'), { maxConnections: 20 })
  replanning = await replanningIn(world)
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const day = '2026-12-29'
const times = ['09:00', '09:25', '09:50', '10:15', '10:40', '11:35', '12:00', '12:25', '12:50', '13:15']

/** Twenty visits on one day, two at a time; the desks of all are gone. */
const lostDay = async (): Promise<string[]> => {
  const ids: string[] = []
  for (const time of [...times, ...times]) ids.push(booked(await world.book(world.at(day, time))).id)
  await replanning.lose(...ids)
  return ids
}

const read = () =>
  readReplanning(world.db, {
    staff: replanning.staff,
    branch: world.branch,
    now: world.clock.now(),
    keys: world.keys,
    directory: world.directory,
  })

/** Every proposal that the page shows, as the button for all sends it. */
const proposed = async (): Promise<Decision[]> => {
  const { rows } = await read()
  return rows.flatMap(({ visit, choices: [first] }): Decision[] =>
    first ? [{ visitId: visit.id, kind: 'move', seatId: first.seatId }] : [],
  )
}

/** What must hold after whatever happened in whatever order. */
const expectSound = async (ids: readonly string[]) => {
  const visits = await world.query<{ state: string; seat_id: number; same: boolean; seat_state: string }>(
    `select visit.state, seat_id, visit.starts_at = seat.starts_at as same, seat.state as seat_state
     from visit join seat on seat.id = seat_id`,
  )
  expect(visits.length).toBeGreaterThanOrEqual(ids.length)
  const active = visits.filter(({ state }) => state === 'booked')
  expect(new Set(active.map(({ seat_id }) => seat_id)).size).toBe(active.length)
  for (const visit of active) expect(visit).toMatchObject({ same: true, seat_state: 'booked' })
  const [seats] = await world.query<{ n: number }>(
    `select count(*)::int as n from seat where state = 'booked'`,
  )
  expect(seats?.n).toBe(active.length)
  // Of each visit at most one piece of news waits for each channel, and it tells the time that the visit has
  const stray = await world.query(
    `select message.kind from message join visit on visit.id = visit_id
     where message.state = 'queued' and kind in ('moved', 'moved_sms', 'offer', 'offer_sms', 'reminder_sms', 'reminder_email')
       and (visit.state <> 'booked' or message.schedule_version <> visit.schedule_version)`,
  )
  expect(stray).toEqual([])
}

test('all proposals are carried out while clients cancel, move and book the very same times', async () => {
  const ids = await lostDay()
  const decisions = await proposed()
  const targets = await world.query<{ starts_at: Date }>(
    'select distinct starts_at from seat where id = any($1) order by 1',
    [decisions.flatMap((decision) => (decision.kind === 'move' ? [decision.seatId] : []))],
  )
  await Promise.all([
    replanning.run(decisions),
    ...ids.slice(0, 5).map((visitId) => cancelVisit(world.db, { ...world.parts(), visitId, by: 'client' })),
    ...ids.slice(5, 12).map((visitId, n) => {
      const startsAt = targets[n % targets.length]?.starts_at ?? world.at(day, '14:05')
      return moveVisit(world.db, { ...world.parts(), visitId, startsAt })
    }),
    ...targets.slice(0, 6).map(({ starts_at }) => world.book(starts_at).catch(() => undefined)),
  ])
  await expectSound(ids)
  // Who lost a seat to somebody else gets a new proposal, until all have one that holds
  for (let round = 0; round < 5 && (await read()).rows.length > 0; round++)
    await replanning.run(await proposed())
  expect((await read()).rows).toEqual([])
  await expectSound(ids)
})

test('undoing a run while it is carried out, and while clients change their visits, loses nobody', async () => {
  for (let round = 0; round < 3; round++) {
    await world.reset()
    const ids = await lostDay()
    const runId = `0196f0a0-0000-7000-8000-00000000001${round}`
    const decisions = await proposed()
    await Promise.all([
      replanning.run(decisions, runId),
      replanning.run(decisions, runId),
      (async () => {
        for (;;) {
          const [run] = await world.query(
            `select 1 from replan_decision where run_id = $1 and state = 'done'`,
            [runId],
          )
          if (run) break
        }
        await Promise.all([replanning.undo(runId), replanning.undo(runId)])
      })(),
      ...ids.slice(0, 4).map((visitId) => cancelVisit(world.db, { ...world.parts(), visitId, by: 'client' })),
      ...ids
        .slice(4, 8)
        .map((visitId) =>
          moveVisit(world.db, { ...world.parts(), visitId, startsAt: world.at(day, '14:05') }),
        ),
    ])
    await expectSound(ids)
    const states = await world.query<{ state: string }>('select distinct state from replan_decision')
    expect(states.map(({ state }) => state)).not.toContain('wanted')
  }
})
