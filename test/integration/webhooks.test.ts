import { createServer as createTcpServer } from 'node:net'
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { createAddressGuard } from '../../src/backoffice/address-guard'
import { changeEndpoint } from '../../src/backoffice/change-endpoint'
import { readExcerpt } from '../../src/backoffice/deliver'
import type { WebhookDispatcher } from '../../src/backoffice/dispatcher'
import { pauseEndpoint, resumeEndpoint } from '../../src/backoffice/pause-endpoint'
import { countReplay, replayDelivery, replayRange } from '../../src/backoffice/replay-deliveries'
import { removeEndpoint } from '../../src/backoffice/remove-endpoint'
import { rotateSecret } from '../../src/backoffice/rotate-secret'
import { sendTestEvent } from '../../src/backoffice/send-test-event'
import { addEntries, dispatcherForTests, endpointFor, rulesForTests } from '../support/backoffice-for-tests'
import { eventually } from '../support/eventually'
import { addStaff } from '../support/visit-server'
import { answering, startReceiver, verify, type WebhookReceiver } from '../support/webhook-receiver'
import { openWorld, type World } from '../support/world'

let world: World
let staffId: number
let receiver: WebhookReceiver
const receivers: WebhookReceiver[] = []
const dispatchers: WebhookDispatcher[] = []

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  staffId = (await addStaff(world, { role: 'administrator' })).id
})
afterAll(() => world.drop())
beforeEach(async () => {
  await world.reset()
  receiver = await another()
})
afterEach(async () => {
  await Promise.all(dispatchers.splice(0).map((dispatcher) => dispatcher.stop()))
  await Promise.all(receivers.splice(0).map((one) => one.close()))
})

const another = async () => {
  const one = await startReceiver()
  receivers.push(one)
  return one
}
const start = (options: Parameters<typeof dispatcherForTests>[1] = {}) => {
  const dispatcher = dispatcherForTests(world, options)
  dispatchers.push(dispatcher)
  dispatcher.start()
  return dispatcher
}
const act = () => ({ staffId, now: world.clock.now() })
const endpointAt = (url: string, options = {}) => endpointFor(world, url, { staffId, ...options })
const settle = (options: { count?: number; kind?: 'application' | 'profile_confirmation' } = {}) =>
  addEntries(world, { branchId: world.branch.id, ...options })

interface Row {
  state: string
  last_error: string | null
  attempts: number
  due_at: Date
  entry_id: string | null
  id: string
}
const deliveries = (endpointId: string) =>
  world.query<Row>('select * from webhook_delivery where endpoint_id = $1 order by created_at, id', [
    endpointId,
  ])
const delivery = async (endpointId: string): Promise<Row> => {
  const [row] = await deliveries(endpointId)
  if (!row) throw new Error('There is no delivery')
  return row
}
const entryStates = async () =>
  (await world.query<{ state: string }>('select state from backoffice_entry order by created_at')).map(
    ({ state }) => state,
  )
const attempts = (endpointId: string) =>
  world.query<{ id: string; status: number | null; error: string | null; excerpt: Buffer | null }>(
    `select attempt.* from webhook_attempt attempt join webhook_delivery delivery on delivery.id = delivery_id
     where endpoint_id = $1 order by at, attempt.id`,
    [endpointId],
  )
const inState = (endpointId: string, state: string, error: string | null = null) =>
  eventually(async () => {
    const row = await delivery(endpointId)
    expect([row.state, row.last_error]).toEqual([state, error])
    return row
  })
/** Short patience, so that nobody waits for what hangs. */
const impatient = { limits: { answerSeconds: 0.3, bodySeconds: 0.2, bodyBytes: 4096 } }

describe('an entry', () => {
  test('is delivered once, signed, under its own id, and counts as taken', async () => {
    const { id, secret } = await endpointAt(receiver.url)
    const [entry] = await settle()
    start()
    const [webhook] = await receiver.until(1)
    await inState(id, 'delivered')
    expect(webhook?.id).toBe(entry)
    expect(webhook?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(verify(secret, webhook as never)).toMatchObject({
      type: 'profile.confirmed',
      timestamp: world.clock.now().toISOString(),
      data: { client: { lastName: 'Żółć' }, visit: { number: 'EW-7K3F-94QX' } },
    })
    expect(await entryStates()).toEqual(['taken'])
    expect(receiver.received).toHaveLength(1)
  })

  test('waits until there is an endpoint that takes its kind', async () => {
    const { id } = await endpointAt(receiver.url, { kinds: ['application'] })
    const [entry] = await settle({ kind: 'profile_confirmation' })
    await settle({ kind: 'application' })
    start()
    await inState(id, 'delivered')
    expect((await entryStates()).sort()).toEqual(['queued', 'taken'])
    const late = await endpointAt(receiver.url, { kinds: ['profile_confirmation'] })
    await inState(late.id, 'delivered')
    expect(receiver.received.map((one) => one.id)).toContain(entry)
    expect(await entryStates()).toEqual(['taken', 'taken'])
  })

  test('goes to every endpoint that takes it, under one id, and is taken when all have it', async () => {
    const other = await another()
    other.behave(answering(500))
    const one = await endpointAt(receiver.url)
    const two = await endpointAt(other.url)
    await settle()
    start()
    await inState(one.id, 'delivered')
    await inState(two.id, 'queued', 'status')
    expect(await entryStates()).toEqual(['queued'])
    other.behave(answering(200))
    world.clock.advance({ minutes: 1 })
    await inState(two.id, 'delivered')
    expect(await entryStates()).toEqual(['taken'])
    expect(new Set([...receiver.received, ...other.received].map(({ id }) => id)).size).toBe(1)
  })

  test('that was erased since is withdrawn', async () => {
    const { id } = await endpointAt(receiver.url)
    await settle()
    start({ readEntry: () => Promise.resolve(undefined) })
    await inState(id, 'withdrawn', 'erased')
    expect(await entryStates()).toEqual(['taken'])
    expect(receiver.received).toEqual([])
  })

  test('that cannot be read is tried again: a key may be missing for an hour', async () => {
    const { id } = await endpointAt(receiver.url)
    await settle()
    start({ readEntry: () => Promise.reject(new Error('Sealed with key 7')) })
    await inState(id, 'queued', 'unreadable')
    expect(receiver.received).toEqual([])
  })
})

describe('an endpoint', () => {
  test.each([
    ['answers 500', answering(500), 'status'],
    ['answers 404', answering(404), 'status'],
    ['leads elsewhere', answering(302, '', { location: 'http://127.0.0.1:1/' }), 'redirect'],
    ['leads elsewhere for good', answering(308, '', { location: '/another' }), 'redirect'],
    ['never answers', () => undefined, 'timeout'],
    [
      'hangs up',
      ((answer) => answer.socket?.resetAndDestroy()) satisfies Parameters<WebhookReceiver['behave']>[0],
      'reset',
    ],
    ['sends headers without end', answering(200, '', { 'x-long': 'a'.repeat(40_000) }), 'bad_answer'],
  ] as const)('that %s is tried again later', async (_what, behaviour, error) => {
    receiver.behave(behaviour)
    const { id } = await endpointAt(receiver.url)
    await settle()
    start(impatient)
    const { due_at } = await inState(id, 'queued', error)
    expect(due_at).toEqual(new Date(world.clock.now().getTime() + 30_000))
    expect(receiver.received).toHaveLength(1)
    receiver.behave(answering(204))
    world.clock.advance({ minutes: 1 })
    await inState(id, 'delivered')
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(1)
    expect(await attempts(id)).toMatchObject([{ error }, { error: null, status: 204 }])
  })

  test('that speaks something else than HTTP, and one that is down, are told apart', async () => {
    const talker = createTcpServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-x\r\n'))
    await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve))
    const { port } = talker.address() as { port: number }
    const strange = await endpointAt(`http://127.0.0.1:${port}/`)
    const down = await endpointAt('http://127.0.0.1:1/')
    const nowhere = await endpointAt('http://nie-ma-takiego.invalid/')
    const plain = await endpointAt(receiver.url.replace('http:', 'https:'))
    await settle()
    start()
    await inState(strange.id, 'queued', 'bad_answer')
    await inState(down.id, 'queued', 'refused')
    await inState(nowhere.id, 'queued', 'dns')
    await inState(plain.id, 'queued', 'certificate')
    talker.close()
  })

  test('that answers 500 for a day gets it in the end, after some fifteen tries', async () => {
    receiver.behave(answering(500))
    const { id } = await endpointAt(receiver.url)
    const [entry] = await settle()
    start()
    const end = world.clock.now().getTime() + 24 * 3_600_000
    for (let tries = 1; ; tries++) {
      const { due_at } = await eventually(async () => {
        expect(await attempts(id)).toHaveLength(tries)
        return inState(id, 'queued', 'status')
      })
      if (due_at.getTime() > end) break
      world.clock.set(due_at)
    }
    expect(receiver.received.length).toBeGreaterThan(10)
    expect(receiver.received.length).toBeLessThan(20)
    receiver.behave(answering(200))
    world.clock.set((await delivery(id)).due_at)
    await inState(id, 'delivered')
    expect(new Set(receiver.received.map((one) => one.id))).toEqual(new Set([entry]))
  })

  test('that fails for a week makes the entry a failed one, until it is replayed', async () => {
    receiver.behave(answering(500))
    const { id } = await endpointAt(receiver.url)
    await settle()
    start()
    await inState(id, 'queued', 'status')
    world.clock.advance({ minutes: 7 * 24 * 60 + 1 })
    const failed = await inState(id, 'failed', 'status')
    expect(await entryStates()).toEqual(['failed'])
    receiver.behave(answering(200))
    expect(await replayDelivery(world.db, { id: failed.id, ...act() })).toEqual({ ok: true })
    await inState(id, 'delivered')
    expect(await entryStates()).toEqual(['taken'])
  })

  test('that answers 410 is stopped, loses nothing, and goes on when somebody resumes it', async () => {
    receiver.behave(answering(410))
    const { id } = await endpointAt(receiver.url)
    await settle({ count: 3 })
    start({ perEndpoint: 1 })
    await eventually(async () => {
      const [endpoint] = await world.query<{ paused_by: string }>('select paused_by from webhook_endpoint')
      expect(endpoint?.paused_by).toBe('gone')
    })
    world.clock.advance({ minutes: 60 })
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['queued', 'queued', 'queued'])
    const before = receiver.received.length
    receiver.behave(answering(200))
    await resumeEndpoint(world.db, { id, ...act() })
    await resumeEndpoint(world.db, { id, ...act() })
    world.clock.advance({ minutes: 2 })
    await eventually(async () => expect(await entryStates()).toEqual(['taken', 'taken', 'taken']))
    expect(receiver.received).toHaveLength(before + 3)
    const told = await world.query<{ actor: string }>(
      `select actor from audit_entry where action in ('endpoint.paused', 'endpoint.resumed') and subject_id = $1 order by id`,
      [id],
    )
    expect(told.map(({ actor }) => actor)).toEqual(['system', 'staff'])
  })

  test('that asks for time gets it', async () => {
    receiver.behave(answering(429, '', { 'retry-after': '3600' }))
    const { id } = await endpointAt(receiver.url)
    await settle()
    start()
    const { due_at } = await inState(id, 'queued', 'status')
    expect(due_at).toEqual(new Date(world.clock.now().getTime() + 3_600_000))
  })

  test.each([
    [
      'goes on for ever',
      (answer: Parameters<Parameters<WebhookReceiver['behave']>[0]>[0]) => answer.writeHead(200).write('tak'),
    ],
    [
      'is huge',
      (answer: Parameters<Parameters<WebhookReceiver['behave']>[0]>[0]) =>
        answer.writeHead(200).end('x'.repeat(50_000_000)),
    ],
    [
      'is torn',
      (answer: Parameters<Parameters<WebhookReceiver['behave']>[0]>[0]) => {
        answer.writeHead(200, { 'content-length': '1000' })
        answer.write('tak')
        setImmediate(() => answer.socket?.resetAndDestroy())
      },
    ],
  ])('whose answer’s body %s has taken it all the same', async (_what, behaviour) => {
    receiver.behave(behaviour)
    const { id } = await endpointAt(receiver.url)
    await settle()
    start(impatient)
    await inState(id, 'delivered')
    expect(receiver.received).toHaveLength(1)
    const [attempt] = await attempts(id)
    expect(attempt?.status).toBe(200)
  })

  test('that hangs holds up no other one', async () => {
    const slow = await another()
    slow.behave(() => undefined)
    const stuck = await endpointAt(slow.url)
    const well = await endpointAt(receiver.url)
    await settle({ count: 30 })
    start()
    await receiver.until(30)
    await eventually(async () =>
      expect((await deliveries(well.id)).every(({ state }) => state === 'delivered')).toBe(true),
    )
    expect((await deliveries(stuck.id)).filter(({ state }) => state === 'sending')).toHaveLength(4)
    slow.behave(answering(200))
    await slow.close()
  })

  test('that repeats what it was sent does not make us keep it', async () => {
    receiver.behave((answer, { body }) =>
      answer.writeHead(400).end(`zły wniosek: ${body.slice(body.indexOf('client'))}`),
    )
    const { id } = await endpointAt(receiver.url)
    await settle()
    start()
    await inState(id, 'queued', 'status')
    const [attempt] = await attempts(id)
    const excerpt = readExcerpt(world.keys, attempt?.id ?? '', attempt?.excerpt ?? Buffer.alloc(0))
    expect(excerpt).toContain('zły wniosek')
    expect(excerpt).not.toMatch(/Halina|Żółć|halina|601234567/)
    expect(attempt?.excerpt?.toString()).not.toContain('wniosek')
  })
})

describe('an address inside', () => {
  const strict = { ...rulesForTests, mayBeAt: createAddressGuard([]) }

  test('is never connected to, by whatever name it goes', async () => {
    const { id } = await endpointAt(receiver.url)
    const named = await endpointAt(`http://localhost:${receiver.port}/`)
    await settle()
    start({ rules: strict })
    await inState(id, 'queued', 'private_address')
    await inState(named.id, 'queued', 'private_address')
    expect(receiver.received).toEqual([])
  })

  test('gets nothing over plain http once that is forbidden', async () => {
    const { id } = await endpointAt(receiver.url)
    await settle()
    start({ rules: { ...rulesForTests, plainHttp: false } })
    await inState(id, 'queued', 'https_needed')
    expect(receiver.received).toEqual([])
  })

  test('is pinned: a name is looked up once for each try', async () => {
    const named = await endpointAt(`http://localhost:${receiver.port}/`)
    await settle()
    start()
    await inState(named.id, 'delivered')
    expect(receiver.received[0]?.headers.host).toBe(`localhost:${receiver.port}`)
  })
})

describe('an administrator', () => {
  test('rotates the secret: both sign until the overlap ends, then the new one alone', async () => {
    const { id, secret: old } = await endpointAt(receiver.url)
    const rotate = (version: number, hours: 24 | 0) =>
      rotateSecret(world.db, { id, version, hours, keys: world.keys, ...act() })
    const rotated = await rotate(1, 24)
    expect(await rotate(1, 24)).toEqual({ ok: false, reason: 'changed' })
    const fresh = rotated.ok ? rotated.secret : ''
    start()
    await settle()
    const [first] = await receiver.until(1)
    for (const secret of [old, fresh]) expect(verify(secret, first as never)).toBeTruthy()
    world.clock.advance({ minutes: 24 * 60 })
    await settle()
    const [, second] = await receiver.until(2)
    expect(verify(fresh, second as never)).toBeTruthy()
    expect(() => verify(old, second as never)).toThrow('Not signed')
    const leaked = await rotate(2, 0)
    await settle()
    const [, , third] = await receiver.until(3)
    expect(verify(leaked.ok ? leaked.secret : '', third as never)).toBeTruthy()
    expect(() => verify(fresh, third as never)).toThrow('Not signed')
  })

  test('sends a test event, once a form, to a paused endpoint, too, and it is tried once', async () => {
    const { id, secret } = await endpointAt(receiver.url)
    await pauseEndpoint(world.db, { id, ...act() })
    const event = { endpointId: id, id: randomUUID(), ...act() }
    expect(await sendTestEvent(world.db, event)).toEqual({ ok: true })
    expect(await sendTestEvent(world.db, event)).toEqual({ ok: true })
    await settle()
    receiver.behave(answering(500))
    start()
    const [webhook] = await receiver.until(1)
    expect(verify(secret, webhook as never)).toMatchObject({ type: 'test.sent' })
    await eventually(async () => {
      const states = (await deliveries(id)).map(({ state, entry_id }) => [state, entry_id !== null])
      expect(states).toContainEqual(['failed', false])
      expect(states).toContainEqual(['queued', true])
    })
    for (let n = 1; n < 10; n++) await sendTestEvent(world.db, { ...event, id: randomUUID() })
    expect(await sendTestEvent(world.db, { ...event, id: randomUUID() })).toEqual({
      ok: false,
      reason: 'too_often',
    })
  })

  test('replays a range: what was not taken, or all of it, or what was there before the endpoint', async () => {
    const { id } = await endpointAt(receiver.url)
    await settle({ count: 2 })
    start()
    await receiver.until(2)
    await eventually(async () => expect(await entryStates()).toEqual(['taken', 'taken']))
    const from = new Date(world.clock.now().getTime() - 60_000)
    const until = new Date(world.clock.now().getTime() + 60_000)
    const range = { endpointId: id, from, until, takenToo: false }
    expect(await countReplay(world.db, range)).toBe(0)
    expect(await countReplay(world.db, { ...range, takenToo: true })).toBe(2)
    expect(await countReplay(world.db, { ...range, from: until, until: new Date(+until + 60_000) })).toBe(0)
    expect(await replayRange(world.db, { range: { ...range, takenToo: true }, ...act() })).toEqual({
      ok: true,
      count: 2,
    })
    await receiver.until(4)
    const ids = receiver.received.map((one) => one.id)
    expect(new Set(ids.slice(2))).toEqual(new Set(ids.slice(0, 2)))
    const other = await another()
    const late = await endpointAt(other.url)
    expect(await countReplay(world.db, { ...range, endpointId: late.id })).toBe(2)
    await replayRange(world.db, { range: { ...range, endpointId: late.id }, ...act() })
    await other.until(2)
  })

  test('changes an endpoint only if nobody else did meanwhile, and what waits goes to the new address', async () => {
    const { id } = await endpointAt('http://127.0.0.1:1/')
    await settle()
    start()
    await inState(id, 'queued', 'refused')
    const change = (version: number, url: string) => {
      const form = { url, description: 'Nowy system', kinds: ['profile_confirmation'] }
      return changeEndpoint(world.db, { id, version, form, rules: rulesForTests, ...act() })
    }
    expect(await change(1, receiver.url)).toEqual({ ok: true })
    expect(await change(1, 'http://127.0.0.1:2/')).toEqual({ ok: false, reason: 'changed' })
    expect(await change(2, 'http://system.example.pl/#x')).toMatchObject({ problems: ['url_secret'] })
    world.clock.advance({ minutes: 1 })
    await inState(id, 'delivered')
  })

  test('removes an endpoint: what nobody took waits for the next one', async () => {
    const { id } = await endpointAt('http://127.0.0.1:1/')
    const [entry] = await settle()
    start()
    await inState(id, 'queued', 'refused')
    expect(await removeEndpoint(world.db, { id, ...act() })).toEqual({ ok: true })
    expect(await removeEndpoint(world.db, { id, ...act() })).toEqual({ ok: false, reason: 'unknown' })
    expect(await entryStates()).toEqual(['queued'])
    await endpointAt(receiver.url)
    const [webhook] = await receiver.until(1)
    expect(webhook?.id).toBe(entry)
  })
})

test('two processes share the work: nothing goes out twice', async () => {
  const { id } = await endpointAt(receiver.url)
  await settle({ count: 60 })
  start()
  start()
  await eventually(async () =>
    expect((await deliveries(id)).filter(({ state }) => state === 'delivered')).toHaveLength(60),
  )
  expect(new Set(receiver.received.map((one) => one.id)).size).toBe(60)
  expect(receiver.received).toHaveLength(60)
})
