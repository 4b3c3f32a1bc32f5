import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { registerBookingApi } from '../../src/booking/booking-api'
import { institutionWords } from '../../src/institution/directory'
import { describeApi, registerApiPage } from '../../src/main/api-document'
import { problemAnswer } from '../../src/main/problem-answer'
import { createHttpServer } from '../../src/platform/http/server'
import { createTranslator } from '../../src/platform/i18n/translator'
import { createLogger } from '../../src/platform/logger'
import { signLink } from '../../src/platform/signed-link'
import type { Language } from '../../src/texts/catalogue'
import { openWorld, somebody, type World } from '../support/world'

let world: World
let app: FastifyInstance
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  const log = createLogger('silent')
  const publicUrl = 'https://wizyta.example.org'
  const wordsIn = (language: Language) =>
    createTranslator(language, institutionWords(world.directory.institution, language))
  const translators = { pl: wordsIn('pl'), en: wordsIn('en'), uk: wordsIn('uk') }
  const settings = {
    publicUrl,
    trustProxy: false,
    rateLimits: false,
    cameraRoutes: [],
    programRoutes: ['/api/'],
  }
  app = await createHttpServer(settings, log, problemAnswer(translators))
  await describeApi(app)
  registerBookingApi(app, { ...world, log, publicUrl, translators })
  registerApiPage(app, world)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await world.drop()
})
beforeEach(() => world.reset())

interface Answer {
  status: number
  body: Record<string, unknown> & { error?: { code: string; message: string; fields?: unknown } }
}
const call = async (options: InjectOptions): Promise<Answer> => {
  const answer = await app.inject(options)
  return { status: answer.statusCode, body: answer.json<Answer['body']>() }
}
const get = (url: string) => call({ method: 'GET', url: `/api/v1${url}` })
const post = (url: string, payload: object, secret?: unknown) =>
  call({
    method: 'POST',
    url: `/api/v1${url}`,
    payload,
    ...(typeof secret === 'string' && { headers: { authorization: `Bearer ${secret}` } }),
  })
const codeOf = ({ status, body }: Answer) => `${status} ${body.error?.code ?? 'no error'}`

const startsAt = '2026-12-29T08:00:00.000Z'
const hold = (changes: object = {}) =>
  post('/holds', { branch: 'WAW3', topic: 'benefits', startsAt, language: 'pl', ...changes })
const consents = [
  { kind: 'privacy', version: '2026-1' },
  { kind: 'recording', version: '2026-1' },
]
const visitOf = (held: Answer, changes: object = {}) => ({
  hold: held.body.id,
  answers: { ...somebody(), phone: '601 234 567' },
  consents,
  ...changes,
})

test('a program books a visit: branch, times, hold, visit, find, cancel', async () => {
  expect(await get('/branches/by-postal-code/02-758')).toMatchObject({ status: 200, body: { code: 'WAW3' } })
  const times = await get('/times?branch=WAW3&topic=benefits&from=2026-12-29&days=1')
  expect(times).toMatchObject({
    status: 200,
    body: { firstFree: startsAt, days: [{ day: '2026-12-29', times: { 0: { startsAt, free: true } } }] },
  })
  const asked = await get('/consents?language=en')
  expect(asked.body.consents).toMatchObject(consents.map((one) => ({ ...one, required: true })))

  const held = await hold({ postalCode: '02-758' })
  expect(held).toMatchObject({ status: 201, body: { startsAt, heldUntil: '2026-12-21T08:15:00.000Z' } })
  const body = visitOf(held)
  const booked = await post('/visits', body, held.body.secret)
  expect(booked).toMatchObject({
    status: 201,
    body: { startsAt, branch: 'WAW3', topic: 'benefits', warnings: [] },
  })
  expect((await post('/visits', body, held.body.secret)).body.number).toBe(booked.body.number)

  const { email } = body.answers
  const found = await post('/visits/find', { number: booked.body.number, email })
  expect(found).toMatchObject({ status: 200, body: { state: 'booked', startsAt, links: booked.body.links } })

  const [{ id } = { id: '' }] = await world.query<{ id: string }>('select id from visit')
  const token = signLink(world.keys, 'cancel', id, 1)
  expect(await post('/visits/cancellation', { token })).toEqual({ status: 200, body: { state: 'cancelled' } })
  expect(codeOf(await post('/visits/cancellation', { token }))).toBe('409 already_cancelled')
})

test('a topic that is led by country: its branch, and the country stays with the visit', async () => {
  const { countries } = (await get('/countries')).body as { countries: { country: string; branch: string }[] }
  expect(countries.find(({ country }) => country === 'DE')?.branch).toBe('OPO')
  const countryOf = async (changes: object) => {
    const held = await hold(changes)
    expect(await post('/visits', visitOf(held, { answers: somebody() }), held.body.secret)).toMatchObject({
      status: 201,
    })
    const [kept] = await world.query<{ hold: string; visit: string }>(
      'select hold.country as hold, visit.country as visit from hold join visit on visit.id = visit_id where hold.id = $1',
      [held.body.id],
    )
    return [kept?.hold, kept?.visit]
  }
  expect(await countryOf({ topic: 'abroad', branch: 'OPO', country: 'DE' })).toEqual(['DE', 'DE'])
  // Only where it is asked for, and only a country that leads somewhere
  expect(await countryOf({ country: 'DE' })).toEqual([null, null])
  const another = { topic: 'abroad', branch: 'OPO', startsAt: '2026-12-29T08:25:00.000Z' }
  expect(codeOf(await hold({ ...another, country: 'NO' }))).toBe('404 unknown_country')
  expect(await countryOf(another)).toEqual([null, null])
})

describe('a call is refused with a code of the list', () => {
  test('for things that there are not', async () => {
    expect(codeOf(await get('/branches/by-postal-code/79000'))).toBe('404 unknown_postal_code')
    expect(codeOf(await get('/times?branch=NONE&topic=benefits'))).toBe('404 unknown_branch')
    expect(codeOf(await get('/times?branch=WAW3&topic=none'))).toBe('404 unknown_topic')
    expect(codeOf(await hold({ branch: 'NONE' }))).toBe('404 unknown_branch')
    expect(codeOf(await hold({ topic: 'none' }))).toBe('404 unknown_topic')
    expect(codeOf(await post('/visits/find', { number: 'EW-2222-2222', email: 'a@example.org' }))).toBe(
      '404 unknown_visit',
    )
    expect(codeOf(await post('/visits/cancellation', { token: 'nonsense' }))).toBe('404 unknown_link')
  })

  test('for a time that is not offered or taken', async () => {
    expect(codeOf(await hold({ startsAt: '2026-12-29T08:01:00Z' }))).toBe('409 not_offered')
    await hold()
    await hold()
    expect(codeOf(await hold())).toBe('409 taken')
  })

  test('for a hold without its secret, and for a second extension', async () => {
    const held = await hold()
    const path = `/holds/${String(held.body.id)}/extension`
    expect(codeOf(await post(path, {}))).toBe('401 no_secret')
    expect(codeOf(await post(path, {}, 'A'.repeat(32)))).toBe('404 unknown_hold')
    expect(await post(path, {}, held.body.secret)).toEqual({
      status: 200,
      body: { heldUntil: '2026-12-21T08:30:00.000Z' },
    })
    expect(codeOf(await post(path, {}, held.body.secret))).toBe('409 extended_before')
    expect(codeOf(await post('/visits', visitOf(held)))).toBe('401 no_secret')
  })

  test('for answers that are not right, field by field', async () => {
    const held = await hold()
    const answers = { ...somebody(), phone: '12', guardian: { firstName: '', lastName: 'Nowak' } }
    const answer = await post('/visits', visitOf(held, { answers }), held.body.secret)
    expect(answer).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'bad_answers',
          fields: [
            { field: 'answers.phone', message: expect.stringContaining('nine-digit') as string },
            { field: 'answers.guardian.firstName' },
          ],
        },
      },
    })
  })

  test('for consents that are missing or of an old version', async () => {
    const held = await hold()
    const book = (given: object[]) => post('/visits', visitOf(held, { consents: given }), held.body.secret)
    const missing = await book([])
    expect(codeOf(missing)).toBe('422 consent_missing')
    expect(missing.body.error?.fields).toEqual([
      { field: 'consents', message: 'privacy' },
      { field: 'consents', message: 'recording' },
    ])
    const old = consents.map((one) => ({ ...one, version: '2020-1' }))
    expect(codeOf(await book(old))).toBe('422 consent_version_changed')
  })

  test('for a second visit on the same topic', async () => {
    const person = somebody()
    for (const [start, code] of [
      [startsAt, '201 no error'],
      ['2026-12-29T08:25:00Z', '409 same_topic'],
    ] as const) {
      const held = await hold({ startsAt: start })
      expect(codeOf(await post('/visits', visitOf(held, { answers: person }), held.body.secret))).toBe(code)
    }
  })

  test('for a hold that ran out, whether its time is open or lost', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    const held = await hold()
    world.clock.advance({ minutes: 15 })
    await hold()
    expect(codeOf(await post('/visits', visitOf(held), held.body.secret))).toBe('409 lost')
  })
})

describe('a call that is not understood is refused', () => {
  test.each([
    ['an unknown field', () => hold({ colour: 'red' })],
    ['a missing field', () => hold({ startsAt: undefined })],
    ['a time that is none', () => hold({ startsAt: 'tomorrow' })],
    ['a language that we do not speak', () => hold({ language: 'de' })],
    ['a postal code that is none', () => hold({ postalCode: '1234' })],
    ['an unknown parameter', () => get('/times?branch=WAW3&topic=benefits&colour=red')],
    ['too many days', () => get('/times?branch=WAW3&topic=benefits&days=1000')],
    ['a day that does not exist', () => get('/times?branch=WAW3&topic=benefits&from=2026-02-30')],
    ['an id that is none', () => post('/holds/none/extension', {})],
  ])('%s', async (_what, send) => {
    const answer = await send()
    expect(codeOf(answer)).toBe('400 bad_input')
    expect(answer.body.error?.fields).toHaveLength(1)
  })

  test('a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await call({ method: 'POST', url: '/api/v1/holds', headers, payload: '{' })
    expect(codeOf(answer)).toBe('400 bad_input')
  })
})

describe('a search without a free time', () => {
  const ask = (query = '', browser = 'Mozilla/5.0 (a portal of a bank)') =>
    app.inject({
      url: `/api/v1/times?branch=${world.branch.code}&topic=benefits${query}`,
      headers: { 'user-agent': browser },
    })
  const counted = () => world.query('select area, searches from unmet_search order by area')
  beforeEach(() => world.query('delete from unmet_search'))

  test('is counted as on the page: once a day for each visitor, by three digits, and for no program', async () => {
    expect((await ask()).statusCode).toBe(200)
    expect(await counted()).toEqual([])
    await world.query("update seat set state = 'booked' where branch_id = $1", [world.branch.id])
    world.clock.advance({ minutes: 1 })
    expect((await ask('&postalCode=02-758')).json()).toMatchObject({ firstFree: null })
    await ask('&postalCode=02711&from=2026-12-30')
    await ask('&postalCode=00-950')
    await ask()
    await ask('', 'curl/8.5')
    expect(await counted()).toEqual([
      { area: '', searches: 1 },
      { area: '009', searches: 1 },
      { area: '027', searches: 1 },
    ])
    expect((await ask('&postalCode=warszawa')).statusCode).toBe(400)
  })

  test('is none while an earlier day has a time', async () => {
    await world.query("update seat set state = 'booked' where branch_id = $1 and starts_at > $2", [
      world.branch.id,
      world.at('2026-12-23', '00:00'),
    ])
    world.clock.advance({ minutes: 1 })
    expect((await ask('&from=2026-12-29')).json()).toMatchObject({ firstFree: null })
    expect(await counted()).toEqual([])
  })
})

test('the description lists every call with its answers', () => {
  const paths = app.swagger().paths as unknown as Record<string, Record<string, { responses: object }>>
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { responses }]) => `${method} ${path} ${Object.keys(responses).join()}`,
    ),
  )
  expect(calls.sort()).toEqual([
    'get /api/v1/branches 200',
    'get /api/v1/branches/by-postal-code/{code} 200,404',
    'get /api/v1/consents 200,404',
    'get /api/v1/countries 200',
    'get /api/v1/times 200,404',
    'get /api/v1/topics 200',
    'post /api/v1/holds 201,404,409',
    'post /api/v1/holds/{id}/extension 200,401,404,409',
    'post /api/v1/visits 201,401,404,409,422',
    'post /api/v1/visits/cancellation 200,404,409',
    'post /api/v1/visits/find 200,404',
  ])
})

test('the description names the institution as it is called now, without a restart', async () => {
  const described = async () => {
    const { info } = (await app.inject('/api/v1/openapi.json')).json<{ info: { description: string } }>()
    const page = (await app.inject('/api')).body
    return [info.description, page].map((text) => /visits at ([^.]+)[.]/.exec(text)?.[1])
  }
  const rename = async (name: string) => {
    await world.query(`update institution set texts = jsonb_set(texts, '{en,name}', to_jsonb($1::text))`, [
      name,
    ])
    await world.directory.refresh()
  }
  const { name } = world.directory.institution.texts.en
  expect(await described()).toEqual([name, name])
  await rename('The New Institution')
  expect(await described()).toEqual(['The New Institution', 'The New Institution'])
  await rename(name)
})
