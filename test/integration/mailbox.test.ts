import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { createTransport } from 'nodemailer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { institutionWords } from '../../src/institution/directory'
import { registerMailboxRoutes } from '../../src/message/mailbox/mailbox-routes'
import { type SmtpReceiver, startSmtpReceiver } from '../../src/message/mailbox/smtp-receiver'
import { inTransaction } from '../../src/platform/db'
import { createHttpServer } from '../../src/platform/http/server'
import { createTranslator, staffTranslator } from '../../src/platform/i18n/translator'
import { randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { instantAt } from '../../src/platform/zone'
import { eventually } from '../support/eventually'
import { type FakeClock, fakeClock } from '../support/fake-clock'
import { type MessagingForTests, messagingForTests } from '../support/messaging-for-tests'
import { addVisits } from '../support/sample-visits'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const keys = randomKeys()
const log = createLogger('silent')
const at = (day: string, time: string) => instantAt(day, time, 'Europe/Warsaw')

let database: TestDatabase
let clock: FakeClock
let messaging: MessagingForTests
let receiver: SmtpReceiver
let app: FastifyInstance

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  await sql`truncate mailbox_item`.execute(database.db)
})
afterAll(() => database.drop())

beforeEach(async () => {
  clock = fakeClock(at('2026-12-28', '10:00'))
  messaging = await messagingForTests({ db: database.db, keys, clock })
  receiver = await startSmtpReceiver({ db: database.db, clock, log })
  const publicUrl = 'http://localhost:3000'
  app = await createHttpServer(
    { publicUrl, trustProxy: false, rateLimits: false, cameraRoutes: [], programRoutes: [] },
    log,
    (_request, reply, { status }) => reply.code(status).send({ status }),
  )
  const words = (language: 'pl' | 'en' | 'uk') => institutionWords(messaging.directory.institution, language)
  registerMailboxRoutes(app, {
    db: database.db,
    clock,
    keys,
    directory: messaging.directory,
    translators: {
      pl: createTranslator('pl', words('pl')),
      en: createTranslator('en', words('en')),
      uk: createTranslator('uk', words('uk')),
    },
    staffTexts: staffTranslator(words('pl')),
  })
})
afterEach(async () => {
  await app.close()
  await receiver.close()
  await sql`truncate mailbox_item, message, consent, hold, visit cascade`.execute(database.db)
})

const get = async (url: string) => {
  const answer = await app.inject({ url, headers: { host: 'localhost:3000' } })
  return { status: answer.statusCode, body: answer.body, headers: answer.headers }
}

/** Books for tomorrow at 10:15 and lets the product send what is due: a confirmation and an SMS each. */
const bookAndSend = async (...emails: string[]) => {
  const wanted = emails.map((email) => ({ startsAt: at('2026-12-29', '10:15'), email }))
  const visits = await addVisits(database.db, keys, clock.now(), wanted)
  await inTransaction(database.db, async (tx) => {
    for (const visit of visits) await messaging.queue.visitBooked(tx, visit)
  })
  const dispatcher = messaging.dispatcher({ smtpUrl: receiver.url })
  dispatcher.start()
  await eventually(async () => {
    const waiting = await database.db
      .selectFrom('message')
      .select('id')
      .where('state', 'in', ['queued', 'sending'])
      .where('kind', '<>', 'reminder_email')
      .execute()
    expect(waiting).toEqual([])
  })
  await dispatcher.stop()
  return visits
}

const linkIn = (html: string, pattern: RegExp): string => {
  const link = [...html.matchAll(/(?:href|src)="([^"]*)"/g)]
    .map(([, address]) => (address ?? '').replaceAll('&amp;', '&'))
    .find((address) => pattern.test(address))
  if (link === undefined) throw new Error(`no link like ${pattern.source}`)
  return link
}

describe('the mailbox of the demonstration', () => {
  test('says that it is empty, and how to fill it', async () => {
    const { status, body } = await get('/skrzynka')
    expect(status).toBe(200)
    expect(body).toContain('Nie ma jeszcze wiadomości')
    expect(body).toContain('href="/skrzynka/jak-sprobowac"')
  })

  test('shows what was sent, newest first, with its state, and opens the newest beside the list', async () => {
    const [visit] = await bookAndSend('halina@example.pl')
    const { body } = await get('/skrzynka')
    expect(body).toContain('halina@example.pl')
    expect(body).toContain('+48601234567')
    expect(body.match(/tag tag-ok">wysłana/g)).toHaveLength(2)
    const email = linkIn((await get('/skrzynka?kanal=email')).body, /^\/skrzynka\/\d+\?/)
    const opened = await get(email)
    expect(opened.body).toContain(visit?.number)
    expect(opened.body).toContain('Do: halina@example.pl')
  })

  test('an e-mail is shown in a frame that runs nothing, loads nothing and opens links in a new tab', async () => {
    await bookAndSend('halina@example.pl')
    const page = await get('/skrzynka?kanal=email')
    expect(page.body).toMatch(/<iframe sandbox="allow-popups allow-popups-to-escape-sandbox"/)
    const frame = await get(linkIn(page.body, /\/tresc$/))
    expect(frame.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    )
    expect(frame.headers['x-frame-options']).not.toBe('DENY')
    expect(frame.body).toContain('<base target="_blank">')
    expect(frame.body).toContain('https://wizyta.example.org/spotkanie/')
    const text = await get(`${linkIn(page.body, /\/tresc$/)}?widok=tekst`)
    expect(text.body).toContain('<pre>Dzień dobry,')
  })

  test('an SMS looks like one and tells its length', async () => {
    await bookAndSend('halina@example.pl')
    const page = await get('/skrzynka?kanal=sms')
    expect(page.body).toMatch(/1 część, GSM-7, 15\d znak/)
    const frame = await get(linkIn(page.body, /\/tresc$/))
    expect(frame.body).toContain('<h1>ZUS</h1><p>ZUS: przypominamy')
  })

  test('a recipient is found by a part of the address; signs of patterns are just signs', async () => {
    await bookAndSend('halina@example.pl', 'marek_duda@example.pl')
    expect((await get('/skrzynka?do=MAREK')).body).not.toContain('halina@example.pl')
    expect((await get('/skrzynka?do=k_d')).body).toContain('marek_duda@example.pl')
    for (const nobody of ['%25a%25', 'h_lina', "'"])
      expect((await get(`/skrzynka?do=${nobody}`)).body).toContain('Nie ma wiadomości do tego adresata')
  })

  test('a message that no mailbox took is listed with what became of it', async () => {
    await bookAndSend('marek@exmaple.invalid')
    const { body } = await get('/skrzynka?kanal=email')
    expect(body).toContain('marek@exmaple.invalid')
    expect(body).toContain('tag tag-bad">nie udało się wysłać')
  })

  test('a long list has pages', async () => {
    await bookAndSend(...Array.from({ length: 31 }, (_, n) => `person${n}@example.pl`))
    const first = await get('/skrzynka?kanal=email')
    expect(first.body).not.toContain('Nowsze')
    const second = await get(linkIn(first.body, /strona=2/))
    expect(second.body).toContain('Nowsze')
    expect(second.body.match(/person\d+@example/g)?.length).toBeGreaterThan(0)
    expect((await get('/skrzynka?strona=-1')).status).toBe(200)
  })

  test.each(['/skrzynka/999999', '/skrzynka/x', '/skrzynka/1e3', '/skrzynka/999999/tresc'])(
    '%s is not there',
    async (url) => {
      expect((await get(url)).status).toBe(404)
    },
  )

  test.each([
    ['', 'Jak wypróbować e-wizytę'],
    ['/en', 'How to try an e-visit'],
    ['/uk', 'Як випробувати е-візит'],
  ])('how to try it is told under "%s"', async (prefix, title) => {
    const { status, body } = await get(`${prefix}/skrzynka/jak-sprobowac`)
    expect(status).toBe(200)
    expect(body).toContain(`<h1 class="q">${title}`)
    expect(body).toContain(`href="${prefix}/temat"`)
  })
})

describe('the receiver of the demonstration', () => {
  const send = (mail: { html?: string; text: string }) => {
    const transport = createTransport(receiver.url)
    return transport.sendMail({ from: 'a@example.org', to: 'b@example.org', subject: 'Zażółć', ...mail })
  }

  test('keeps scripts of a foreign e-mail as they are, in the frame that runs none', async () => {
    await send({ html: '<html><head></head><body><script>alert(1)</script></body></html>', text: 'x' })
    const page = await get('/skrzynka')
    expect(page.body).not.toContain('alert(1)')
    const frame = await get(linkIn(page.body, /\/tresc$/))
    expect(frame.headers['content-security-policy']).toContain("default-src 'none'")
    expect(frame.headers['content-security-policy']).not.toContain('allow-scripts')
  })

  test('refuses a message that is too big', async () => {
    await expect(send({ text: 'x'.repeat(600 * 1024) })).rejects.toMatchObject({ responseCode: 552 })
    expect((await get('/skrzynka')).body).toContain('Nie ma jeszcze wiadomości')
  })
})
