import { beforeEach, describe, expect, test } from 'vitest'
import { invitePerson } from '../../src/staff/people/invite-person'
import { hiddenField } from '../support/authenticator-app'
import { visitDay, visitScene } from '../support/visit-scene'
import { addStaff, get, post, signIn, testPassword } from '../support/visit-server'
import { granted } from '../support/world'

const people = '/pracownik/ustawienia/pracownicy'
const scene = visitScene()
let admin: { id: number; cookie: string }

const administrator = async (branchId: number | null = null) => {
  const person = await addStaff(scene.world, { name: 'Zofia Bąk', role: 'administrator', branchId })
  return { id: person.id, cookie: await signIn(scene.one, person) }
}
beforeEach(async () => {
  // Nobody of an earlier test stands in for the last administrator
  await scene.world.query("update staff set active = false where role = 'administrator'")
  admin = await administrator()
})

const page = (id: number, cookie = admin.cookie) => get(scene.one, `${people}/${id}`, cookie)
const act = (id: number, name: string, cookie = admin.cookie) =>
  post(scene.one, `${people}/${id}/${name}`, {}, { cookie })
const row = async (id: number) =>
  (await scene.world.query<Record<string, unknown>>('select * from staff where id = $1', [id]))[0]
const audited = async (id: number) =>
  (
    await scene.world.query<{ action: string; staff_id: number | null; details: object }>(
      "select action, staff_id, details from audit_entry where subject_kind = 'staff' and subject_id = $1 order by id",
      [String(id)],
    )
  ).filter(({ action }) => action !== 'staff.signed_in')
/** The form of an account, as its page shows it now, with changes. */
const change = async (
  id: number,
  changes: Record<string, string>,
  { cookie = admin.cookie, version = '' } = {},
) => {
  const { body } = await page(id, cookie)
  const fields = {
    wersja: version === '' ? hiddenField(body, 'wersja') : version,
    nazwa: 'Ewa Maj',
    rola: 'officer',
    oddzial: scene.world.branch.code,
    temat: 'benefits',
  }
  return post(scene.one, `${people}/${id}`, { ...fields, ...changes }, { cookie })
}

describe('the list', () => {
  test('finds by part of name or address, role, branch and state, and keeps what was typed', async () => {
    const { id } = await addStaff(scene.world, { name: 'Grażyna Łoś-Nowak' })
    const other = await addStaff(scene.world, { name: 'Inna Osoba', role: 'supervisor' })
    const search = async (fields: Record<string, string>) =>
      (await post(scene.one, people, fields, { cookie: admin.cookie })).body
    for (const fields of [
      { szukaj: 'łoś' },
      { szukaj: 'nowak graż' },
      { szukaj: 'łoś', rola: 'officer', stan: 'active' },
    ]) {
      const body = await search(fields)
      expect(body).toContain(`${people}/${id}`)
      expect(body).not.toContain(`${people}/${other.id}`)
    }
    expect(await search({ szukaj: 'łoś' })).toContain('value="łoś"')
    for (const fields of [
      { szukaj: 'łoś', rola: 'supervisor' },
      { szukaj: 'łoś', stan: 'closed' },
      { szukaj: '%' },
      { szukaj: '_' },
    ])
      expect(await search(fields)).toContain('Nikogo takiego nie ma')
  })

  test('comes page by page', async () => {
    for (let n = 0; n < 51; n++)
      await addStaff(scene.world, { name: `Ktoś ${n}`, branchId: scene.elsewhere().id })
    const there = await administrator(scene.elsewhere().id)
    const first = await get(scene.one, people, there.cookie)
    expect(first.body).toContain('52 konta')
    expect(first.body).toContain('1 / 2')
    expect((await post(scene.one, people, { strona: '2' }, { cookie: there.cookie })).body).toContain('2 / 2')
  })
})

describe('an invitation', () => {
  const typed = (email: string, changes: Record<string, string> = {}) => ({
    nazwa: 'Marta Kos',
    email,
    rola: 'supervisor',
    oddzial: scene.world.branch.code,
    temat: 'benefits',
    ...changes,
  })
  const invite = (fields: Record<string, string>, cookie = admin.cookie) =>
    post(scene.one, `${people}/nowy`, fields, { cookie })

  test('makes an account that has not come yet, and can be sent again', async () => {
    const answer = await invite(typed('Marta.Kos@example.org'))
    const id = Number(/pracownicy\/(\d+)\?/.exec(answer.location ?? '')?.[1])
    expect(await row(id)).toMatchObject({
      email: 'marta.kos@example.org',
      role: 'supervisor',
      password_hash: null,
    })
    expect((await page(id)).body).toContain('Zaproszenie czeka na wysłanie')
    expect((await act(id, 'zaproszenie')).status).toBe(303)
    expect(
      await scene.world.query('select count(*)::int as n from staff_link where staff_id = $1', [id]),
    ).toEqual([{ n: 1 }])
    expect(await audited(id)).toEqual([
      { action: 'staff.invited', staff_id: admin.id, details: { role: 'supervisor' } },
      { action: 'staff.invited', staff_id: admin.id, details: { again: true } },
    ])
    expect((await invite(typed('marta.kos@example.org'))).body).toContain('Ten adres ma już konto')
  })

  test('asks for all that is missing, at its fields, and keeps the rest', async () => {
    const { status, body } = await invite({ nazwa: 'Marta', email: 'marta', rola: 'boss', oddzial: 'XXX' })
    expect(status).toBe(422)
    for (const words of ['Wpisz pełny adres e-mail', 'Wybierz rolę', 'Wybierz oddział'])
      expect(body).toContain(words)
    expect(body).toContain('value="Marta"')
  })

  test('reaches no further than who sends it', async () => {
    const there = await administrator(scene.world.branch.id)
    expect((await invite(typed('w.oddziale@example.org'), there.cookie)).status).toBe(303)
    for (const oddzial of ['*', scene.elsewhere().code])
      expect((await invite(typed('poza@example.org', { oddzial }), there.cookie)).status).toBe(403)
    expect((await get(scene.one, `${people}/nowy`, there.cookie)).body).not.toContain('wszystkie oddziały')
  })
})

describe('an account', () => {
  test('gets another name, role, branch and topics, each written down', async () => {
    const { id } = await addStaff(scene.world)
    const answer = await change(id, {
      nazwa: 'Ewa Nowa',
      rola: 'supervisor',
      oddzial: scene.elsewhere().code,
    })
    expect(answer.location).toBe(`${people}/${id}?zapisano=changed`)
    expect(await row(id)).toMatchObject({
      name: 'Ewa Nowa',
      role: 'supervisor',
      branch_id: scene.elsewhere().id,
    })
    expect((await audited(id)).map(({ action }) => action)).toEqual([
      'staff.renamed',
      'staff.role_changed',
      'staff.branch_changed',
      'staff.topics_changed',
    ])
    expect(JSON.stringify(await audited(id))).not.toMatch(/Nowa|@/)
  })

  test('of another role or branch begins anew: open pages were let in by the rights of before', async () => {
    const ewa = await scene.officer(scene.one)
    const list = scene.live(ewa.cookie)
    await list.next('day')
    await change(ewa.staff.id, { nazwa: 'Ewa Nowa' })
    expect((await get(scene.two, '/pracownik/dzien', ewa.cookie)).status).toBe(200)
    await change(ewa.staff.id, { oddzial: scene.elsewhere().code })
    expect(await list.closed).toBe(4401)
    expect((await get(scene.two, '/pracownik/dzien', ewa.cookie)).status).toBe(303)
  })

  test('is not changed over somebody else’s change', async () => {
    const { id } = await addStaff(scene.world)
    const version = hiddenField((await page(id)).body, 'wersja')
    await change(id, { nazwa: 'Pierwsza' })
    const late = await change(id, { nazwa: 'Druga' }, { version })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Ktoś zmienił to konto przed chwilą')
    expect(late.body).toContain('value="Pierwsza"')
    expect(await row(id)).toMatchObject({ name: 'Pierwsza' })
  })

  test('that is closed loses its sessions and its live list at once, and comes back as it was', async () => {
    const ewa = await scene.officer(scene.one)
    const list = scene.live(ewa.cookie, `oddzial=${scene.world.branch.code}&dzien=${visitDay}`)
    await list.next('day')
    expect((await act(ewa.staff.id, 'zamknij')).status).toBe(303)
    expect(await list.closed).toBe(4401)
    expect((await get(scene.two, '/pracownik/dzien', ewa.cookie)).status).toBe(303)
    expect(
      (await post(scene.one, '/pracownik', { email: ewa.staff.email, password: testPassword })).status,
    ).toBe(422)
    expect((await act(ewa.staff.id, 'zamknij')).body).toContain('Stan tego konta zmienił się przed chwilą')
    expect((await act(ewa.staff.id, 'otworz')).status).toBe(303)
    await signIn(scene.one, ewa.staff)
    expect((await audited(ewa.staff.id)).map(({ action }) => action)).toContain('staff.closed')
  })

  test('is signed out everywhere, and loses a lost second factor', async () => {
    const ewa = await scene.officer(scene.one)
    const another = await signIn(scene.one, ewa.staff)
    expect((await page(ewa.staff.id)).body).toContain('Ta osoba ma 2 otwarte sesje')
    await act(ewa.staff.id, 'wyloguj')
    for (const cookie of [ewa.cookie, another])
      expect((await get(scene.one, '/pracownik/dzien', cookie)).status).toBe(303)
    expect((await act(ewa.staff.id, 'skladniki')).status).toBe(409)
    await scene.world.query("insert into staff_totp values ($1, 'sealed', 0, $2)", [
      ewa.staff.id,
      scene.now(),
    ])
    expect((await act(ewa.staff.id, 'skladniki')).status).toBe(303)
    expect(await scene.world.query('select * from staff_totp where staff_id = $1', [ewa.staff.id])).toEqual(
      [],
    )
    expect(
      await scene.world.query('select kind from staff_mail where staff_id = $1', [ewa.staff.id]),
    ).toEqual([{ kind: 'factors_reset' }])
  })

  test('of the identity provider keeps what the provider says; its topics are ours', async () => {
    const { id } = await addStaff(scene.world)
    await scene.world.query(
      "update staff set identity_hash = 'someone', password_hash = null where id = $1",
      [id],
    )
    expect((await page(id)).body).toContain('podaje system logowania ZUS')
    await change(id, { nazwa: 'Inna', rola: 'administrator', oddzial: '*', temat: 'pensions' })
    expect(await row(id)).toMatchObject({ name: 'Ewa Maj', role: 'officer' })
    expect((await audited(id)).map(({ action }) => action)).toEqual(['staff.topics_changed'])
  })
})

describe('the last administrator', () => {
  test('cannot go: neither be closed, nor take another role, nor only a branch', async () => {
    const refusals = [
      await act(admin.id, 'zamknij'),
      await change(admin.id, { nazwa: 'Zofia', rola: 'inspector', oddzial: '*' }),
      await change(admin.id, { nazwa: 'Zofia', rola: 'administrator' }),
    ]
    for (const { status, body } of refusals) {
      expect(status).toBe(409)
      expect(body).toContain('To jedyny czynny administrator')
    }
    expect(await row(admin.id)).toMatchObject({ role: 'administrator', branch_id: null, active: true })
    expect(
      (await change(admin.id, { nazwa: 'Zofia Bąk-Nowa', rola: 'administrator', oddzial: '*' })).status,
    ).toBe(303)
  })

  test('is not one who was only invited, or has one branch alone', async () => {
    const invited = await invitePerson(scene.world.db, {
      ...{ by: null, email: 'nowy.admin@example.org', name: 'Nowy', role: 'administrator', branchId: null },
      ...{ topicIds: [], now: scene.now() },
    })
    await administrator(scene.world.branch.id)
    expect((await act(admin.id, 'zamknij')).status).toBe(409)
    await scene.world.query('update staff set password_hash = $1 where id = $2', [
      'x',
      granted(invited).staffId,
    ])
    expect((await act(admin.id, 'zamknij')).status).toBe(303)
  })

  test('stays, when two take the role from each other at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const other = await administrator()
      const answers = await Promise.all([act(other.id, 'zamknij'), act(admin.id, 'zamknij', other.cookie)])
      const left = await scene.world.query("select id from staff where role = 'administrator' and active")
      expect(left).toHaveLength(1)
      expect(answers.filter(({ status }) => status === 303)).not.toHaveLength(0)
      if (left[0] && (left[0] as { id: number }).id !== admin.id) admin = other
    }
  })
})

test('an administrator of one branch sees and changes nobody beyond it', async () => {
  const there = await administrator(scene.elsewhere().id)
  const here = await addStaff(scene.world)
  expect((await get(scene.one, people, there.cookie)).body).not.toContain(`${people}/${here.id}`)
  expect((await page(here.id, there.cookie)).status).toBe(403)
  for (const name of ['zamknij', 'otworz', 'skladniki', 'wyloguj', 'zaproszenie'])
    expect((await act(here.id, name, there.cookie)).status).toBe(403)
  const own = await addStaff(scene.world, { branchId: scene.elsewhere().id })
  for (const oddzial of ['*', scene.world.branch.code])
    expect((await change(own.id, { oddzial }, { cookie: there.cookie })).status).toBe(403)
  expect(await row(own.id)).toMatchObject({ branch_id: scene.elsewhere().id })
  expect((await page(99_999_999)).status).toBe(403)
  expect((await get(scene.one, `${people}/x`, admin.cookie)).status).toBe(404)
})
