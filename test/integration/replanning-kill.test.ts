import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { claimDue } from '../../src/message/outgoing-store'
import { openKeys } from '../../src/platform/keys'
import { readReplanning } from '../../src/replanning/read-replanning'
import { type Decision, insertRun } from '../../src/replanning/run-store'
import { type Replanning, replanningIn } from '../support/replanning'
import { booked, openWorld, type World } from '../support/world'

/** The process dies once it has carried out so many. */
const deaths = [3, 11, 20]
const runId = '0196f0a0-0000-7000-8000-000000000001'
const days = ['2026-12-29', '2026-12-30']
const times = ['09:00', '09:25', '09:50', '10:15', '10:40', '11:35', '12:00', '12:25', '12:50', '13:15']

let world: World
let replanning: Replanning
let keysFolder: string
let worker: ChildProcess | undefined

beforeAll(async () => {
  keysFolder = await mkdtemp(join(tmpdir(), 'e-wizyta-keys-'))
  world = await openWorld(inject('postgresUrl'), { keys: await openKeys(keysFolder) })
  replanning = await replanningIn(world)
})
afterAll(async () => {
  worker?.kill('SIGKILL')
  await world.drop()
  await rm(keysFolder, { recursive: true, force: true })
})

const start = () => {
  const now = new Date(world.clock.now().getTime() + 120_000).toISOString()
  worker = spawn(
    process.execPath,
    ['scripts/run-ts.mjs', 'test/support/replan-process.ts', world.url, keysFolder, now],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  return once(worker, 'exit')
}

const carriedOut = async () => {
  const [row] = await world.query<{ n: number }>(
    `select count(*)::int as n from replan_decision where state = 'done'`,
  )
  return row?.n ?? 0
}

test('a run killed again and again moves each visit once and tells each client once', async () => {
  const ids: string[] = []
  for (const day of days)
    for (const time of [...times, ...times]) ids.push(booked(await world.book(world.at(day, time))).id)
  await world.query(`update message set state = 'sent' where kind = 'booked'`)
  await replanning.lose(...ids)
  // All to other days, so that everybody has to be told
  await world.query(
    'update seat set withdrawn_at = $1 where withdrawn_at is null and starts_at >= $2 and starts_at < $3',
    [world.clock.now(), world.at('2026-12-29', '00:00'), world.at('2026-12-30', '24:00')],
  )
  const { rows } = await readReplanning(world.db, {
    ...{ staff: replanning.staff, branch: world.branch, now: world.clock.now() },
    ...{ keys: world.keys, directory: world.directory },
  })
  const decisions = rows.map(({ visit, choices }): Decision => ({
    visitId: visit.id,
    kind: 'move',
    seatId: choices[0]?.seatId ?? 0,
  }))
  expect(decisions).toHaveLength(ids.length)
  const run = { id: runId, branchId: world.branch.id, staffId: replanning.staff.id }
  await world.db.transaction().execute((tx) => insertRun(tx, run, { decisions, now: world.clock.now() }))

  for (const death of deaths) {
    const gone = start()
    await expect.poll(carriedOut, { timeout: 30_000, interval: 2 }).toBeGreaterThanOrEqual(death)
    worker?.kill('SIGKILL')
    await gone
  }
  await start()

  expect(await replanning.outcomes(runId)).toEqual(ids.map(() => ({ state: 'done', reason: null })))
  const visits = await world.query<{ seat_id: number; version: number }>(
    `select seat_id, schedule_version as version from visit where state = 'booked'`,
  )
  expect(visits.map(({ version }) => version)).toEqual(ids.map(() => 2))
  expect(new Set(visits.map(({ seat_id }) => seat_id)).size).toBe(ids.length)
  expect(await world.query(`select id from seat where state = 'booked'`)).toHaveLength(ids.length)

  const told = async (channel: 'email' | 'sms') => {
    const now = new Date(world.clock.now().getTime() + 8 * 60_000)
    const due = await claimDue(world.db, {
      channel,
      limit: 1000,
      now,
      leaseUntil: new Date(now.getTime() + 60_000),
    })
    return due.map(({ kind, visit }) => `${kind} ${visit.id}`).sort()
  }
  expect(await told('email')).toEqual(ids.map((id) => `moved ${id}`).sort())
  expect(await told('sms')).toEqual(ids.map((id) => `moved_sms ${id}`).sort())
})
