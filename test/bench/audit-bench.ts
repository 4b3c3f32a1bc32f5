import pg from 'pg'
import { bookVisit } from '../../src/booking/book-visit'
import { askedConsents } from '../../src/booking/consents'
import { holdSeat } from '../../src/booking/hold-seat'
import { loadDirectory } from '../../src/institution/directory'
import { createMessageQueue } from '../../src/message/queue-messages'
import { openBus } from '../../src/platform/bus'
import { systemClock } from '../../src/platform/clock'
import { openDatabase } from '../../src/platform/db'
import { randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { dayOf } from '../../src/platform/zone'
import type { Bench } from './bench-run'
import { query } from './bench-run'
import { type BookableTime, bookableTimes } from './bookable-times'
import { median } from './figure'

const atOnce = 8
const warmUp = 200
const rounds = 8
const bookingsPerRound = 200

/**
 * What the audit record costs a booking: holds and bookings by the use cases, by turns with the entry and with its
 * statement never sent. Nothing else differs, and no HTTP lies over it.
 */
export const auditBench: Bench = async (run) => {
  await run.server()
  const url = run.databaseUrl('product')
  const times = await bookableTimes(url, 2 * (warmUp + rounds * bookingsPerRound))
  const { db, close } = openDatabase(url, { maxConnections: atOnce })
  const directory = await loadDirectory(db)
  const keys = randomKeys()
  const bus = await openBus(url, db, createLogger('warn'), () => new Date())
  const { timeZone, settings } = directory.institution
  const queue = createMessageQueue({ clock: systemClock, keys, timeZone })
  let people = 0

  const book = async ({ branchId, topicId, startsAt }: BookableTime): Promise<void> => {
    const n = ++people
    const now = new Date()
    const ownerSecret = `audit bench ${n}`
    const parts = { now, keys, directory, queue, bus, settings }
    const held = await holdSeat(db, {
      ...parts,
      ...{ branchId, topicId, startsAt, ownerSecret, language: 'pl', postalCode: '02758', country: null },
    })
    if (!held.ok) throw new Error(`Not held: ${held.reason}`)
    const booked = await bookVisit(db, {
      ...parts,
      ownerSecret,
      holdId: held.hold.id,
      answers: {
        ...{ firstName: 'Halina', lastName: 'Wiśniewska', guardian: null, language: 'pl' },
        ...{ phone: `+48602${String(n).padStart(6, '0')}`, email: `audit.${n}@example.org` },
      },
      consents: askedConsents(directory, false, dayOf(now, timeZone), 'required'),
    })
    if (!booked.ok) throw new Error(`Not booked: ${booked.reason}`)
  }
  const rate = async (count: number): Promise<number> => {
    const started = performance.now()
    let left = count
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) {
          const time = times.pop()
          if (!time) throw new Error('No times are left')
          await book(time)
        }
      }),
    )
    return (count * 1000) / (performance.now() - started)
  }
  const entries = async (): Promise<number> => {
    const [row] = await query<{ n: number }>(
      url,
      "select count(*)::int as n from audit_entry where action = 'visit.booked'",
    )
    return row?.n ?? 0
  }
  const before = await entries()
  try {
    await rate(warmUp)
    await withoutAudit(() => rate(warmUp))
    const rates = { with: [] as number[], without: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      rates.with.push(await rate(bookingsPerRound))
      rates.without.push(await withoutAudit(() => rate(bookingsPerRound)))
    }
    const [written, expected] = [(await entries()) - before, warmUp + rounds * bookingsPerRound]
    if (written !== expected) throw new Error(`${written} entries instead of ${expected}`)
    const [audited, bare] = [median(rates.with), median(rates.without)]
    return [
      { name: 'audit.booking.per_second', value: audited, unit: '/s' },
      { name: 'audit.append.ratio', value: audited / bare, unit: '', goal: { least: 0.8 } },
    ]
  } finally {
    await bus.close()
    await close()
  }
}

/** While it works, no statement that adds to the record is sent. */
async function withoutAudit<T>(work: () => Promise<T>): Promise<T> {
  const client = pg.Client.prototype as unknown as { query: (...sent: unknown[]) => unknown }
  const { query: send } = client
  client.query = function (this: unknown, ...sent) {
    const [first] = sent
    const text =
      typeof first === 'object' && first !== null && 'text' in first ? String(first.text) : String(first)
    return text.startsWith('insert into "audit_entry"')
      ? Promise.resolve({ rows: [], command: 'INSERT', rowCount: 1 })
      : send.apply(this, sent)
  }
  try {
    return await work()
  } finally {
    client.query = send
  }
}
