import { join } from 'node:path'
import { emailHash, phoneHash, sealClient } from '../../src/message/sealed-client'
import { visitUrls } from '../../src/message/visit-urls'
import { type Db, inTransaction, openDatabase, type Tx } from '../../src/platform/db'
import { type Keys, openKeys } from '../../src/platform/keys'
import { uuidV7 } from '../../src/platform/uuid'

const branchCode = 'POKAZ'
const visitMinutes = 20

export interface JoinableVisit {
  id: string
  meetingUrl: string
}

/** Visits at the demonstration branch that begin now, each at a desk of its own. */
export async function addJoinableVisits(
  product: { databaseUrl: string; dataFolder: string; url: string },
  count: number,
): Promise<JoinableVisit[]> {
  const keys = await openKeys(join(product.dataFolder, 'keys'))
  const { db, close } = openDatabase(product.databaseUrl, { maxConnections: 1 })
  try {
    const now = new Date()
    const ids = await addVisits(db, keys, now, count)
    return ids.map((id) => ({
      id,
      meetingUrl: visitUrls(product.url, keys, { id, linkVersion: 1, language: 'pl' }).meeting,
    }))
  } finally {
    await close()
  }
}

const addVisits = (db: Db, keys: Keys, now: Date, count: number): Promise<string[]> =>
  inTransaction(db, async (tx) => {
    const branch = await tx
      .selectFrom('branch')
      .select('id')
      .where('code', '=', branchCode)
      .executeTakeFirstOrThrow()
    const topic = await tx.selectFrom('topic').select('id').orderBy('position').executeTakeFirstOrThrow()
    const ids: string[] = []
    for (let n = 1; n <= count; n++)
      ids.push(await addVisit(tx, keys, now, { n, branchId: branch.id, topicId: topic.id }))
    return ids
  })

async function addVisit(
  tx: Tx,
  keys: Keys,
  now: Date,
  { n, branchId, topicId }: { n: number; branchId: number; topicId: number },
): Promise<string> {
  const times = { starts_at: now, ends_at: new Date(now.getTime() + visitMinutes * 60_000) }
  const desk = await tx
    .insertInto('desk')
    .values({ branch_id: branchId, name: `Stanowisko próbne ${n}` })
    .returning('id')
    .executeTakeFirstOrThrow()
  const seat = await tx
    .insertInto('seat')
    .values({ desk_id: desk.id, branch_id: branchId, ...times, state: 'booked' })
    .returning('id')
    .executeTakeFirstOrThrow()

  const id = uuidV7(now)
  const twoDigits = String(n).padStart(2, '0')
  const [phone, email] = [`+486012220${twoDigits}`, `obraz.${n}@example.org`]
  const client = { firstName: 'Halina', lastName: 'Wiśniewska', phone, email, guardian: null }
  await tx
    .insertInto('visit')
    .values({
      id,
      number: `EW-PRBA-00${twoDigits}`,
      seat_id: seat.id,
      branch_id: branchId,
      topic_id: topicId,
      ...times,
      state_changed_at: now,
      language: 'pl',
      client: sealClient(keys, id, client),
      phone_hash: phoneHash(keys, phone),
      email_hash: emailHash(keys, email),
      has_guardian: false,
      recording_consent: true,
      booked_at: now,
    })
    .execute()
  return id
}
