import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { emailHash } from '../../src/message/sealed-client'
import { systemClock } from '../../src/platform/clock'
import { openKeys } from '../../src/platform/keys'
import { addDays, dayOf } from '../../src/platform/zone'
import { bookHeldTime, callApi, freeTimes, holdTime } from '../support/api-client'
import { type ChildProduct, startChildProduct } from '../support/child-product'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const clients = 20
const kills = 3
const people = 80
/** Two desks each: enough for all that is booked here, few enough that clients meet. */
const offeredTimes = 170
const mostAttempts = 100
const branch = 'POKAZ'
const topics = ['benefits', 'pensions', 'business', 'profile', 'relief']
/** Days ahead, so that the reminders are still to come. */
const daysAhead = 3

/** SEED repeats the choices of a run that failed; how its requests crossed cannot be repeated. */
const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))

/** Numbers from 0 to below `limit`, the same for the same seed (mulberry32). */
function seededRandom(start: number): (limit: number) => number {
  let state = start
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
const random = seededRandom(seed)
const oneOf = <T>(list: readonly T[]): T => list[random(list.length)] as T

let database: TestDatabase
let folder: string
/** The server that runs, or the one that is being started in place of a killed one. */
let server: Promise<ChildProduct>

const start = () =>
  startChildProduct({ ROLE: 'server', RATE_LIMITS: 'off', DATABASE_URL: database.url, DATA_DIR: folder })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-kill-'))
  database = await createTestDatabase(inject('postgresUrl'), { empty: true })
  server = start()
  await server
})
afterAll(async () => {
  await server.then((product) => product.end('SIGKILL'))
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

interface Acknowledged {
  number: string
  email: string
  startsAt: string
}

/** Clients book until the server was killed often enough and has worked on after that. */
async function bookUnderFire(times: readonly string[]) {
  const acknowledged: Acknowledged[] = []
  const unanswered: string[] = []
  const refusals = new Set<unknown>()
  let killed = 0
  let untilKill = 10 + random(30)
  let over = false

  const noteAcknowledged = async (visit: Acknowledged) => {
    acknowledged.push(visit)
    if (--untilKill > 0) return
    if (killed === kills) over = true
    if (over) return
    untilKill = 10 + random(30)
    killed++
    const struck = server
    server = struck.then((product) => product.end('SIGKILL')).then(start)
    await server
  }

  const bookOnce = async () => {
    const startsAt = oneOf(times)
    const n = random(people)
    const person = { phone: `+48601${String(n).padStart(6, '0')}`, email: `halina.${n}@example.org` }
    const { url } = await server
    const hold = await holdTime(url, { branch, topic: oneOf(topics), startsAt }).catch(() => undefined)
    if (!hold) return
    if (!hold.ok) {
      refusals.add(hold.answer.body['error'])
      return
    }
    const book = async () => bookHeldTime((await server).url, hold.held, person).catch(() => undefined)
    // Half of the programs that got no answer ask again; the others never come back
    const answer = (await book()) ?? (random(2) === 0 ? await book() : undefined)
    if (!answer) unanswered.push(person.email)
    else if (answer.status === 201)
      await noteAcknowledged({ number: String(answer.body['number']), email: person.email, startsAt })
    else refusals.add(answer.body['error'])
  }

  const client = async () => {
    for (let attempt = 0; attempt < mostAttempts && !over; attempt++) await bookOnce()
  }
  await Promise.all(Array.from({ length: clients }, client))
  const codes = [...new Set([...refusals].map((error) => (error as { code: string }).code))]
  return { acknowledged, unanswered, codes, killed, over }
}

const rows = async <Row>(text: string, values: unknown[]): Promise<Row[]> =>
  (await database.pool.query(text, values)).rows as Row[]

interface StoredVisit {
  number: string
  startsAt: Date
  email: Buffer
  messages: string[]
  consents: string[]
}

const whole = `
  select visit.number, visit.starts_at as "startsAt", visit.email_hash as email,
    (select array_agg(kind || ' ' || state order by kind) from message where visit_id = visit.id) as messages,
    (select array_agg(kind order by kind) from consent where visit_id = visit.id) as consents
  from visit
  where visit.starts_at >= $1`

/** What must never be in the database, each with a query that finds it. */
const neverThere = {
  'a visit without its seat or a booked seat without its visit': `
    select seat.id from seat
      full join (select * from visit where state <> 'cancelled') visit on visit.seat_id = seat.id
    where coalesce(seat.starts_at, visit.starts_at) >= $1
      and ((seat.state = 'booked') is distinct from (visit.id is not null)
        or visit.starts_at <> seat.starts_at or visit.ends_at <> seat.ends_at)`,
  'two active visits on one seat': `
    select seat_id from visit where state <> 'cancelled' and starts_at >= $1 group by seat_id having count(*) > 1`,
  'visits of one desk that overlap': `
    select one.number from visit one join seat on seat.id = one.seat_id
      join visit other on other.id > one.id
        and tstzrange(other.starts_at, other.ends_at) && tstzrange(one.starts_at, one.ends_at)
      join seat beside on beside.id = other.seat_id and beside.desk_id = seat.desk_id
    where one.starts_at >= $1`,
  'a person with more than three visits': `
    select phone_hash from visit where starts_at >= $1 group by phone_hash having count(*) > 3
    union all select email_hash from visit where starts_at >= $1 group by email_hash having count(*) > 3`,
  'a person with two visits on a topic': `
    select phone_hash from visit where starts_at >= $1 group by phone_hash, topic_id having count(*) > 1
    union all
    select email_hash from visit where starts_at >= $1 group by email_hash, topic_id having count(*) > 1`,
  'a visit whose hold still keeps what was typed': `
    select visit.id from visit left join hold on hold.visit_id = visit.id
    where visit.starts_at >= $1 and (hold.id is null or hold.answers is not null)`,
  'a seat that is held for nobody': `
    select seat.id from seat left join hold on hold.id = seat.hold_id
    where seat.state = 'held' and seat.starts_at >= $1 and (hold.id is null or hold.visit_id is not null)`,
}

test('a server killed again and again under load loses no acknowledged visit and books nothing twice or by halves', async () => {
  const from = addDays(dayOf(systemClock.now(), 'Europe/Warsaw'), daysAhead)
  const offered = await freeTimes((await server).url, { branch, topic: 'benefits', days: 5, from })
  const times = offered.slice(0, offeredTimes)
  expect(times).toHaveLength(offeredTimes)
  const first = new Date(times[0] ?? '')

  const { acknowledged, unanswered, codes, killed, over } = await bookUnderFire(times)
  expect({ killed, over }, `seed ${seed}`).toEqual({ killed: kills, over: true })
  const honest = ['taken', 'same_topic', 'too_many_visits', 'lost', 'expired']
  expect(
    codes.filter((code) => !honest.includes(code)),
    `seed ${seed}`,
  ).toEqual([])

  const stored = await rows<StoredVisit>(whole, [first])
  const complete = {
    messages: ['booked queued', 'reminder_email queued', 'reminder_sms queued'],
    consents: ['privacy', 'recording'],
  }
  for (const { number, messages, consents } of stored)
    expect({ messages, consents }, `seed ${seed}: ${number}`).toEqual(complete)

  const keys = await openKeys(join(folder, 'keys'))
  const hash = (email: string) => emailHash(keys, email).toString('hex')
  const byNumber = new Map(stored.map((visit) => [visit.number, visit]))
  for (const { number, email, startsAt } of acknowledged) {
    const visit = byNumber.get(number)
    expect(
      { startsAt: visit?.startsAt.toISOString(), email: visit?.email.toString('hex') },
      `seed ${seed}: ${number}`,
    ).toEqual({ startsAt: new Date(startsAt).toISOString(), email: hash(email) })
  }
  const told = new Set(acknowledged.map(({ number }) => number))
  expect(told.size, `seed ${seed}`).toBe(acknowledged.length)
  const silent = stored.filter(({ number }) => !told.has(number)).map(({ email }) => email.toString('hex'))
  const mayBeThere = unanswered.map(hash)
  for (const email of silent) {
    expect(mayBeThere, `seed ${seed}`).toContain(email)
    mayBeThere.splice(mayBeThere.indexOf(email), 1)
  }

  for (const [what, query] of Object.entries(neverThere))
    expect(await rows(query, [first]), `seed ${seed}: ${what}`).toEqual([])

  const { url } = await server
  const found = await Promise.all(
    acknowledged.map(({ number, email }) => callApi(url, '/visits/find', { number, email })),
  )
  expect(
    found.filter(({ status }) => status !== 200),
    `seed ${seed}`,
  ).toEqual([])
}, 240_000)
