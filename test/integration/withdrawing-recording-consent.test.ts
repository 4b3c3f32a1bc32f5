import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { registerBookingRoutes } from '../../src/booking/booking-routes'
import { withdrawRecordingConsent } from '../../src/booking/withdraw-recording-consent'
import { type Directory, institutionWords } from '../../src/institution/directory'
import { problemAnswer } from '../../src/main/problem-answer'
import { createHttpServer } from '../../src/platform/http/server'
import { createTranslator } from '../../src/platform/i18n/translator'
import { createLogger } from '../../src/platform/logger'
import { signLink } from '../../src/platform/signed-link'
import type { Language } from '../../src/texts/catalogue'
import { setSite } from '../../src/ui/site'
import { booked, held, openWorld, type World } from '../support/world'

type Rule = 'required' | 'optional'

const publicUrl = 'http://localhost'
const rules = ['required', 'optional'] as const
const apps = new Map<Rule, FastifyInstance>()
let world: World

/** The institution with one rule on recordings for all topics. */
const directoryWith = (rule: Rule): Directory =>
  Object.create(world.directory, { recordingPolicy: { value: () => rule } }) as Directory

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  const log = createLogger('silent')
  const words = (language: Language) => institutionWords(world.directory.institution, language)
  const translators = {
    pl: createTranslator('pl', words('pl')),
    en: createTranslator('en', words('en')),
    uk: createTranslator('uk', words('uk')),
  }
  setSite({
    words: { pl: words('pl'), en: words('en'), uk: words('uk') },
    phoneE164: world.directory.institution.phoneE164,
    demo: false,
  })
  for (const rule of rules) {
    const app = await createHttpServer(
      { publicUrl, trustProxy: false, rateLimits: false, cameraRoutes: [], programRoutes: [] },
      log,
      problemAnswer(translators),
    )
    registerBookingRoutes(app, { ...world, directory: directoryWith(rule), log, publicUrl, translators })
    await app.ready()
    apps.set(rule, app)
  }
})
afterAll(async () => {
  for (const app of apps.values()) await app.close()
  await world.drop()
})
beforeEach(() => world.reset())

const nine = () => world.at('2026-12-29', '09:00')
const bookedAtNine = async () => booked(await world.book(nine())).id
const setState = (state: string) => world.query('update visit set state = $1', [state])
const withdraw = (visitId: string, rule: Rule, now = world.clock.now()) =>
  withdrawRecordingConsent(world.db, { ...world.parts(), directory: directoryWith(rule), visitId, now })
const standing = async () => {
  const [visit] = await world.query(`
    select visit.state, visit.state_reason as reason, recording_consent as consent,
      consent.withdrawn_at as "withdrawnAt", seat.state as seat
    from visit join consent on consent.visit_id = visit.id and kind = 'recording'
      join seat on seat.id = visit.seat_id`)
  return visit
}
const untouched = { state: 'booked', reason: null, consent: true, withdrawnAt: null, seat: 'booked' }
const waitingKinds = async () =>
  (await world.query<{ kind: string }>(`select kind from message where state = 'queued' order by kind`)).map(
    ({ kind }) => kind,
  )

describe('where the recording is required, a client who takes the consent back', () => {
  test('gives the visit up: it is cancelled, the time goes to others, an e-mail confirms it', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    const id = await bookedAtNine()
    expect(await withdraw(id, 'required')).toEqual({ ok: true, cancelled: true })
    const withdrawnAt = world.clock.now()
    const cancelled = { state: 'cancelled', reason: 'client', consent: false, withdrawnAt, seat: 'free' }
    expect(await standing()).toEqual(cancelled)
    expect(await waitingKinds()).toEqual(['cancelled_by_client'])
    world.clock.advance({ minutes: 5 })
    held(await world.hold(nine()))
  })

  test('can until the start, also from the waiting room, not later', async () => {
    const id = await bookedAtNine()
    await setState('waiting')
    expect(await withdraw(id, 'required', nine())).toEqual({ ok: false, reason: 'too_late' })
    expect(await standing()).toEqual({ ...untouched, state: 'waiting' })
    const justBefore = new Date(nine().getTime() - 1)
    expect(await withdraw(id, 'required', justBefore)).toEqual({ ok: true, cancelled: true })
  })
})

describe('where the recording is optional, a client who takes the consent back', () => {
  test('keeps the visit, which takes place unrecorded', async () => {
    const id = await bookedAtNine()
    const messages = await waitingKinds()
    expect(await withdraw(id, 'optional')).toEqual({ ok: true, cancelled: false })
    expect(await standing()).toEqual({ ...untouched, consent: false, withdrawnAt: world.clock.now() })
    expect(await waitingKinds()).toEqual(messages)
  })

  test('can as long as nobody has called in', async () => {
    const id = await bookedAtNine()
    await setState('waiting')
    expect(await withdraw(id, 'optional', nine())).toEqual({ ok: true, cancelled: false })
  })
})

describe.each(rules)('where the recording is %s,', (rule) => {
  test.each(['in_progress', 'completed', 'missed'])('a visit that is %s stays as it is', async (state) => {
    const id = await bookedAtNine()
    const reason = state === 'missed' ? 'client' : null
    await world.query('update visit set state = $1, state_reason = $2', [state, reason])
    expect(await withdraw(id, rule)).toEqual({ ok: false, reason: 'too_late' })
    expect(await standing()).toEqual({ ...untouched, state, reason })
  })

  test('the second of two clicks changes nothing', async () => {
    const id = await bookedAtNine()
    const answers = await Promise.all([withdraw(id, rule), withdraw(id, rule)])
    expect(answers).toContainEqual({ ok: true, cancelled: rule === 'required' })
    expect(answers).toContainEqual({ ok: false, reason: 'not_given' })
    const confirmations = (await waitingKinds()).filter((kind) => kind === 'cancelled_by_client')
    expect(confirmations).toHaveLength(rule === 'required' ? 1 : 0)
  })

  test('the pages of the visit and the desk of the branch hear of it', async () => {
    const id = await bookedAtNine()
    const heard: unknown[] = []
    const stops = [`visit:${id}`, `desk:${world.branch.id}`].map((topic) =>
      world.bus.subscribe(topic, (body) => heard.push([topic, body])),
    )
    await withdraw(id, rule)
    await expect
      .poll(() => heard)
      .toEqual([
        [`visit:${id}`, {}],
        [`desk:${world.branch.id}`, id],
      ])
    for (const stop of stops) stop()
  })
})

test('there is no consent of a visit that there is not', async () => {
  const visitId = '00000000-0000-7000-8000-000000000000'
  expect(await withdraw(visitId, 'optional')).toEqual({ ok: false, reason: 'unknown' })
})

describe("on the visit's page", () => {
  const pathOf = (visitId: string) => `/wizyta/${signLink(world.keys, 'manage', visitId, 1)}`
  const call = async (rule: Rule, method: 'GET' | 'POST', url: string) => {
    const headers = method === 'POST' ? { origin: publicUrl } : {}
    const answer = await apps.get(rule)?.inject({ method, url, headers })
    return { status: answer?.statusCode, body: answer?.body ?? '', location: answer?.headers.location ?? '' }
  }

  test.each([
    [
      'required',
      'The e-visit cannot take place without it. We will cancel the visit',
      /The visit is cancelled/,
    ],
    [
      'optional',
      'The visit will take place, but we will not record it.',
      /Your consent to recording is withdrawn/,
    ],
  ] as const)(
    'a client reads what follows where it is %s, and only the button does it',
    async (rule, words, done) => {
      const path = pathOf(await bookedAtNine())
      const manage = await call(rule, 'GET', `/en${path}`)
      expect(manage.body).toContain(`href="/en${path}/nagranie"`)
      const asked = await call(rule, 'GET', `/en${path}/nagranie`)
      expect(asked.status).toBe(200)
      expect(asked.body).toContain(words)
      expect(await standing()).toEqual(untouched)

      const sent = await call(rule, 'POST', `/en${path}/nagranie`)
      expect(sent.status).toBe(303)
      expect((await call(rule, 'GET', sent.location)).body).toMatch(done)
      expect((await call(rule, 'GET', `/en${path}`)).body).not.toContain('/nagranie"')
      expect((await call(rule, 'POST', `/en${path}/nagranie`)).location).toBe(`/en${path}/nagranie`)
    },
  )

  test('a client who comes too late reads so', async () => {
    const path = pathOf(await bookedAtNine())
    world.clock.set(nine())
    const late = await call('required', 'GET', `/en${path}/nagranie`)
    expect(late.body).toContain('<h1')
    expect(late.body).not.toContain('<form action')
    expect((await call('required', 'GET', `/en${path}`)).body).not.toContain('/nagranie"')
  })

  test('after the consent is gone, the address leads back to the visit', async () => {
    const id = await bookedAtNine()
    await withdraw(id, 'optional')
    const answer = await call('optional', 'GET', `/en${pathOf(id)}/nagranie`)
    expect(answer).toMatchObject({ status: 303, location: `/en${pathOf(id)}` })
  })

  test('a link of another purpose opens nothing', async () => {
    const id = await bookedAtNine()
    const token = signLink(world.keys, 'cancel', id, 1)
    for (const method of ['GET', 'POST'] as const)
      expect((await call('optional', method, `/wizyta/${token}/nagranie`)).status).toBe(404)
    expect(await standing()).toEqual(untouched)
  })
})
