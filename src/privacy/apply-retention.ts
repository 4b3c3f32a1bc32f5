import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import { cutAudit } from '../audit/audit-cut'
import { type DataClass, dataClasses, type KeptDays } from '../institution/kept-days'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { eraseVisit } from './erase-visit'
import { forgetContact } from './forget-contact'
import { keptRows } from './retention-store'

const mostAtOnce = 200
const dayMilliseconds = 86_400_000

export interface RetentionParts {
  now: Date
  keptDays: KeptDays
  keys: Keys
  bus: Bus
  log: Logger
}

/** Before which moment a thing of this class is over its time. */
export const keptSince = (now: Date, days: number): Date => new Date(now.getTime() - days * dayMilliseconds)

/**
 * Erases what has been kept long enough, class after class, in small transactions: killed anywhere, the next run goes
 * on with what is left. A class that fails holds up no other one.
 */
export async function applyRetention(
  db: Db,
  parts: RetentionParts,
  classes: readonly DataClass[] = dataClasses,
): Promise<void> {
  for (const name of classes) {
    try {
      await applyTo(db, name, parts)
    } catch (error) {
      parts.log.error({ error, class: name }, 'data that were kept long enough were not erased')
    }
  }
}

async function applyTo(db: Db, name: DataClass, parts: RetentionParts): Promise<void> {
  const { now, keptDays } = parts
  const before = keptSince(now, keptDays[name])
  await sql`
    insert into retention_run (data_class, started_at, erased) values (${name}, ${now}, 0)
    on conflict (data_class) do update set started_at = excluded.started_at, finished_at = null, erased = 0`.execute(
    db,
  )
  const erased =
    name === 'audit'
      ? await cutAudit(db, parts.keys, { before, now })
      : await eraseBatches(db, name, before, parts)
  await inTransaction(db, async (tx) => {
    await sql`update retention_run set finished_at = ${now}, erased = ${erased}
      where data_class = ${name}`.execute(tx)
    if (erased > 0)
      await appendAudit(tx, {
        at: now,
        actor: { kind: 'system' },
        action: 'retention.erased',
        subject: { kind: 'data_class', id: name },
        details: { erased, days: keptDays[name] },
      })
  })
}

/** Goes through the class by its keys, so that what cannot go now (or is held meanwhile) stops nothing. */
async function eraseBatches(
  db: Db,
  name: Exclude<DataClass, 'audit'>,
  before: Date,
  parts: RetentionParts,
): Promise<number> {
  let erased = 0
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string }>`
      select id::text as id from (${keptRows[name].due(before)}) as due
      where id::text > ${after} order by id::text limit ${mostAtOnce}`.execute(db)
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) erased += await eraseRows(db, name, ids, parts)
    const last = ids.at(-1)
    if (last === undefined || ids.length < mostAtOnce) return erased
    after = last
  }
}

/** @returns of how many keys something was erased */
async function eraseRows(
  db: Db,
  name: Exclude<DataClass, 'audit'>,
  ids: readonly string[],
  { now, keys, bus }: RetentionParts,
): Promise<number> {
  const { erase } = keptRows[name]
  if (erase) {
    await erase(ids).execute(db)
    return ids.length
  }
  if (name === 'contact') return inTransaction(db, (tx) => forgetContact(tx, keys, ids))
  let erased = 0
  for (const visitId of ids) {
    const done = await inTransaction(db, (tx) => eraseVisit(tx, { visitId, staff: null, now, keys, bus }))
    if (done.ok) erased++
  }
  return erased
}
