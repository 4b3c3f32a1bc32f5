import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { loadDirectory } from '../../src/institution/directory'
import { generateSeats } from '../../src/institution/generate-seats'
import { loadInstitution } from '../../src/institution/load-institution'
import { readInstitutionData } from '../../src/institution/read-institution-data'
import { migrate } from '../../src/platform/migrate'
import { testDay, testTime } from '../support/fake-clock'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
})
afterEach(() => database.drop())

const query = async <Row>(text: string) => (await database.pool.query(text)).rows as Row[]
const count = async (condition = 'true') =>
  (await query<{ n: number }>(`select count(*) as n from seat where ${condition}`))[0]?.n ?? 0
const generate = (changes: Partial<Parameters<typeof generateSeats>[1]> = {}) =>
  generateSeats(database.db, {
    from: testDay,
    days: 60,
    now: testTime,
    timeZone: 'Europe/Warsaw',
    ...changes,
  })
const dayIs = (day: string) => `(starts_at at time zone 'Europe/Warsaw')::date = '${day}'`

describe('the seats of the horizon', () => {
  test('are twelve a desk and working day, none on a holiday', async () => {
    expect(await count(dayIs('2026-12-29'))).toBe(43 * 3 * 12)
    for (const day of ['2026-12-24', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'])
      expect(await count(dayIs(day))).toBe(0)
  })

  test('are all there: making them again adds nothing', async () => {
    expect(await generate()).toBe(0)
  })

  test('are made once when two processes make them at the same moment', async () => {
    await query('delete from seat')
    const [one, other] = await Promise.all([generate({ days: 7 }), generate({ days: 7 })])
    expect([one, other].sort((a, b) => a - b)).toEqual([0, await count()])
  })

  test('gain the day that the horizon gains', async () => {
    expect(await generate({ from: '2026-12-22' })).toBe(43 * 3 * 12)
    expect(await count(dayIs('2027-02-19'))).toBe(43 * 3 * 12)
  })

  test('leave out closures of one branch and of all', async () => {
    await query('delete from seat')
    await query(`insert into closure (branch_id, first_day, last_day, reason)
      select id, '2026-12-29', '2026-12-29', 'inwentaryzacja' from branch where code = 'WAW3'`)
    await query(
      `insert into closure (first_day, last_day, reason) values ('2026-12-30', '2026-12-30', 'awaria')`,
    )
    await generate({ days: 14 })
    expect(await count(dayIs('2026-12-29'))).toBe(42 * 3 * 12)
    expect(await count(dayIs('2026-12-30'))).toBe(0)
  })

  test('are made on holidays for a window that says so', async () => {
    await query(`update desk_window set on_holidays = true where weekday = 5
      and desk_id = (select min(id) from desk)`)
    expect(await generate()).toBeGreaterThan(0)
    expect(await count(dayIs('2026-12-25'))).toBe(12)
  })

  test('are not made for closed desks and branches', async () => {
    await query('delete from seat')
    await query(`update desk set active = false where name = 'Stanowisko 2'`)
    await query(`update branch set active = false where code = 'WAW3'`)
    expect(await generate({ days: 1 })).toBe(42 * 2 * 11)
  })

  test('follow a changed schedule around what is booked, which stays', async () => {
    const [booked] = await query<{ id: number }>(`update seat set state = 'booked'
      where id = (select min(id) from seat where ${dayIs('2026-12-29')}) returning id`)
    await query(`delete from seat where state = 'free' and ${dayIs('2026-12-29')}`)
    await query(`update desk_window set opens = '09:10'`)
    await generate({ from: '2026-12-29', days: 1 })
    expect(await query(`select id from seat where state = 'booked'`)).toEqual([booked])
    // 09:10 overlaps the booked 09:00 to 09:20 of that desk; the other desks have it
    expect(await count(`starts_at = '2026-12-29T08:10:00Z'`)).toBe(43 * 3 - 1)
  })
})

describe('an institution', () => {
  test('is loaded into an empty database once, also when two processes start at the same moment', async () => {
    const empty = await createTestDatabase(inject('postgresUrl'), { empty: true })
    try {
      await expect(loadDirectory(empty.db)).rejects.toThrow()
      await migrate(empty.db, 'migrations')
      await expect(loadDirectory(empty.db)).rejects.toThrow('holds no institution')
      const data = await readInstitutionData('data/zus')
      const answers = await Promise.all([1, 2].map(() => loadInstitution(empty.db, data, testDay)))
      expect(answers).toContainEqual({ ok: true })
      expect(answers).toContainEqual({ ok: false, reason: 'exists' })
      const directory = await loadDirectory(empty.db)
      expect(directory.branches).toHaveLength(data.branches.length)
    } finally {
      await empty.drop()
    }
  })

  test('is known with its branches in Polish order, its topics, and the branch of a postal code', async () => {
    const directory = await loadDirectory(database.db)
    expect(directory.topics.map(({ code }) => code)).toEqual([
      'benefits',
      'pensions',
      'business',
      'profile',
      'relief',
      'abroad',
    ])
    const cities = directory.branches.map(({ city }) => city)
    expect(cities.indexOf('Łódź')).toBeGreaterThan(cities.indexOf('Lublin'))
    expect(cities.indexOf('Łódź')).toBeLessThan(cities.indexOf('Nowy Sącz'))
    expect(directory.branchForPostalCode('02758')?.code).toBe('WAW3')
    expect(directory.branchForPostalCode('79000')).toBeUndefined()
    expect(directory.branchByCode('WAW3')?.address).toBeTruthy()
  })

  test('has its legal texts with every placeholder filled, and keeps older versions readable', async () => {
    const directory = await loadDirectory(database.db)
    await query(`insert into legal_text values
      ('privacy', '2027-1', 'pl', 'nowa', '2027-01-01'), ('privacy', '2027-2', 'pl', 'przyszła', '2027-02-01')`)
    expect(directory.currentLegalText('privacy', 'pl', '2027-01-31').version).toBe('2026-1')
    await directory.refresh()
    expect(directory.currentLegalText('privacy', 'pl', '2026-12-31').version).toBe('2026-1')
    expect(directory.currentLegalText('privacy', 'pl', '2027-01-31').version).toBe('2027-1')
    expect(directory.currentLegalText('privacy', 'pl', '2027-02-01').version).toBe('2027-2')
    expect(directory.legalText('privacy', '2026-1', 'uk')?.body).not.toMatch(/\{\w+\}/)
    expect(() => directory.currentLegalText('rules', 'pl', '2025-12-31')).toThrow()
  })
})
