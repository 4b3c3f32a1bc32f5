import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, inject, test } from 'vitest'
import { type DataClass, dataClasses } from '../../src/institution/kept-days'
import { rotateKeys } from '../../src/main/rotate-keys'
import { unsealClient } from '../../src/message/sealed-client'
import { openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { applyRetention } from '../../src/privacy/apply-retention'
import { countDue } from '../../src/privacy/count-due'
import { openPerson } from '../../src/privacy/open-person'
import { otherBytes, sealedColumns } from '../../src/privacy/sealed-columns'
import { dumpOf, readable } from '../support/database-dump'
import { marked, markedLeftovers, markedVisit, marks } from '../support/marked-visit'
import { addVisits } from '../support/sample-visits'
import { createTestDatabase } from '../support/template-database'
import { visitScene } from '../support/visit-scene'
import { granted } from '../support/world'

const scene = visitScene()
const log = createLogger('silent')

const retain = (classes?: readonly DataClass[]) =>
  applyRetention(
    scene.world.db,
    { ...scene.world.parts(), keptDays: scene.world.parts().settings.keptDays, log },
    classes,
  )
const days = (count: number) => scene.world.clock.advance({ minutes: count * 24 * 60 })
const due = () =>
  countDue(scene.world.db, { now: scene.now(), keptDays: scene.world.parts().settings.keptDays })
const countOf = async (from: string) =>
  (await scene.world.query<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n

describe('a dump of the database', () => {
  test('reveals no name, phone, e-mail or word of anybody, whatever the person did', async () => {
    await markedVisit(scene)
    await markedLeftovers(scene)
    const inspector = await scene.officer(scene.one, { role: 'inspector', branchId: null })
    const search = { staff: inspector.staff, typed: marked.email, now: scene.now(), keys: scene.world.keys }
    granted(await openPerson(scene.world.db, { ...search, reason: 'Słowosprawy 12/2026' }))
    const dump = await dumpOf(scene.world)
    // It is looked through rightly: what is in clear is found
    expect(readable(dump, ['Ewa Maj', 'brak-zaleglosci']).length).toBeGreaterThan(2)
    expect(dump.length).toBeGreaterThan(500)
    expect(readable(dump, marks)).toEqual([])
    // The hashes that find a person are keyed: nobody finds one by trying phones
    const guesses = ['sha1', 'sha256', 'sha512', 'md5'].flatMap((kind) =>
      [marked.phone, marked.email].map((known) => createHash(kind).update(known).digest('hex')),
    )
    expect(readable(dump, guesses)).toEqual([])
  })

  test('holds no bytes of which it is not known under which key they are', async () => {
    const columns = await scene.world.query<{ name: string }>(`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea' order by 1`)
    const known = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...otherBytes]
    expect(columns.map(({ name }) => name)).toEqual([...known].sort())
  })
})

test('a new master key takes everything with it: nothing is left under the old one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-rotation-'))
  const database = await createTestDatabase(inject('postgresUrl'))
  try {
    const { db, pool } = database
    const keys = await openKeys(folder)
    const wanted = Array.from({ length: 230 }, (_, n) => ({
      startsAt: scene.now(),
      email: `osoba.${n}@example.org`,
    }))
    const visits = await addVisits(db, keys, scene.now(), wanted)
    const [first] = visits
    if (!first) throw new Error('No visit')
    const words = keys.seal('grypa', `message.reason:${first.id}`).toString('base64')
    await pool.query(
      `insert into message (id, visit_id, kind, channel, schedule_version, details, due_at, useless_after, created_at)
       values (gen_random_uuid(), $1, 'cancelled_by_institution', 'email', 1, $2, now(), now(), now())`,
      [first.id, JSON.stringify({ by: 'institution', words })],
    )
    expect(await rotateKeys(db, folder)).toEqual({ added: 2, rewrapped: 0, resealed: 231 })
    const after = await openKeys(folder)
    const rows = await db.selectFrom('visit').select(['id', 'client']).execute()
    expect(rows.filter(({ client }) => client?.[0] !== 2)).toEqual([])
    const row = rows.find(({ id }) => id === first.id)
    expect(unsealClient(after, first.id, row?.client ?? null).email).toBe('osoba.0@example.org')
    const message = await db.selectFrom('message').select('details').executeTakeFirstOrThrow()
    const { words: fresh } = message.details as { words: string }
    expect(after.unseal(Buffer.from(fresh, 'base64'), `message.reason:${first.id}`)).toBe('grypa')
    // One that was cut short is finished, before another key is made
    await db
      .updateTable('visit')
      .set({ client: keys.seal('{}', `visit.client:${first.id}`) })
      .where('id', '=', first.id)
      .execute()
    expect(await rotateKeys(db, folder)).toEqual({ added: undefined, rewrapped: 0, resealed: 1 })
  } finally {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
})

describe('what has been kept long enough', () => {
  test('leaves class by class; at the end the visit is a fact without a person', async () => {
    const { id } = await markedVisit(scene)
    await markedLeftovers(scene)
    const facts = async () => {
      const { state, starts_at, ends_at, topic_id, branch_id, number, booked_at } = await scene.visitRow(id)
      return { state, starts_at, ends_at, topic_id, branch_id, number, booked_at }
    }
    const before = await facts()
    await retain()
    expect(await countOf('chat_message')).toBe(1)

    days(2)
    expect((await due()).hold).toBe(3)
    await retain(['hold'])
    expect(await countOf('hold')).toBe(0)

    days(90)
    expect(await due()).toMatchObject({ deviceCheck: 1, chat: 0, visit: 0 })
    await retain()
    expect(await countOf('device_check')).toBe(0)
    expect(await countOf('chat_message')).toBe(1)
    expect((await scene.visitRow(id)).phone_hash).not.toBeNull()

    days(280)
    expect(await due()).toMatchObject({ contact: 2, chat: 1, notes: 1, ratingComment: 1, visit: 0 })
    await retain()
    const row = await scene.visitRow(id)
    expect([row.phone_hash, row.email_hash, row.staff_note]).toEqual([null, null, null])
    expect(unsealClient(scene.world.keys, id, row.client)).toEqual({
      ...marked,
      phone: '',
      email: '',
      language: undefined,
    })
    expect([await countOf('chat_message'), await countOf('message')]).toEqual([0, 0])
    expect(await countOf('rating where comment is not null')).toBe(0)
    expect(await countOf('rating')).toBe(1)

    days(1500)
    // The recording has a time of its own, and what it belongs to waits for it
    await scene.world.query("update backoffice_entry set state = 'taken', taken_at = $1", [scene.now()])
    expect((await due()).visit).toBe(1)
    await retain()
    expect((await scene.visitRow(id)).client).not.toBeNull()
    await scene.world.query("update recording set state = 'erased', wrapped_key = null")
    await retain()
    expect(await scene.visitRow(id)).toMatchObject({ client: null, closing_note: null, interpreter: null })
    expect(await facts()).toEqual(before)
    expect(readable(await dumpOf(scene.world), marks)).toEqual([])
    expect(await countOf('application where purpose is not null')).toBe(0)
    expect(await countOf('consent')).toBeGreaterThan(0)
    const runs = await scene.world.query<{ data_class: string }>(
      'select data_class from retention_run where finished_at is not null order by 1',
    )
    expect(runs.map(({ data_class }) => data_class)).toEqual([...dataClasses].sort())
  })

  test('stays while somebody stopped the erasure of its recording, and while another system was not told', async () => {
    const { id } = await markedVisit(scene)
    await scene.world.query("update recording set held_at = $1, hold_reason = ''", [scene.now()])
    days(4000)
    await retain()
    expect(await countOf('chat_message')).toBe(1)
    expect(await countOf('device_check')).toBe(1)
    expect((await scene.visitRow(id)).phone_hash).not.toBeNull()
    await scene.world.query(
      "update recording set held_at = null, hold_reason = null, state = 'erased', wrapped_key = null",
    )
    await retain()
    expect(await countOf('chat_message')).toBe(0)
    expect((await scene.visitRow(id)).client).not.toBeNull()
    await scene.world.query("update backoffice_entry set state = 'taken', taken_at = $1", [scene.now()])
    await retain()
    expect((await scene.visitRow(id)).client).toBeNull()
  })

  test('goes in batches, and a run that failed half-way is taken up by the next', async () => {
    const { db, keys } = scene.world
    const wanted = Array.from({ length: 450 }, (_, n) => ({
      startsAt: scene.now(),
      email: `osoba.${n}@example.org`,
    }))
    await addVisits(db, keys, scene.now(), wanted)
    await scene.world.query("update visit set state = 'completed'")
    days(2000)
    let published = 0
    const { bus } = scene.world
    const failing = {
      ...bus,
      publish: (...notice: Parameters<typeof bus.publish>) => {
        if (++published > 300) throw new Error('killed')
        return bus.publish(...notice)
      },
    }
    const parts = { ...scene.world.parts(), keptDays: scene.world.parts().settings.keptDays, log }
    await applyRetention(db, { ...parts, bus: failing }, ['visit'])
    const left = await countOf('visit where client is not null')
    expect(left).toBe(300)
    expect(await countOf('retention_run where finished_at is null')).toBe(1)
    await retain(['visit'])
    expect(await countOf('visit where client is not null')).toBe(0)
    expect(await scene.world.query("select erased from retention_run where data_class = 'visit'")).toEqual([
      { erased: 300 },
    ])
  })
})
