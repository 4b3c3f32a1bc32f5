import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Db, openDatabase } from '../../src/platform/db'
import { type Keys, openKeys } from '../../src/platform/keys'
import { addVisits } from '../support/sample-visits'
import type { Bench } from './bench-run'
import { residentMegabytes } from './process-figures'

const place = 'messages'
const usualCount = 20_000
const fullCount = 100_000
const pollMilliseconds = 250
/** Of no e-mail arriving: then something hangs. */
const patienceMilliseconds = 60_000
const hour = 3_600_000

/** Due reminders through the outbox, the product's dispatcher and SMTP into the receiver of the demonstration. */
export const messageBench: Bench = async (run) => {
  const count = run.full ? fullCount : usualCount
  const prepared = await run.start(place, 'server')
  await prepared.stop()
  const { db, close } = openDatabase(run.databaseUrl(place), { maxConnections: 2 })
  try {
    const keys = await openKeys(join(run.dataFolder(place), 'keys'))
    const started = performance.now()
    const batch = new Date()
    await addReminders(db, keys, batch, count)
    const more = run.full ? '' : `; all ${fullCount.toLocaleString('en')} with --full`
    run.note(
      `${count.toLocaleString('en')} due reminders written in ${((performance.now() - started) / 1000).toFixed(0)} s${more}`,
    )

    const worker = await run.start(place, 'all')
    await untilNoneIsDue(db, batch)
    const memory = residentMegabytes(worker.pid).now
    await worker.stop()
    const seconds = await checkArrivals(db, batch, count)
    return [
      { name: 'message.drain.per_second', value: count / seconds, unit: '/s' },
      { name: 'message.worker.memory.mb', value: memory, unit: 'MB' },
    ]
  } finally {
    await close()
  }
}

const addressOf = (index: number) => `halina.${index}@example.org`

/** `now` is the time at which they are written and due; nothing else has exactly this one. */
async function addReminders(db: Db, keys: Keys, now: Date, count: number): Promise<void> {
  const startsAt = new Date(now.getTime() + 24 * hour)
  await addVisits(
    db,
    keys,
    now,
    Array.from({ length: count }, (_, index) => ({ startsAt, email: addressOf(index) })),
  )
  await sql`
    insert into message (id, visit_id, kind, channel, schedule_version, due_at, useless_after, created_at)
    select uuidv7(), id, 'reminder_email', 'email', 1, ${now}, starts_at, ${now}
    from visit where starts_at = ${startsAt}`.execute(db)
  await sql`analyze`.execute(db)
}

async function untilNoneIsDue(db: Db, batch: Date): Promise<void> {
  let last = -1
  let changedAt = performance.now()
  for (;;) {
    const { rows } = await sql<{ open: number }>`
      select count(*) as open from message
      where state in ('queued', 'sending') and created_at = ${batch}`.execute(db)
    const open = rows[0]?.open ?? 0
    if (open === 0) return
    if (open !== last) changedAt = performance.now()
    else if (performance.now() - changedAt > patienceMilliseconds)
      throw new Error(`${open} messages are not sent`)
    last = open
    await delay(pollMilliseconds)
  }
}

/**
 * Every reminder arrived at its own address, none twice.
 * @returns the seconds from the first to the last arrival
 */
async function checkArrivals(db: Db, batch: Date, count: number): Promise<number> {
  const { rows } = await sql<{
    sent: number
    arrived: number
    messages: number
    recipients: number
    seconds: number
  }>`
    select count(distinct message.id) filter (where message.state = 'sent') as sent,
      count(item.id) as arrived,
      count(distinct item.message_id) as messages,
      count(distinct item.recipient) as recipients,
      extract(epoch from max(item.received_at) - min(item.received_at))::float8 as seconds
    from message left join mailbox_item as item on item.message_id::uuid = message.id
    where message.created_at = ${batch}`.execute(db)
  const found = rows[0]
  const expected = { sent: count, arrived: count, messages: count, recipients: count }
  for (const [what, wanted] of Object.entries(expected) as [keyof typeof expected, number][])
    if (found?.[what] !== wanted) throw new Error(`${what}: ${found?.[what]} instead of ${wanted}`)
  return found?.seconds ?? NaN
}
