import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { cutAudit } from '../../src/audit/audit-cut'
import { appendAudit } from '../../src/audit/append-audit'
import type { AuditFact } from '../../src/audit/audit-action'
import { keepEnd, readKeptEnd } from '../../src/audit/kept-end'
import { sealAudit } from '../../src/audit/seal-audit'
import { verifyAudit } from '../../src/audit/verify-audit'
import { inTransaction } from '../../src/platform/db'
import { type Keys, randomKeys } from '../../src/platform/keys'
import { testTime } from '../support/fake-clock'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let database: TestDatabase
let keys: Keys
beforeEach(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  keys = randomKeys()
})
afterEach(() => database.drop())

const fact = (n: number): AuditFact => ({
  at: new Date(testTime.getTime() + n * 1000),
  actor: n % 3 === 0 ? { kind: 'client' } : { kind: 'staff', staffId: n },
  action: n % 2 === 0 ? 'visit.called_in' : 'visit.ended',
  subject: { kind: 'visit', id: `visit-${n}` },
  branchId: 1,
  details: { z: n, a: 'code', nothing: null },
})
const append = async (count: number) => {
  for (let n = 0; n < count; n++) await appendAudit(database.db, fact(n))
}
/** What somebody with all rights over the database does. */
const pastTheGuard = async (sql: string) => {
  await database.pool.query(`
    alter table audit_entry disable trigger user; alter table audit_seal disable trigger user;
    alter table audit_seal drop constraint if exists audit_seal_entry_id_fkey;
    ${sql}`)
}
const verify = async (kept?: Awaited<ReturnType<typeof sealAudit>>) => verifyAudit(database.db, keys, kept)

describe('the audit record', () => {
  test('is whole after many entries from many processes at once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => append(40).then(() => sealAudit(database.db, keys))))
    await sealAudit(database.db, keys)
    expect(await verify()).toEqual({ verified: 320, unsealed: 0 })
  })

  test('lets nobody change, remove or empty anything', async () => {
    await append(3)
    await sealAudit(database.db, keys)
    for (const sql of [
      `update audit_entry set action = 'visit.called_in'`,
      `delete from audit_entry`,
      `truncate audit_entry cascade`,
      `update audit_seal set seal = ''`,
      `delete from audit_seal`,
      `truncate audit_seal`,
    ])
      await expect(database.pool.query(sql), sql).rejects.toThrow('is append-only')
  })

  test('holds what a transaction did only if it did it', async () => {
    const undone = inTransaction(database.db, async (tx) => {
      await appendAudit(tx, fact(1))
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    expect(await verify()).toEqual({ verified: 0, unsealed: 0 })
  })

  test('seals an entry whose transaction ended after later ones were sealed', async () => {
    const finish = Promise.withResolvers<undefined>()
    const begun = Promise.withResolvers<undefined>()
    const slow = inTransaction(database.db, async (tx) => {
      await appendAudit(tx, fact(1))
      begun.resolve(undefined)
      await finish.promise
    })
    await begun.promise
    await append(2)
    await sealAudit(database.db, keys)
    finish.resolve(undefined)
    await slow
    expect(await verify()).toEqual({ verified: 2, unsealed: 1 })
    await sealAudit(database.db, keys)
    expect(await verify()).toEqual({ verified: 3, unsealed: 0 })
  })
})

describe('somebody who goes past the tables finds no way that does not show', () => {
  const columns = {
    at: `at + interval '1 second'`,
    actor: `case when actor = 'client' then 'system' else actor end`,
    staff_id: 'staff_id + 1',
    action: `'audit.searched'`,
    subject_kind: `'recording'`,
    subject_id: `'another'`,
    branch_id: '2',
    details: `details || '{"a": "other"}'`,
  }

  test.each(Object.entries(columns))('changing %s', async (column, value) => {
    await append(6)
    await sealAudit(database.db, keys)
    const changed = column === 'actor' ? 4 : 3
    await pastTheGuard(`update audit_entry set ${column} = ${value} where id = ${changed}`)
    expect(await verify()).toMatchObject({ broken: { position: changed, why: 'entry_changed' } })
  })

  test('removing an entry, a seal, or both', async () => {
    await append(6)
    await sealAudit(database.db, keys)
    await pastTheGuard(`delete from audit_entry where id = 4`)
    expect(await verify()).toMatchObject({ broken: { position: 4, why: 'entry_missing' } })
    await database.pool.query(`delete from audit_seal where position = 4`)
    expect(await verify()).toMatchObject({ broken: { position: 4, why: 'seal_missing' } })
    await database.pool.query(`update audit_seal set position = position - 1 where position > 4`)
    expect(await verify()).toMatchObject({ broken: { position: 4, why: 'entry_changed' } })
  })

  test('cutting off the end, which is kept outside the database too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-audit-'))
    try {
      expect(await readKeptEnd(folder)).toBeUndefined()
      await append(6)
      const end = await sealAudit(database.db, keys)
      if (!end) throw new Error('nothing was sealed')
      await keepEnd(folder, end)
      await pastTheGuard(`delete from audit_seal where position > 3; delete from audit_entry where id > 3`)
      expect(await verify()).toEqual({ verified: 3, unsealed: 0 })
      expect(await verifyAudit(database.db, keys, await readKeptEnd(folder))).toMatchObject({
        broken: { position: 4, why: 'end_missing' },
      })
      await writeFile(join(folder, 'audit', 'end.json'), '{"position": 0}')
      await expect(readKeptEnd(folder)).rejects.toThrow()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('writing the chain anew without the key', async () => {
    await append(4)
    await sealAudit(database.db, keys)
    await pastTheGuard(`delete from audit_seal; update audit_entry set subject_id = 'other' where id = 2`)
    await sealAudit(database.db, randomKeys())
    expect(await verify()).toMatchObject({ broken: { position: 1, why: 'entry_changed' } })
  })

  test('any single byte of any seal', async () => {
    await append(5)
    await sealAudit(database.db, keys)
    await pastTheGuard('select 1')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 255 }), async (at, bit) => {
        const flip = `update audit_seal set seal = set_bit(seal, ${bit}, 1 - get_bit(seal, ${bit})) where position = ${at}`
        await database.pool.query(flip)
        expect(await verify()).toMatchObject({ broken: { position: at } })
        await database.pool.query(flip)
      }),
      { numRuns: 25 },
    )
    expect(await verify()).toEqual({ verified: 5, unsealed: 0 })
  })
})

describe('a record whose beginning was kept long enough', () => {
  const before = (n: number) => new Date(testTime.getTime() + n * 1000)
  const cut = (n: number) => cutAudit(database.db, keys, { before: before(n), now: testTime })

  test('is cut there, and still shows whatever is done to what is left', async () => {
    await append(10)
    const end = await sealAudit(database.db, keys)
    expect(await cut(4)).toBe(4)
    expect(await verify(end)).toEqual({ verified: 6, unsealed: 0 })
    expect(await cut(4)).toBe(0)
    await append(2)
    await sealAudit(database.db, keys)
    expect(await verify(end)).toEqual({ verified: 8, unsealed: 0 })
    await expect(database.pool.query('delete from audit_entry')).rejects.toThrow('append-only')
    expect(await cut(7)).toBe(3)
    // The last entry stays, whatever its age: the chain goes on from it
    expect(await cut(1_000_000)).toBe(4)
    expect(await verify()).toEqual({ verified: 1, unsealed: 0 })
    await pastTheGuard(`update audit_entry set branch_id = 2`)
    expect(await verify()).toMatchObject({ broken: { why: 'entry_changed' } })
  })

  test('is not cut where somebody changed it, nor is a cut believed that nobody with the keys made', async () => {
    await append(10)
    await sealAudit(database.db, keys)
    await pastTheGuard(
      `update audit_entry set staff_id = 99, actor = 'staff' where id = (select min(id) + 2 from audit_entry)`,
    )
    expect(await cut(8)).toBe(2)
    expect(await cut(8)).toBe(0)
    expect(await verify()).toMatchObject({ broken: { position: 3, why: 'entry_changed' } })
    await pastTheGuard(`
      update audit_cut set position = 5, seal = (select seal from audit_seal where position = 5);
      delete from audit_seal where position <= 5`)
    expect(await verify()).toMatchObject({ broken: { why: 'cut_forged' } })
    await pastTheGuard('delete from audit_cut')
    expect(await verify()).toMatchObject({ broken: { position: 1, why: 'seal_missing' } })
  })
})
