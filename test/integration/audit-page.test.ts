import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { entriesPerPage } from '../../src/administration/audit/search-audit'
import { appendAudit } from '../../src/audit/append-audit'
import { carryOutVerification } from '../../src/audit/carry-out-verification'
import { keepEnd } from '../../src/audit/kept-end'
import { sealAudit } from '../../src/audit/seal-audit'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { moveVisit } from '../../src/booking/move-visit'
import { visitDay, visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'

const scene = visitScene()
const path = '/pracownik/dziennik'
const inspector = () => scene.officer(scene.one, { role: 'inspector', branchId: null })
const actionsOf = (id: string) =>
  scene.world.query<{ actor: string; action: string }>(
    'select actor, action from audit_entry where subject_id = $1 order by id',
    [id],
  )

describe('who sees the record', () => {
  test.each(['officer', 'supervisor', 'administrator'] as const)('not the role %s', async (role) => {
    const { cookie } = await scene.officer(scene.one, { role })
    expect((await get(scene.one, path, cookie)).status).toBe(403)
    for (const act of ['plik', 'sprawdz'])
      expect((await post(scene.one, `${path}/${act}`, { format: 'csv' }, { cookie })).status, act).toBe(403)
  })

  test('not somebody who is not signed in', async () => {
    expect((await get(scene.one, path)).status).toBe(303)
    expect((await post(scene.one, `${path}/plik`, { format: 'csv' })).status).toBe(303)
  })

  test('an inspector of one branch only what belongs to it', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'inspector' })
    const other = scene.elsewhere()
    for (const branch of [scene.world.branch, other])
      await appendAudit(scene.world.db, {
        ...{ at: scene.now(), actor: { kind: 'system' }, action: 'visit.missed', branchId: branch.id },
        subject: { kind: 'visit', id: `at ${branch.code}` },
      })
    const { body } = await post(scene.one, `${path}/plik`, { format: 'jsonl' }, { cookie })
    expect(body).toContain(`at ${scene.world.branch.code}`)
    expect(body).not.toContain(`at ${other.code}`)
    expect((await get(scene.one, `${path}?oddzial=${other.code}`, cookie)).status).toBe(400)
  })
})

describe('what is written down', () => {
  test('of a visit: the client books and moves it, staff see it, the client cancels it', async () => {
    const visit = await scene.bookAt('09:00')
    const { db, keys, queue, bus, directory } = scene.world
    const { settings } = directory.institution
    const parts = { visitId: visit.id, now: scene.now(), keys, settings, queue, bus }
    await moveVisit(db, { ...parts, startsAt: scene.at('10:15') })
    const officer = await scene.officer(scene.one)
    await get(scene.one, `/pracownik/dzien?dzien=${visitDay}`, officer.cookie)
    await get(scene.one, `/pracownik/wizyta/${visit.id}`, officer.cookie)
    await cancelVisit(db, { ...parts, by: 'client' })
    expect(await actionsOf(visit.id)).toEqual([
      { actor: 'client', action: 'visit.booked' },
      { actor: 'client', action: 'visit.moved' },
      { actor: 'staff', action: 'visit.opened' },
      { actor: 'client', action: 'visit.cancelled' },
    ])

    const { cookie } = await inspector()
    const { body } = await get(scene.one, `${path}?wizyta=${visit.number}`, cookie)
    for (const words of [
      'Umówiono wizytę',
      'Przeniesiono wizytę',
      'Otwarto kartę wizyty',
      'Anulowano wizytę',
    ])
      expect(body).toContain(words)
    // The list on which it stood was seen, too; and no name of a client is anywhere
    expect(body).toContain('lista dnia 29.12.2026')
    expect(body).not.toContain('Halina')
    // That somebody looked is in the register from now on
    expect((await actionsOf(visit.id)).at(-1)).toEqual({ actor: 'staff', action: 'audit.searched' })
  })

  test('of a booking that failed: nothing', async () => {
    const before = await scene.world.query<{ n: number }>(
      "select count(*)::int as n from audit_entry where action = 'visit.booked'",
    )
    await scene.bookAt('09:00', { owner: 'somebody' })
    await expect(
      scene.bookAt('09:00', { owner: 'other' }).then(() => scene.bookAt('09:00', { owner: 'third' })),
    ).rejects.toThrow()
    const after = await scene.world.query<{ n: number }>(
      "select count(*)::int as n from audit_entry where action = 'visit.booked'",
    )
    const visits = await scene.world.query('select 1 from visit')
    expect((after[0]?.n ?? 0) - (before[0]?.n ?? 0)).toBe(visits.length)
  })
})

describe('the search', () => {
  const addMany = async (from: number, count: number) => {
    for (let n = from; n < from + count; n++)
      await appendAudit(scene.world.db, {
        // Several at the same instant: the id decides
        at: new Date(scene.at('12:00').getTime() + Math.floor(n / 7) * 1000),
        actor: { kind: 'client' },
        action: 'visit.arrived',
        subject: { kind: 'thing', id: `many-${n}` },
      })
  }

  test('leads through all entries by key, none twice and none left out, though new ones come', async () => {
    const { cookie } = await inspector()
    await addMany(0, 2 * entriesPerPage + 20)
    const seen: string[] = []
    let address: string | undefined = `${path}?co=visit.arrived&osoba=klient&od=${visitDay}&do=${visitDay}`
    while (address !== undefined) {
      const { status, body } = await get(scene.one, address, cookie)
      expect(status).toBe(200)
      seen.push(...[...body.matchAll(/many-\d+/g)].map(([id]) => id))
      await addMany(500 + seen.length, 1)
      address = /href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll('&amp;', '&')
    }
    const old = seen.filter((id, index) => seen.indexOf(id) === index)
    expect(old).toEqual(seen)
    expect(seen.length).toBe(2 * entriesPerPage + 20)
  })

  test.each(['osoba=abc', 'co=nothing', 'oddzial=NOWHERE', 'przed=x', 'osoba=-1'])(
    'refuses %s',
    async (query) => {
      const { cookie } = await inspector()
      expect((await get(scene.one, `${path}?${query}`, cookie)).status).toBe(400)
    },
  )

  test.each(['wizyta=byle', 'wizyta=EW-2222-2222', 'od=2026-12-29&do=2026-12-01', 'od=2026-02-30'])(
    'says what is wrong with %s',
    async (query) => {
      const { cookie } = await inspector()
      const { status, body } = await get(scene.one, `${path}?${query}`, cookie)
      expect(status).toBe(422)
      expect(body).toContain('role="alert"')
    },
  )
})

test('what an entry is about has its name on the page and in the file, and its number when it is gone', async () => {
  const { cookie } = await inspector()
  const { db, branch } = scene.world
  const topic = scene.world.topic('benefits')
  const desk = await db
    .selectFrom('desk')
    .select(['id', 'name'])
    .where('branch_id', '=', branch.id)
    .executeTakeFirstOrThrow()
  const endpoint = crypto.randomUUID()
  await scene.world.query(
    "insert into webhook_endpoint (id, url, description, kinds, secret, created_at) values ($1, 'https://example.pl', 'Rejestr wniosków', '{application}', '', $2)",
    [endpoint, scene.now()],
  )
  const about = (kind: string, id: string | number) =>
    appendAudit(db, {
      ...{ at: scene.now(), actor: { kind: 'system' }, action: 'endpoint.changed' },
      subject: { kind, id: String(id) },
    })
  await about('topic', topic.id)
  await about('topic', 999999)
  await about('branch', branch.id)
  await about('desk', desk.id)
  await about('endpoint', endpoint)
  await about('certificate_kind', scene.world.directory.certificateKinds[0]?.code ?? '')
  const page = await get(scene.one, `${path}?co=endpoint.changed`, cookie)
  const file = await post(scene.one, `${path}/plik`, { format: 'csv', co: 'endpoint.changed' }, { cookie })
  for (const { body } of [page, file])
    for (const words of [
      `temat: ${topic.texts.pl.name}`,
      'temat 999999',
      `oddział: ${branch.name}`,
      `stanowisko: ${desk.name}`,
      'system: Rejestr wniosków',
      `zaświadczenie: ${scene.world.directory.certificateKinds[0]?.texts.pl ?? ''}`,
    ])
      expect(body).toContain(words)
})

test('a file holds every entry, is harmless in a spreadsheet, and is written down itself', async () => {
  const { cookie } = await inspector()
  await appendAudit(scene.world.db, {
    ...{ at: scene.now(), actor: { kind: 'client' }, action: 'visit.arrived' },
    subject: { kind: '=HYPERLINK("x")', id: '7' },
  })
  const rows = await scene.world.query<{ n: number }>('select count(*)::int as n from audit_entry')
  const csv = await post(scene.one, `${path}/plik`, { format: 'csv' }, { cookie })
  expect(csv.body.trim().split('\r\n')).toHaveLength((rows[0]?.n ?? 0) + 2)
  expect(csv.body).toContain(`"'=HYPERLINK(""x"") 7"`)
  expect(csv.body).toContain('Pobrano dziennik zdarzeń')
  expect((await post(scene.one, `${path}/plik`, { format: 'exe' }, { cookie })).status).toBe(400)
})

test('the state of the chain is shown, and a verification asked for is carried out once', async () => {
  const { db, keys } = scene.world
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-audit-page-'))
  const carryOut = () => carryOutVerification(db, { keys, dataFolder: folder, now: () => scene.now() })
  const verifications = async () =>
    (await scene.world.query("select 1 from audit_entry where action = 'audit.verified'")).length
  try {
    const { cookie } = await inspector()
    const page = async () => (await get(scene.one, path, cookie)).body
    await carryOut()
    expect(await verifications()).toBe(0)
    const end = await sealAudit(db, keys)
    if (end) await keepEnd(folder, end)
    await post(scene.one, `${path}/sprawdz`, {}, { cookie })
    await post(scene.one, `${path}/sprawdz`, {}, { cookie })
    expect(await page()).toContain('Sprawdzenie zlecone')
    await Promise.all([carryOut(), carryOut()])
    await carryOut()
    expect(await verifications()).toBe(1)
    expect(await page()).toContain('Dziennik jest cały')

    // Somebody with all rights over the database
    await scene.world.query(`alter table audit_entry disable trigger user;
      update audit_entry set branch_id = null, action = 'visit.missed' where id = (select entry_id from audit_seal where position = 2);
      alter table audit_entry enable trigger user`)
    scene.world.clock.advance({ minutes: 1 })
    await post(scene.one, `${path}/sprawdz`, {}, { cookie })
    await carryOut()
    const broken = await page()
    expect(broken).toContain('Ktoś naruszył dziennik na pozycji 2.')
    expect(broken).toContain('role="alert"')
  } finally {
    await rm(folder, { recursive: true })
  }
})
