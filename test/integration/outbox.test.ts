import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Dispatcher } from '../../src/message/dispatcher'
import { deadLetters } from '../../src/message/outgoing-store'
import { DeliveryError } from '../../src/message/delivery'
import { emailHash } from '../../src/message/sealed-client'
import type { Sms, SmsProvider } from '../../src/message/sms-channel'
import { inTransaction } from '../../src/platform/db'
import { randomKeys } from '../../src/platform/keys'
import { instantAt } from '../../src/platform/zone'
import { eventually } from '../support/eventually'
import { type FakeClock, fakeClock } from '../support/fake-clock'
import { type MessagingForTests, messagingForTests } from '../support/messaging-for-tests'
import { addVisits, type AddedVisit, type SampleVisit } from '../support/sample-visits'
import { type SmtpBehaviour, type SmtpForTests, smtpForTests } from '../support/smtp-for-tests'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const keys = randomKeys()
const at = (day: string, time: string) => instantAt(day, time, 'Europe/Warsaw')
const start = at('2026-12-29', '10:15')

let database: TestDatabase
let clock: FakeClock
let messaging: MessagingForTests
const opened: { close(): Promise<void> }[] = []

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
})
afterAll(() => database.drop())

beforeEach(async () => {
  await database.db.deleteFrom('message').execute()
  clock = fakeClock(at('2026-12-21', '18:31'))
  messaging = await messagingForTests({ db: database.db, keys, clock })
})
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

const smtp = async (behaviour?: SmtpBehaviour): Promise<SmtpForTests> => {
  const server = await smtpForTests(behaviour)
  opened.push(server)
  return server
}

const run = (options: Parameters<MessagingForTests['dispatcher']>[0]): Dispatcher => {
  const dispatcher = messaging.dispatcher(options)
  opened.push({ close: () => dispatcher.stop() })
  dispatcher.start()
  return dispatcher
}

const smsKept = (): SmsProvider & { sent: Sms[] } => {
  const sent: Sms[] = []
  return {
    name: 'kept',
    sent,
    send: async (sms) => {
      sent.push(sms)
      return { providerId: null }
    },
  }
}

/** Visits booked now, each with its messages written in one transaction. */
const book = async (...wanted: SampleVisit[]): Promise<AddedVisit[]> => {
  const visits = await addVisits(database.db, keys, clock.now(), wanted)
  await inTransaction(database.db, async (tx) => {
    for (const visit of visits) await messaging.queue.visitBooked(tx, visit)
  })
  return visits
}

const bookOne = async (email = 'halina@example.pl'): Promise<AddedVisit> => {
  const [visit] = await book({ startsAt: start, email })
  if (!visit) throw new Error('no visit')
  return visit
}

const many = (count: number): SampleVisit[] =>
  Array.from({ length: count }, (_, n) => ({ startsAt: start, email: `person${n}@example.pl` }))

const states = async () => {
  const rows = await database.db.selectFrom('message').select(['kind', 'state']).orderBy('id').execute()
  return rows.map(({ kind, state }) => `${kind} ${state}`)
}

const becomes = (expected: string[]) =>
  eventually(async () => expect((await states()).sort()).toEqual([...expected].sort()))

const setVisit = (
  id: string,
  change: { state?: 'cancelled' | 'waiting'; schedule_version?: number; starts_at?: Date },
) =>
  database.db
    .updateTable('visit')
    .set({
      ...change,
      ...(change.state === 'cancelled' && { state_reason: 'client' }),
      ...(change.starts_at && { ends_at: new Date(change.starts_at.getTime() + 20 * 60_000) }),
    })
    .where('id', '=', id)
    .execute()

describe('the way of an ordinary visit', () => {
  test('brings one confirmation at once, one SMS the day before, one e-mail an hour before', async () => {
    const server = await smtp()
    const sms = smsKept()
    const visit = await bookOne()
    run({ smtpUrl: server.url, sms })
    await becomes(['booked sent', 'reminder_sms queued', 'reminder_email queued'])

    clock.set(at('2026-12-28', '10:00'))
    await becomes(['booked sent', 'reminder_sms sent', 'reminder_email queued'])
    clock.set(at('2026-12-29', '09:15'))
    await becomes(['booked sent', 'reminder_sms sent', 'reminder_email sent'])

    expect(server.received.map(({ subject }) => subject?.replaceAll('\u00a0', ' '))).toEqual([
      `E-wizyta w ZUS: wtorek, 29 grudnia 2026, godz. 10:15 (${visit.number})`,
      `Dziś o godz. 10:15: e-wizyta w ZUS (${visit.number})`,
    ])
    expect(sms.sent).toMatchObject([{ to: visit.phone, text: expect.stringContaining('jutro') as string }])
    expect(sms.sent[0]?.uselessAfter).toEqual(at('2026-12-28', '20:00'))
  })

  test('an e-mail has both parts, says that a machine wrote it, and carries the id of its row', async () => {
    const server = await smtp()
    await bookOne('halina.wiśniewska@example.pl')
    run({ smtpUrl: server.url })
    await eventually(() => expect(server.received).toHaveLength(1))
    const [mail] = server.received
    const row = await database.db
      .selectFrom('message')
      .select('id')
      .where('kind', '=', 'booked')
      .executeTakeFirstOrThrow()
    expect(mail).toMatchObject({
      messageId: `<${row.id}@wizyta.example.org>`,
      from: { address: 'e-wizyta@example.org', name: 'Zakład Ubezpieczeń Społecznych' },
      attachments: [],
    })
    expect(mail?.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    )
    expect(mail?.html).toContain('/spotkanie/')
    expect(mail?.text).toContain('Wejdź na e-wizytę: https://wizyta.example.org/spotkanie/')
  })

  test('a visit in Ukrainian is written about in Ukrainian', async () => {
    const server = await smtp()
    await book({ startsAt: start, email: 'oksana@example.pl', language: 'uk' })
    run({ smtpUrl: server.url })
    await eventually(() => expect(server.received[0]?.subject).toContain('Е-візит до'))
  })
})

describe('several processes', () => {
  test('share the work: each of 200 messages is sent exactly once', async () => {
    const server = await smtp()
    await book(...many(200))
    run({ smtpUrl: server.url })
    run({ smtpUrl: server.url })
    await eventually(async () => {
      const { count } = await database.db
        .selectFrom('message')
        .select((select) => select.fn.countAll<number>().as('count'))
        .where('kind', '=', 'booked')
        .where('state', '=', 'sent')
        .executeTakeFirstOrThrow()
      expect(count).toBe(200)
    })
    const ids = server.received.map(({ messageId }) => messageId)
    expect(ids).toHaveLength(200)
    expect(new Set(ids).size).toBe(200)
  })

  test('a message whose process died is sent when its lease has run out, with the same id', async () => {
    const server = await smtp()
    await bookOne()
    const died = await database.db
      .updateTable('message')
      .set({
        state: 'sending',
        attempts: 1,
        leased_until: at('2026-12-21', '18:32'),
        due_at: at('2026-12-21', '18:32'),
      })
      .where('kind', '=', 'booked')
      .returning('id')
      .executeTakeFirstOrThrow()
    run({ smtpUrl: server.url })
    await bookOne('marek@example.pl')
    await eventually(() => expect(server.received).toHaveLength(1))
    expect(server.received[0]?.to[0]?.address).toBe('marek@example.pl')

    clock.set(at('2026-12-21', '18:32'))
    await eventually(() => expect(server.received).toHaveLength(2))
    expect(server.received[1]?.messageId).toBe(`<${died.id}@wizyta.example.org>`)
  })
})

describe('a visit that changed in the meantime', () => {
  test('cancelled: its reminders are dropped in the same transaction, only the cancellation is told', async () => {
    const server = await smtp()
    const visit = await bookOne()
    await setVisit(visit.id, { state: 'cancelled' })
    await messaging.queue.visitCancelled(database.db, visit, 'client')
    await becomes([
      'booked skipped',
      'reminder_sms skipped',
      'reminder_email skipped',
      'cancelled_by_client queued',
    ])
    clock.set(at('2026-12-29', '09:15'))
    await database.db
      .updateTable('message')
      .set({ useless_after: at('2027-01-01', '00:00') })
      .execute()
    run({ smtpUrl: server.url })
    await becomes([
      'booked skipped',
      'reminder_sms skipped',
      'reminder_email skipped',
      'cancelled_by_client sent',
    ])
    expect(server.received.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Wizyta anulowana'),
    ])
  })

  test('a reminder that nobody dropped still reads the visit again before it goes out', async () => {
    const server = await smtp()
    const sms = smsKept()
    const [cancelled, moved, arrived] = await book(...many(3))
    clock.set(at('2026-12-29', '09:15'))
    await setVisit(cancelled?.id ?? '', { state: 'cancelled' })
    await setVisit(moved?.id ?? '', { schedule_version: 2, starts_at: at('2026-12-30', '10:15') })
    await setVisit(arrived?.id ?? '', { state: 'waiting' })
    run({ smtpUrl: server.url, sms })
    await becomes([
      'booked skipped',
      'booked sent',
      'booked sent',
      ...Array.from({ length: 3 }, () => 'reminder_email skipped'),
      ...Array.from({ length: 3 }, () => 'reminder_sms skipped'),
    ])
    expect(sms.sent).toEqual([])
    expect(server.received.every(({ subject }) => !subject?.startsWith('Dziś'))).toBe(true)
  })

  test('moved: the old reminders die, the new time is told and reminded of', async () => {
    const server = await smtp()
    const sms = smsKept()
    const visit = await bookOne()
    const moved = { ...visit, startsAt: at('2027-01-05', '12:00'), scheduleVersion: 2 }
    await setVisit(visit.id, { schedule_version: 2, starts_at: moved.startsAt })
    await messaging.queue.visitMoved(database.db, moved, { startsAt: start }, 'client')
    run({ smtpUrl: server.url, sms })
    await eventually(async () =>
      expect((await states()).filter((state) => state.endsWith(' sent'))).toHaveLength(2),
    )
    expect(server.received.map(({ text }) => text).join()).toContain('wtorek, 5 stycznia 2027, godz. 12:00')
    clock.set(at('2027-01-04', '10:00'))
    await eventually(async () => expect(await states()).toContain('reminder_sms sent'))
    clock.set(at('2027-01-05', '11:00'))
    await becomes([
      'booked sent',
      'moved sent',
      'reminder_email sent',
      'reminder_email skipped',
      'reminder_sms sent',
      'reminder_sms skipped',
    ])
    expect(sms.sent.map(({ text }) => text)).toEqual([expect.stringContaining('05.01.2027 o 12:00')])
    expect(server.received).toHaveLength(3)
  })

  test('what comes too late to help has expired', async () => {
    const server = await smtp()
    await bookOne()
    clock.set(start)
    run({ smtpUrl: server.url })
    await becomes(['booked sent', 'reminder_sms expired', 'reminder_email expired'])
  })
})

describe('asked for again', () => {
  test('the confirmation comes once more, not twice for two clicks, and not for a cancelled visit', async () => {
    const server = await smtp()
    const visit = await bookOne()
    await messaging.queue.sendAgain(database.db, visit.id)
    run({ smtpUrl: server.url })
    await eventually(() => expect(server.received).toHaveLength(1))
    await becomes(['booked sent', 'reminder_sms queued', 'reminder_email queued'])
    await messaging.queue.sendAgain(database.db, visit.id)
    await messaging.queue.sendAgain(database.db, visit.id)
    await eventually(() => expect(server.received).toHaveLength(2))
    await becomes(['booked sent', 'booked sent', 'reminder_sms queued', 'reminder_email queued'])
    await setVisit(visit.id, { state: 'cancelled' })
    await messaging.queue.sendAgain(database.db, visit.id)
    expect(await states()).toHaveLength(4)
  })

  test('the numbers go to an address with visits, all in one e-mail, and nowhere for an unknown one', async () => {
    const server = await smtp()
    const email = 'teresa@example.pl'
    const later = at('2027-01-05', '12:00')
    const visits = await book({ startsAt: later, email }, { startsAt: start, email })
    await database.db.deleteFrom('message').execute()
    await messaging.queue.sendNumbers(database.db, emailHash(keys, ' Teresa@example.pl'))
    await messaging.queue.sendNumbers(database.db, emailHash(keys, 'nobody@example.pl'))
    run({ smtpUrl: server.url })
    await eventually(() => expect(server.received).toHaveLength(1))
    for (const { number } of visits) expect(server.received[0]?.text).toContain(number)
    await becomes(['number sent'])
  })
})

describe('what fails', () => {
  test('an address that does not exist is a dead letter at once and holds nobody up', async () => {
    const server = await smtp({
      onRecipient: (to) =>
        to.startsWith('nobody') ? { code: 550, text: `5.1.1 <${to}> unknown` } : undefined,
    })
    await book({ startsAt: start, email: 'nobody@example.pl' }, ...many(30))
    run({ smtpUrl: server.url })
    await eventually(() => expect(server.received).toHaveLength(30))
    await eventually(async () => expect(await deadLetters(database.db)).toBe(1))
    const dead = await database.db
      .selectFrom('message')
      .selectAll()
      .where('state', '=', 'dead')
      .executeTakeFirstOrThrow()
    expect(dead.attempts).toBe(1)
    expect(dead.last_error).toBe('SMTP 550 5.1.1 EENVELOPE RCPT TO')
  })

  test('an address that is put off is tried again later and later, then given up', async () => {
    let asked = 0
    const server = await smtp({
      onRecipient: () => {
        asked++
        return { code: 451, text: '4.7.1 Come back later' }
      },
    })
    await bookOne()
    const retry = {
      firstSeconds: 60,
      longestSeconds: 3600,
      longestSecondsInOutage: 60,
      jitter: 0,
      maxAttempts: 3,
    }
    run({ smtpUrl: server.url, retry })
    const due = async () => {
      const row = await database.db
        .selectFrom('message')
        .selectAll()
        .where('kind', '=', 'booked')
        .executeTakeFirstOrThrow()
      return { state: row.state, attempts: row.attempts, due: row.due_at }
    }
    const from = clock.now().getTime()
    await eventually(async () =>
      expect(await due()).toEqual({ state: 'queued', attempts: 1, due: new Date(from + 60_000) }),
    )
    clock.advance({ seconds: 60 })
    await eventually(async () =>
      expect(await due()).toEqual({ state: 'queued', attempts: 2, due: new Date(from + 180_000) }),
    )
    clock.advance({ seconds: 120 })
    await eventually(async () => expect(await due()).toMatchObject({ state: 'dead', attempts: 3 }))
    expect(asked).toBe(3)
  })

  test('a mail server that is down loses nothing: everything arrives once when it is back', async () => {
    const first = await smtp()
    const { port } = first
    await first.close()
    opened.splice(opened.indexOf(first), 1)
    await book(...many(40))
    // The clock runs fast here: no lease may run out under a message in the air
    const lease = { leaseSeconds: 1_000_000, sendSeconds: 30 }
    run({ smtpUrl: `smtp://127.0.0.1:${port}`, lease })
    await eventually(async () => {
      const tried = await database.db
        .selectFrom('message')
        .select('id')
        .where('last_error', 'is not', null)
        .execute()
      expect(tried.length).toBeGreaterThanOrEqual(4)
    })
    const back = await smtp({ port })
    await eventually(() => {
      clock.advance({ seconds: 30 })
      expect(back.received).toHaveLength(40)
    })
    await eventually(async () =>
      expect((await states()).filter((state) => state.startsWith('booked'))).toEqual(
        Array.from({ length: 40 }, () => 'booked sent'),
      ),
    )
    expect(new Set(back.received.map(({ messageId }) => messageId)).size).toBe(40)
    expect(await deadLetters(database.db)).toBe(0)
  })

  test('an SMS provider that is down is asked only now and then, and holds no e-mail up', async () => {
    let asked = 0
    const sms: SmsProvider = {
      name: 'down',
      send: async () => {
        asked++
        throw new DeliveryError('HTTP gateway 503', { outage: true })
      },
    }
    const server = await smtp()
    await book(...many(100))
    clock.set(at('2026-12-28', '10:00'))
    run({ smtpUrl: server.url, sms })
    await eventually(() => expect(server.received).toHaveLength(100))
    // Five that trip the pause, and those that were in the air with them
    expect(asked).toBeLessThanOrEqual(8)
    clock.advance({ seconds: 2 })
    await eventually(() => expect(asked).toBeGreaterThanOrEqual(6))
    expect(asked).toBeLessThanOrEqual(9)
  })

  test('an SMS that the night overtakes waits for the morning, then speaks of today', async () => {
    const server = await smtp()
    const sms = smsKept()
    await bookOne()
    clock.set(at('2026-12-28', '20:00'))
    run({ smtpUrl: server.url, sms })
    await becomes(['booked sent', 'reminder_sms queued', 'reminder_email queued'])
    expect(sms.sent).toEqual([])
    clock.set(at('2026-12-29', '08:00'))
    await eventually(() => expect(sms.sent).toHaveLength(1))
    expect(sms.sent[0]?.text).toContain('dzis, 29.12.2026 o 10:15')
  })

  test('a stopped dispatcher has finished and noted what it began', async () => {
    const server = await smtp({ beforeAnswer: () => new Promise((resolve) => setTimeout(resolve, 20)) })
    await book(...many(20))
    const dispatcher = messaging.dispatcher({ smtpUrl: server.url })
    dispatcher.start()
    await eventually(() => expect(server.received.length).toBeGreaterThan(0))
    await dispatcher.stop()
    const rows = await database.db
      .selectFrom('message')
      .select('state')
      .where('kind', '=', 'booked')
      .execute()
    expect(rows.filter(({ state }) => state === 'sending')).toEqual([])
    expect(rows.filter(({ state }) => state === 'sent')).toHaveLength(server.received.length)
  })
})
