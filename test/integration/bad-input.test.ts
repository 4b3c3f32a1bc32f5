import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword, sampleStaff } from '../../src/main/demo/sample-staff'
import { startTestProduct, type TestProduct } from '../support/test-product'

let product: TestProduct
let staffCookie: string

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  const [{ email }] = sampleStaff
  const entered = await post('/pracownik', { email, password: samplePassword })
  expect(entered.statusCode).toBe(303)
  staffCookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
})
afterAll(() => product.stop())

const post = (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  product.app.inject({
    method: 'POST',
    url,
    headers: { origin: product.url, 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(form).toString(),
  })
const get = (url: string) => product.app.inject({ url, headers: { cookie: staffCookie } })

test('a NUL where the database looks for a text is bad input, told on a page', async () => {
  const answers = [
    await get('/skrzynka?do=%00'),
    await post('/pracownik', { email: 'ewa\0@example.org', password: 'wrong' }),
  ]
  for (const answer of answers) {
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('<h1')
  }
})

test('who is at work stays there: what is not found is said between the places of the staff', async () => {
  const entered = await post('/pracownik', { email: 'zofia.bak@example.org', password: samplePassword })
  const cookie = entered.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const missing = await product.app.inject({
    url: '/pracownik/ustawienia/oddzialy/NIEMA',
    headers: { cookie },
  })
  expect(missing.statusCode).toBe(404)
  expect(missing.body).toContain('<header class="rail">')
  expect(missing.body).toContain('Adres jest błędny')
  // Refused before anybody looked who asks
  for (const [url, status] of [
    ['/pracownik/nie-ma', 404],
    ['/pracownik/dzien?dzien=zzz', 400],
  ] as const) {
    const early = await get(url)
    expect(early.statusCode).toBe(status)
    expect(early.body).toContain('<header class="rail">')
    const stranger = await product.app.inject({ url })
    expect(stranger.body).not.toContain('<header class="rail">')
  }
  const stranger = await product.app.inject({ url: '/pracownik/nie-ma' })
  expect(stranger.statusCode).toBe(404)
  expect(stranger.body).toMatch(/<a class="btn"[^>]* href="\/pracownik"/)
  expect((await get('/nie-ma')).body).not.toContain('<header class="rail">')
})

test.each(['%00', '%0d%0aX:1', '%F0%9F%98%80'])(
  'the address of a form, sent on by hand with %s in it, leads to the page that says no',
  async (hold) => {
    const answer = await get(`/rezerwacja/${hold}/przedluz`)
    expect(answer.statusCode).toBe(303)
    expect((await get(String(answer.headers.location))).statusCode).toBe(403)
  },
)

test('days and times at the end of all calendars are refused, not calculated with', async () => {
  expect((await get('/pracownik/dzien?dzien=9999-12-31')).statusCode).toBe(400)
  const { branches, topics } = product.services.directory
  const choice = `temat=${topics[0]?.code ?? ''}&oddzial=${branches[0]?.code ?? ''}`
  expect((await get(`/termin?${choice}&zajety=9999-12-31T23:59Z`)).statusCode).toBe(200)
})
