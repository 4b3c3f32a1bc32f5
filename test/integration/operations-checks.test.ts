import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import { createHttpSmsProvider } from '../../src/message/sms-http'
import { createSmsapiProvider } from '../../src/message/sms-smsapi'
import { noteBackup } from '../../src/operations/backup/backup-note-store'
import { checkCertificate } from '../../src/operations/check-certificate'
import { mailPart } from '../../src/operations/mail-part'
import type { OperationsPart } from '../../src/operations/operations-part'
import { queuePart } from '../../src/operations/queue-part'
import { clockSkew } from '../../src/operations/read-machine'
import { readJobs, readQueue, readSmsReports } from '../../src/operations/read-queue'
import { smsPart } from '../../src/operations/sms-part'
import { startJobs } from '../../src/platform/jobs'
import { staffTranslator } from '../../src/platform/i18n/translator'
import { createLogger } from '../../src/platform/logger'
import { testWords } from '../../src/ui/site-for-tests'
import { freePort } from '../support/child-product'
import { debianProgram } from '../support/debian-program'
import { eventually } from '../support/eventually'
import { systemClock } from '../../src/platform/clock'
import { makeCertificate, type SelfMadeCertificate } from '../support/self-made-certificate'
import { smtpForTests } from '../support/smtp-for-tests'
import { createTestDatabase } from '../support/template-database'
import { visitScene } from '../support/visit-scene'
import { get } from '../support/visit-server'

const texts = staffTranslator(testWords)
const bad = ({ notices }: Pick<OperationsPart, 'notices'>) =>
  notices.filter(({ tone }) => tone === 'bad').map(({ text }) => text.replaceAll('\u00a0', ' '))

describe('the relay for e-mails', () => {
  const part = (url: string) =>
    mailPart(texts, { smtpUrl: new Secret(url), mailFrom: 'e-wizyta@example.org' })

  test('is greeted as a sender does; one without encryption is told of', async () => {
    const smtp = await smtpForTests()
    expect(bad(await part(smtp.url))).toEqual([expect.stringContaining('nie oferuje szyfrowania') as string])
    expect(smtp.received).toEqual([])
    await smtp.close()
    expect(bad(await part(smtp.url))[0]).toContain('nie przyjmuje wiadomości: SMTP')
  })

  test('that refuses the password says that it is the password', async () => {
    const server = new SMTPServer({
      ...{ allowInsecureAuth: true, disableReverseLookup: true, logger: false, closeTimeout: 200 },
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(Object.assign(new Error('no'), { responseCode: 535 })),
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.server.address() as AddressInfo
    const { notices } = await part(`smtp://user:wrong@127.0.0.1:${port}`)
    expect(notices[0]?.text).toMatch(/535|EAUTH/)
    expect(notices[0]?.fix).toContain('hasło')
    expect(JSON.stringify(notices)).not.toContain('wrong')
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})

const openssl = debianProgram('openssl')

describe.skipIf(openssl === undefined)('a certificate', () => {
  let certificate: SelfMadeCertificate
  let server: SMTPServer
  let port: number
  beforeAll(async () => {
    certificate = await makeCertificate(openssl ?? '')
    const { readFile } = await import('node:fs/promises')
    server = new SMTPServer({
      ...{ authOptional: true, disableReverseLookup: true, logger: false, closeTimeout: 200 },
      cert: certificate.text,
      key: await readFile(certificate.keyPath, 'utf8'),
    })
    server.on('error', () => undefined)
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    ;({ port } = server.server.address() as AddressInfo)
  })
  afterAll(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()))
    await certificate.remove()
  })
  const target = () => ({ use: 'smtp', host: 'localhost', port, startTls: true }) as const

  test('is read behind STARTTLS, with its last day; nobody trusts it until told to', async () => {
    const untrusted = await checkCertificate(target())
    expect(untrusted.state).toBe('untrusted')
    expect('until' in untrusted && untrusted.until.getTime()).toBeGreaterThan(Date.now())
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, certificate.text])
    try {
      expect((await checkCertificate(target())).state).toBe('valid')
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  test('of a server that is gone, or that speaks something else, is told apart from a bad one', async () => {
    expect((await checkCertificate({ ...target(), port: 1 })).state).toBe('unreachable')
    const babbler = createServer((socket) => socket.on('error', () => undefined).end('hello\r\n'))
    await new Promise<void>((resolve) => babbler.listen(0, '127.0.0.1', resolve))
    const { port: other } = babbler.address() as AddressInfo
    const at = { use: 'smtp', host: '127.0.0.1', port: other } as const
    expect((await checkCertificate({ ...at, startTls: true })).state).toBe('unreachable')
    expect((await checkCertificate(at)).state).toBe('unreachable')
    babbler.close()
  })
})

describe('the SMS provider', () => {
  const none = { last: null, delivered: 0, undelivered: 0 }
  const now = new Date()
  const answering = async (status: number, body: unknown, work: (url: string) => Promise<void>) => {
    const asked: string[] = []
    const server = createHttpServer((request, answer) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`)
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.close()
    return asked
  }
  const smsapi = (baseUrl: string) =>
    createSmsapiProvider({ baseUrl, token: 'a-token', sender: 'ZUS', clock: systemClock })

  test('is asked for its credit, and little of it is told', async () => {
    const asked = await answering(200, { name: 'zus', points: 12.5 }, async (url) => {
      expect(bad(await smsPart(texts, smsapi(url), { reports: none, now }))).toEqual([
        'Na koncie SMS zostało 12,5 punktów.',
      ])
    })
    expect(asked).toEqual(['GET /profile Bearer a-token'])
    await answering(200, { points: 5000 }, async (url) =>
      expect(bad(await smsPart(texts, smsapi(url), { reports: none, now }))).toEqual([]),
    )
  })

  test('that refuses the token, or is gone, is told of without the token', async () => {
    await answering(401, {}, async (url) => {
      const part = await smsPart(texts, smsapi(url), { reports: none, now })
      expect(bad(part)[0]).toContain('SMSAPI HTTP 401')
      expect(JSON.stringify(part.notices)).not.toContain('a-token')
    })
    expect(
      bad(
        await smsPart(texts, createHttpSmsProvider({ url: `http://localhost:${await freePort()}/` }), {
          reports: none,
          now,
        }),
      )[0],
    ).toContain('ECONNREFUSED')
  })

  test('whose messages do not arrive is told of', async () => {
    await answering(405, {}, async (url) => {
      const reports = { last: now, delivered: 1, undelivered: 3 }
      expect(bad(await smsPart(texts, createHttpSmsProvider({ url }), { reports, now }))).toHaveLength(1)
    })
  })
})

describe('messages and jobs', () => {
  const scene = visitScene()
  const institution = () => scene.world.directory.institution

  test('that wait too long, were given up, or were reported are counted', async () => {
    const { db } = scene.world
    await scene.bookAt('09:00')
    const parts = async (now: Date) =>
      queuePart(
        texts,
        { jobs: [] },
        { queue: await readQueue(db, now), jobs: [], now, institution: institution() },
      )
    const soon = new Date(scene.now().getTime() + 60_000)
    expect(bad(await parts(soon))).toEqual(['Zadania okresowe nie uruchomiły się jeszcze ani razu.'])
    const later = new Date(scene.now().getTime() + 20 * 60_000)
    expect(bad(await parts(later))[0]).toContain('E-mail: najstarsza wiadomość miała wyjść')
    await scene.world.query(`update message set state = 'dead', finished_at = $1 where channel = 'email'`, [
      later,
    ])
    expect(bad(await parts(later))[0]).toBe('2 wiadomości porzucono po wielu próbach.')
    await scene.world.query(`update message set channel = 'sms', state = 'delivered', finished_at = $1`, [
      soon,
    ])
    expect(await readSmsReports(db, later)).toMatchObject({ last: soon, undelivered: 0 })
  })

  test('by the clock are seen as they ran, and as they failed', async () => {
    const database = await createTestDatabase(inject('postgresUrl'))
    try {
      expect(await readJobs(database.db)).toEqual([])
      const runner = await startJobs(
        database.pool,
        [{ name: 'fails', cron: '* * * * *', run: () => Promise.reject(new Error('as it must')) }],
        createLogger('silent'),
      )
      await eventually(async () => expect(await readJobs(database.db)).toHaveLength(1))
      await runner.addJob('fails', {})
      await eventually(async () => expect((await readJobs(database.db))[0]?.attempts).toBe(1))
      await runner.stop()
    } finally {
      await database.drop()
    }
  })

  test('the clocks of database and process are compared', async () => {
    expect(Math.abs(await clockSkew(scene.world.db))).toBeLessThan(60_000)
  })
})

describe('the page', () => {
  const scene = visitScene()

  test('tells what to do first, each with where it is described', async () => {
    const admin = await scene.officer(scene.one, { role: 'administrator' })
    const { status, body } = await get(scene.one, '/pracownik/stan', admin.cookie)
    expect(status).toBe(200)
    for (const told of [
      'Nie ma jeszcze kopii zapasowej.',
      'docs/guides/backup.md',
      'docs/guides/turn.md',
      'Nie ma pliku kluczy',
    ])
      expect(body).toContain(told)
    expect(body).toContain('href="/pracownik/ustawienia/dostepnosc"')
    expect(body).toContain('data-operations="troubled"')
    const now = scene.now()
    const note = { at: now, snapshot: 'now', place: '/backup', bytes: 1500, recordings: 2, problems: 0 }
    for (const kind of ['backup', 'verify'] as const)
      await noteBackup(scene.world.db, { kind, ...note, keysFingerprint: 'of others', keysKept: 'apart' })
    const after = (await get(scene.one, '/pracownik/stan', admin.cookie)).body
    expect(after).not.toContain('Nie ma jeszcze kopii zapasowej.')
    expect(after).toContain('1,5 kB, 2 nagrania')
    expect(after).toContain('Klucze zmieniły się po ostatniej kopii')
  })
})
