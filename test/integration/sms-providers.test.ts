import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import { DeliveryError } from '../../src/message/delivery'
import { registerDeliveryReportRoutes } from '../../src/message/delivery-report-routes'
import type { Sms } from '../../src/message/sms-channel'
import { createHttpSmsProvider } from '../../src/message/sms-http'
import { createSmsapiProvider } from '../../src/message/sms-smsapi'
import { createHttpServer } from '../../src/platform/http/server'
import { randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { fakeClock, testTime } from '../support/fake-clock'
import { messagingForTests } from '../support/messaging-for-tests'
import { addVisits } from '../support/sample-visits'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

interface Request {
  url: string
  headers: IncomingMessage['headers']
  body: string
}
interface Answer {
  status?: number
  body: unknown
}

let gateway: Server
let url: string
let requests: Request[] = []
/** What the gateway answers; undefined: nothing at all, for ever. */
let answer: (request: Request) => Answer | undefined = () => ({ body: {} })

beforeEach(async () => {
  requests = []
  gateway = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request = {
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      }
      requests.push(request)
      const given = answer(request)
      if (!given) return
      outgoing.writeHead(given.status ?? 200, { 'content-type': 'application/json' })
      outgoing.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body))
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
})
afterEach(async () => {
  gateway.closeAllConnections()
  await new Promise((resolve) => gateway.close(resolve))
})

const patience = () => AbortSignal.timeout(10_000)
const hours = (n: number) => new Date(testTime.getTime() + n * 3_600_000)
const sms: Sms = {
  id: '0196f0a0-0000-7000-8000-000000000001',
  to: '+48601234567',
  text: 'ZUS: przypominamy o e-wizycie jutro',
  uselessAfter: hours(5),
}

const failure = async (sending: Promise<unknown>): Promise<DeliveryError> => {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DeliveryError)) throw new Error('no DeliveryError was thrown')
  return error
}
const meaning = ({ permanent, outage }: DeliveryError) =>
  permanent ? 'permanent' : outage ? 'outage' : 'later'

describe('SMSAPI', () => {
  const provider = () =>
    createSmsapiProvider({
      token: 'the-token',
      sender: 'ZUS',
      baseUrl: url,
      reportUrl: 'https://wizyta.example.org/zwrotka/smsapi/secret',
      clock: fakeClock(),
    })
  const taken = { body: { count: 1, list: [{ id: '1460969715572091219', status: 'QUEUE', error: null }] } }

  test('gets the text as it is, in one part, with an id to recognise a repetition and an expiry', async () => {
    answer = () => taken
    expect(await provider().send(sms, patience())).toEqual({ providerId: '1460969715572091219' })
    const [request] = requests
    expect(request?.url).toBe('/sms.do')
    expect(request?.headers.authorization).toBe('Bearer the-token')
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      to: '48601234567',
      message: sms.text,
      from: 'ZUS',
      format: 'json',
      encoding: 'utf-8',
      max_parts: '1',
      idx: '0196f0a0000070008000000000000001',
      check_idx: '1',
      notify_url: 'https://wizyta.example.org/zwrotka/smsapi/secret',
      expiration_date: String(hours(5).getTime() / 1000),
    })
  })

  test('an expiry nearer or farther than it takes is moved to what it takes', async () => {
    answer = () => taken
    await provider().send({ ...sms, uselessAfter: hours(0.1) }, patience())
    await provider().send({ ...sms, uselessAfter: hours(500) }, patience())
    const expiries = requests.map(({ body }) => Number(new URLSearchParams(body).get('expiration_date')))
    expect(expiries).toEqual([hours(61 / 60), hours(719 / 60)].map((date) => date.getTime() / 1000))
  })

  test('when it takes no expiry at all, the SMS goes out without one', async () => {
    answer = ({ body }) => (body.includes('expiration_date') ? { body: { error: 56 } } : taken)
    expect(await provider().send(sms, patience())).toEqual({ providerId: '1460969715572091219' })
    expect(requests).toHaveLength(2)
  })

  test('an id that it has seen already means that an earlier try was taken', async () => {
    answer = () => ({ body: { error: 53, message: 'Not unique IDX' } })
    expect(await provider().send(sms, patience())).toEqual({ providerId: null })
  })

  test.each([
    ['a number that is none', { body: { error: 13 } }, 'permanent'],
    ['a text too long', { body: { error: 12 } }, 'permanent'],
    ['a refusal inside the list', { body: { list: [{ id: '1', error: 13 }] } }, 'permanent'],
    ['a sender that is not registered', { body: { error: 14 } }, 'outage'],
    ['a token that is not theirs', { status: 401, body: { error: 101 } }, 'outage'],
    ['an empty account', { body: { error: 103 } }, 'outage'],
    ['a failure of theirs', { body: { error: 201 } }, 'outage'],
    ['a number nobody has told us of', { body: { error: 4711 } }, 'later'],
    ['a page of a proxy', { status: 502, body: '<html>Bad gateway</html>' }, 'outage'],
    ['JSON that says nothing', { body: {} }, 'outage'],
  ])('%s', async (_what, given, expected) => {
    answer = () => given
    expect(meaning(await failure(provider().send(sms, patience())))).toBe(expected)
  })

  test('errors carry no number and no text', async () => {
    answer = () => ({ body: { error: 13, message: 'No correct phonenumbers: 48601234567' } })
    expect((await failure(provider().send(sms, patience()))).message).toBe('SMSAPI 13')
  })
})

describe('a plain HTTP gateway', () => {
  const provider = () => createHttpSmsProvider({ url: `${url}/send`, token: 'the-token' })

  test('gets id, number, text and expiry as JSON', async () => {
    answer = () => ({ status: 202, body: { id: 'gw-7' } })
    expect(await provider().send(sms, patience())).toEqual({ providerId: 'gw-7' })
    expect(requests[0]).toMatchObject({
      url: '/send',
      headers: { authorization: 'Bearer the-token', 'content-type': 'application/json' },
    })
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      ...sms,
      uselessAfter: sms.uselessAfter.toISOString(),
    })
  })

  test('need not answer with a body', async () => {
    answer = () => ({ status: 204, body: '' })
    expect(await provider().send(sms, patience())).toEqual({ providerId: null })
  })

  test.each([
    [400, 'permanent'],
    [404, 'permanent'],
    [422, 'permanent'],
    [408, 'later'],
    [401, 'outage'],
    [403, 'outage'],
    [429, 'outage'],
    [302, 'outage'],
    [500, 'outage'],
    [503, 'outage'],
  ])('status %i', async (status, expected) => {
    answer = () => ({ status, body: '' })
    expect(meaning(await failure(provider().send(sms, patience())))).toBe(expected)
  })

  test('that does not answer in time is an outage', async () => {
    answer = () => undefined
    const error = await failure(provider().send(sms, AbortSignal.timeout(50)))
    expect(meaning(error)).toBe('outage')
    expect(error.message).toBe('HTTP gateway no answer in time')
  })

  test('that is not there is an outage', async () => {
    const gone = createHttpSmsProvider({ url: 'http://127.0.0.1:9' })
    expect(meaning(await failure(gone.send(sms, patience())))).toBe('outage')
  })
})

describe('delivery reports of SMSAPI', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let messageId: string

  beforeAll(async () => {
    database = await createTestDatabase(inject('postgresUrl'))
    const log = createLogger('silent')
    app = await createHttpServer(
      {
        publicUrl: 'https://wizyta.example.org',
        trustProxy: false,
        rateLimits: false,
        cameraRoutes: [],
        programRoutes: ['/zwrotka/'],
      },
      log,
      (_request, reply, { status }) => reply.code(status).send({ status }),
    )
    const config = { sms: { provider: 'smsapi' as const, callbackSecret: new Secret('s'.repeat(32)) } }
    registerDeliveryReportRoutes(app, { db: database.db, clock: fakeClock(), config })
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
  })

  beforeEach(async () => {
    const keys = randomKeys()
    const clock = fakeClock()
    const { queue } = await messagingForTests({ db: database.db, keys, clock })
    const [visit] = await addVisits(database.db, keys, clock.now(), [
      { startsAt: hours(24 * 8), email: 'halina@example.pl' },
    ])
    if (!visit) throw new Error('no visit')
    await queue.visitBooked(database.db, visit)
    const row = await database.db
      .updateTable('message')
      .set({ state: 'sent', provider_id: '1460969715572091219' })
      .where('visit_id', '=', visit.id)
      .where('channel', '=', 'sms')
      .returning('id')
      .executeTakeFirstOrThrow()
    messageId = row.id
  })

  const idx = () => messageId.replaceAll('-', '')
  const report = async (
    fields: Record<string, string>,
    secret = 's'.repeat(32),
    method: 'GET' | 'POST' = 'GET',
  ) => {
    const query = new URLSearchParams(fields).toString()
    const path = `/zwrotka/smsapi/${secret}`
    const reply = await app.inject(
      method === 'GET'
        ? { method, url: `${path}?${query}` }
        : {
            method,
            url: path,
            payload: query,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          },
    )
    return `${reply.statusCode} ${reply.body}`
  }
  const state = async () => {
    const row = await database.db
      .selectFrom('message')
      .select('state')
      .where('id', '=', messageId)
      .executeTakeFirst()
    return row?.state
  }

  test.each(['GET', 'POST'] as const)('by %s are answered OK and kept', async (method) => {
    expect(await report({ MsgId: '1', status: '404', idx: idx() }, undefined, method)).toBe('200 OK')
    expect(await state()).toBe('delivered')
  })

  test('twice change nothing; "delivered" is never taken back, "undelivered" may turn into it', async () => {
    await report({ MsgId: '1', status: '405', idx: idx() })
    expect(await state()).toBe('undelivered')
    await report({ MsgId: '1', status: 'DELIVERED', idx: idx() })
    await report({ MsgId: '1', status: '405', idx: idx() })
    await report({ MsgId: '1', status: '404', idx: idx() })
    expect(await state()).toBe('delivered')
  })

  test('on the way tell nothing new', async () => {
    await report({ MsgId: '1', status: '403', idx: idx() })
    await report({ MsgId: '1', status: '408', idx: idx() })
    expect(await state()).toBe('sent')
  })

  test('of several messages come in one call', async () => {
    const unknown = '0'.repeat(32)
    expect(await report({ MsgId: '1,2', status: '405,404', idx: `${unknown},${idx()}` })).toBe('200 OK')
    expect(await state()).toBe('delivered')
  })

  test('of messages that we do not know are answered OK and ignored', async () => {
    expect(await report({ MsgId: '1', status: '404', idx: 'ffffffffffffffffffffffffffffffff' })).toBe(
      '200 OK',
    )
    expect(await report({ MsgId: '1', status: '404', idx: "'; drop table message" })).toBe('200 OK')
    expect(await report({})).toBe('200 OK')
    expect(await state()).toBe('sent')
  })

  test('with another secret find nothing', async () => {
    expect(await report({ MsgId: '1', status: '404', idx: idx() }, 'x'.repeat(32))).toMatch(/^404/)
    expect(await report({ MsgId: '1', status: '404', idx: idx() }, 'x')).toMatch(/^404/)
    expect(await state()).toBe('sent')
  })
})
