import { describe, expect, test } from 'vitest'
import type { StaffRole } from '../../src/staff/staff'
import { carryOutErasures } from '../../src/privacy/erase-person'
import { recordingPrefix } from '../../src/recording/store-names'
import { eventually } from '../support/eventually'
import { dumpOf, readable } from '../support/database-dump'
import { marked, markedLeftovers, markedVisit, marks } from '../support/marked-visit'
import { unzipped } from '../support/unzip'
import { visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'
import { somebody } from '../support/world'

const scene = visitScene()
const path = '/pracownik/dane-osob'

const inspector = (branchId: number | null = null) =>
  scene.officer(scene.one, { role: 'inspector', branchId })
const find = (cookie: string, osoba: string, powod = 'Wniosek RODO.12.2026') =>
  post(scene.one, path, { osoba, powod }, { cookie })
/** Signed in, with the marked person's case open. */
async function openCase() {
  const { cookie } = await inspector()
  const { status, location } = await find(cookie, marked.email)
  expect(status).toBe(303)
  return { cookie, address: location ?? '' }
}
const audited = (action: string) =>
  scene.world.query<{ subject_id: string; details: object }>(
    'select subject_id, details from audit_entry where action = $1 order by id',
    [action],
  )
const taken = () =>
  scene.world.query("update backoffice_entry set state = 'taken', taken_at = $1", [scene.now()])
const erasing = { podstawa: 'withdrawn', powod: 'RODO.12.2026', rozumiem: 'tak' }

describe('an inspector finds a person', () => {
  test('by phone, e-mail or number, however typed; never in an address; the reason stays sealed', async () => {
    const { id } = await markedVisit(scene)
    await scene.bookAt('10:15')
    const { cookie, staff } = await inspector()
    const { number } = await scene.visitRow(id)
    for (const typed of ['601 987 123', '+48601987123', 'ZDZIMIRA.tajna@example.org', number.toLowerCase()]) {
      const found = await find(cookie, typed)
      expect(found.status, typed).toBe(303)
      expect(found.location).toMatch(/^\/pracownik\/dane-osob\/[0-9a-f-]{36}$/)
      const { body } = await get(scene.one, found.location ?? '', cookie)
      expect(body).toContain('Zdzimira Kłobuszyńska')
      expect(body).toContain(number)
      expect(body).toContain('Wniosek RODO.12.2026')
      expect(body).not.toContain('Halina')
    }
    expect(await audited('person.searched')).toHaveLength(4)
    const seen = await audited('person.seen')
    expect(seen.map(({ subject_id }) => subject_id)).toEqual([id, id, id, id])
    const { body } = await get(scene.one, path, cookie)
    expect(body).toContain('Wniosek RODO.12.2026')
    expect(body).toContain(staff.name)
  })

  test('is told that there is nobody, and what is wrong; what was typed stays', async () => {
    await markedVisit(scene)
    const { cookie } = await inspector()
    const nobody = await find(cookie, '+48 601 000 000')
    expect(nobody.status).toBe(422)
    expect(nobody.body).toContain('Nie ma wizyt z takim telefonem')
    expect((await find(cookie, 'Zdzimira')).body).toContain('Wpisz telefon, e-mail albo numer')
    expect((await find(cookie, marked.email, '')).body).toContain('co najmniej 3 znaki')
    const both = (await find(cookie, 'Zdzimira', '')).body
    expect(both).toContain('<a href="#osoba">Wpisz telefon, e-mail albo numer')
    expect(both).toContain('<a href="#powod">Napisz, dlaczego: co najmniej 3')
    const named = await find(cookie, marked.email, 'Wniosek: Zdzimira K.')
    expect(named.status).toBe(422)
    expect(named.body).toContain('W powodzie są dane tej osoby')
    expect(named.body).toContain(marked.email)
  })

  test('of the own branch alone, if there is one', async () => {
    await markedVisit(scene)
    const { cookie } = await inspector(scene.elsewhere().id)
    expect((await find(cookie, marked.email)).status).toBe(422)
    const own = await inspector(scene.world.branch.id)
    expect((await find(own.cookie, marked.email)).status).toBe(303)
  })
})

describe('nobody else', () => {
  test.each<StaffRole>(['officer', 'supervisor', 'administrator'])(
    'the role %s finds no person',
    async (role) => {
      await markedVisit(scene)
      const { address } = await openCase()
      const { cookie } = await scene.officer(scene.one, { role })
      expect((await get(scene.one, path, cookie)).status).toBe(403)
      expect((await get(scene.one, address, cookie)).status).toBe(403)
      expect((await find(cookie, marked.email)).status).toBe(403)
      for (const act of ['/eksport', '/usun', `/odwolaj/${crypto.randomUUID()}`])
        expect((await post(scene.one, `${address}${act}`, {}, { cookie })).status, act).toBe(403)
      expect((await get(scene.one, `${address}/usun`, cookie)).status).toBe(403)
      const day = await get(scene.one, '/pracownik/dzien', cookie)
      expect(day.body).not.toContain(`href="${path}"`)
      expect((await audited('person.refused')).length).toBeGreaterThan(3)
    },
  )

  test('who is not signed in is led to the door', async () => {
    expect((await get(scene.one, path)).status).toBe(303)
    expect((await post(scene.one, path, { osoba: marked.email })).location).toBe('/pracownik')
  })

  test('another inspector opens no case that is not theirs, and nobody one whose time is over', async () => {
    await markedVisit(scene)
    const { address, cookie } = await openCase()
    const other = await inspector()
    expect((await get(scene.one, address, other.cookie)).status).toBe(404)
    expect((await get(scene.one, `${path}/nonsense`, cookie)).status).toBe(404)
    await scene.world.query('update person_case set expires_at = $1', [scene.now()])
    expect((await get(scene.one, address, cookie)).status).toBe(410)
  })
})

describe('what is kept of a person', () => {
  test('is shown whole, with who had to do with it and the very text of the consents', async () => {
    const { id } = await markedVisit(scene)
    const { cookie, address } = await openCase()
    const { body } = await get(scene.one, address, cookie)
    for (const words of ['Zdzimira Kłobuszyńska', 'Wawrzymił Pstrągowiecki', 'Migdomira', 'Słowoczatu'])
      expect(body).toContain(words)
    for (const words of ['Słowoustaleń', 'Słowonotatki', 'Słowocelu', 'dowód osobisty', 'hałas'])
      expect(body).toContain(words)
    expect(body).toContain('Tożsamość potwierdzona')
    expect(body).toContain('ocena jest anonimowa')
    expect(body).not.toContain('Słowooceny')
    expect(body).toContain('Zaproszono klienta do rozmowy')
    expect(body).toContain('Otwarto nagranie do obejrzenia')
    const supervisor = await scene.officer(scene.one, { role: 'supervisor' })
    const day = `/pracownik/dzien?oddzial=${scene.world.branch.code}&dzien=2026-12-29`
    await get(scene.one, day, supervisor.cookie)
    expect((await get(scene.one, address, cookie)).body).toContain('Otwarto listę wizyt dnia')

    const proof = await get(scene.one, `${address}/zgody/${id}`, cookie)
    expect(proof.status).toBe(200)
    expect(proof.body).toContain('Jak przetwarzamy Twoje dane osobowe')
    expect(proof.body).toContain('wersja 2026-1, język: polski')
    expect(proof.body).toContain('Zaznaczono: „Zgadzam się na')
    expect((await get(scene.one, `${address}/zgody/${crypto.randomUUID()}`, cookie)).status).toBe(404)
  })

  test('is handed over once, within half an hour, for machines and for people', async () => {
    const { id } = await markedVisit(scene)
    const { number } = await scene.visitRow(id)
    const { cookie, address } = await openCase()
    expect((await post(scene.one, `${address}/eksport`, {}, { cookie })).status).toBe(422)
    expect((await post(scene.one, `${address}/eksport`, { wizyta: id }, { cookie })).status).toBe(303)
    const { body } = await get(scene.one, address, cookie)
    const action = /action="(\/pracownik\/dane-osob\/[^"]+\/eksport\/[^"]+)"/.exec(body)?.[1] ?? ''
    const take = () =>
      fetch(`${scene.one.url}${action}`, { method: 'POST', headers: { cookie, origin: scene.one.url } })
    const [one, two] = await Promise.all([take(), take()])
    expect([one.status, two.status].sort()).toEqual([200, 410])
    const answer = one.status === 200 ? one : two
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="dane-osoby-\w+.zip"$/)
    const files = unzipped(Buffer.from(await answer.arrayBuffer()))
    const data = JSON.parse(files['dane.json'] ?? '') as { visits: Record<string, unknown>[] }
    expect(data).toMatchObject({ format: 'e-wizyta.person', version: 1 })
    expect(data.visits).toHaveLength(1)
    expect(data.visits[0]).toMatchObject({
      number,
      state: 'completed',
      client: { firstName: 'Zdzimira', phone: marked.phone, email: marked.email, guardian: marked.guardian },
      chat: [{ author: 'client', text: 'Słowoczatu: tu Zdzimira' }],
      applications: [{ kind: 'brak-zaleglosci', purpose: 'Słowocelu: kredyt Kłobuszyńska' }],
      recording: { erased: false, erasureStopped: false, seconds: 20 },
    })
    const consents = data.visits[0]?.consents as { kind: string; text: string }[]
    expect(consents.map(({ kind }) => kind).sort()).toEqual(['guardian', 'privacy', 'recording'])
    for (const { text } of consents) expect(text.length).toBeGreaterThan(500)
    // The staff's and the interpreter's names are not the person's data
    expect(files['dane.json']).not.toMatch(/Ewa Maj|Migdomira/)
    expect(files['dane.html']).not.toMatch(/Ewa Maj|Migdomira/)
    const read = files['dane.html']?.replaceAll('\u00a0', ' ')
    for (const words of ['Twoje dane w e-Wizycie', 'Zdzimira Kłobuszyńska', 'Nagrań nie ma w tej paczce'])
      expect(read).toContain(words)
    expect(await audited('person.package_taken')).toHaveLength(1)

    await post(scene.one, `${address}/eksport`, { wizyta: id }, { cookie })
    await scene.world.query('update person_export set expires_at = $1 where taken_at is null', [scene.now()])
    expect((await get(scene.one, address, cookie)).body).not.toContain('Paczka jest gotowa')
  })
})

describe('an erasure', () => {
  test('leaves nothing of the person, keeps the facts, and says so once', async () => {
    const { id } = await markedVisit(scene)
    const { cancelled } = await markedLeftovers(scene)
    await scene.world.query('delete from hold where visit_id is null')
    await taken()
    const { cookie, address } = await openCase()
    const asked = await get(scene.one, `${address}/usun?wizyta=${id}&wizyta=${cancelled}`, cookie)
    expect(asked.body).toContain('Co zniknie')
    expect(asked.body).toContain('obowiązek prawny instytucji')
    const body = new URLSearchParams([['wizyta', id], ['wizyta', cancelled], ...Object.entries(erasing)])
    const erase = () =>
      fetch(`${scene.one.url}${address}/usun`, {
        ...{ method: 'POST', redirect: 'manual', body },
        headers: { cookie, origin: scene.one.url },
      })
    const answers = await Promise.all([erase(), erase()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await erase()).status).toBe(303)

    expect(
      readable(
        await dumpOf(scene.world),
        marks.filter((word) => word !== 'Słowooceny'),
      ),
    ).toEqual([])
    const rows = await scene.world.query(
      'select * from visit where client is not null or phone_hash is not null',
    )
    expect(rows).toEqual([])
    expect(await scene.visitRow(id)).toMatchObject({
      state: 'completed',
      closing_note: null,
      interpreter: null,
    })
    for (const table of ['chat_message', 'message', 'device_check'])
      expect(await scene.world.query(`select from ${table}`), table).toEqual([])
    expect(await scene.world.query('select state, wrapped_key from recording')).toEqual([
      { state: 'erased', wrapped_key: null },
    ])
    await eventually(async () => expect(await scene.world.store.list(recordingPrefix(id))).toEqual([]))
    expect((await audited('person.erased')).map(({ subject_id }) => subject_id).sort()).toEqual(
      [id, cancelled].sort(),
    )
    const page = await get(scene.one, address, cookie)
    expect(page.body).toContain('dane usunięte')
    expect(page.body).not.toMatch(/Zdzimira|Kłobuszyńska/)
    const orders = await scene.world.query('select done_at, refused from erasure_order')
    expect(orders).toEqual([
      { done_at: scene.now(), refused: null },
      { done_at: scene.now(), refused: null },
    ])
    // Whoever has one of its links stands before a closed door, and the desk knows no name
    const manage = await get(scene.one, scene.pathOf('meeting', id).replace(/\/pokoj$/, ''))
    expect(manage.status).toBe(404)
    const supervisor = await scene.officer(scene.one, { role: 'supervisor' })
    const day = await get(
      scene.one,
      `/pracownik/dzien?oddzial=${scene.world.branch.code}&dzien=2026-12-29`,
      supervisor.cookie,
    )
    expect(day.body).toContain('dane usunięte')
    expect((await get(scene.one, `/pracownik/wizyta/${id}`, supervisor.cookie)).status).toBe(200)
    expect((await find(cookie, marked.email)).status).toBe(422)
  })

  test('is not done of what lies ahead, is in dispute, or waits for another system', async () => {
    const { id } = await markedVisit(scene)
    const ahead = await scene.bookAt('11:35', { topic: 'pensions', person: marked })
    const { cookie, address } = await openCase()
    const erase = (wizyta: string) => post(scene.one, `${address}/usun`, { wizyta, ...erasing }, { cookie })
    const page = async () => (await get(scene.one, address, cookie)).body
    expect(await page()).toContain('wniosek czeka na przekazanie')
    expect((await get(scene.one, `${address}/usun?wizyta=${id}`, cookie)).body).toContain(
      'Tych danych teraz nie usuniemy',
    )
    await erase(id)
    await erase(ahead.id)
    expect(await scene.world.query('select refused from erasure_order order by refused')).toEqual([
      { refused: 'ahead' },
      { refused: 'entry_waiting' },
    ])
    await taken()
    await scene.world.query("update recording set held_at = $1, hold_reason = ''", [scene.now()])
    expect(await page()).toContain('usunięcie wstrzymane ze względu na spór')
    await erase(id)
    expect((await scene.visitRow(id)).client).not.toBeNull()
    await scene.world.query('update recording set held_at = null, hold_reason = null')
    await erase(id)
    expect((await scene.visitRow(id)).client).toBeNull()

    await post(scene.one, `${address}/odwolaj/${ahead.id}`, {}, { cookie })
    expect(await scene.visitRow(ahead.id)).toMatchObject({ state: 'cancelled', state_reason: 'client' })
    expect(await audited('person.visit_cancelled')).toHaveLength(1)
    await erase(ahead.id)
    expect((await scene.visitRow(ahead.id)).client).toBeNull()
    expect(await scene.world.query("select from message where state = 'queued'")).toEqual([])
  })

  test('asks for the visits, the ground, a reason that names nobody, and a yes', async () => {
    const { id } = await markedVisit(scene)
    await taken()
    const { cookie, address } = await openCase()
    const erase = async (changes: Record<string, string>) =>
      (await post(scene.one, `${address}/usun`, { wizyta: id, ...erasing, ...changes }, { cookie })).body
    expect(await erase({ wizyta: '' })).toContain('Zaznacz co najmniej jedną wizytę')
    expect(await erase({ podstawa: 'x' })).toContain('Wybierz podstawę usunięcia')
    expect(await erase({ powod: 'Kłobuszyńska prosi' })).toContain('W powodzie są dane tej osoby')
    expect(await erase({ rozumiem: '' })).toContain('danych nie da się odzyskać')
    // All of it at once; what was typed stays
    const all = await erase({ podstawa: 'x', powod: 'Zdzimira, dowód ABC 123456', rozumiem: '' })
    for (const mistake of [
      '<a href="#podstawa">Wybierz podstawę usunięcia',
      '<a href="#powod">To wygląda na numer dokumentu',
      '<a href="#powod">W powodzie są dane tej osoby',
      '<a href="#rozumiem">Zaznacz, że wiesz',
    ])
      expect(all).toContain(mistake)
    expect(all).toContain('Zdzimira, dowód ABC 123456</textarea>')
    expect(await erase({ powod: '' })).toMatch(/id="rozumiem"[^>]* checked/)
    expect(await scene.world.query('select from erasure_order')).toEqual([])
    expect((await scene.visitRow(id)).client).not.toBeNull()
  })

  test('that was cut short after its order is carried out by the job, and not twice', async () => {
    const { id } = await markedVisit(scene)
    await taken()
    const { cookie, address } = await openCase()
    await post(scene.one, `${address}/usun`, { wizyta: id, ...erasing, rozumiem: '' }, { cookie })
    const failing = {
      ...scene.world.bus,
      publish: () => Promise.reject(new Error('killed')),
    }
    await post(scene.one, `${address}/usun`, { wizyta: id, ...erasing }, { cookie })
    expect((await scene.visitRow(id)).client).toBeNull()
    // The same order, as a process leaves it that was killed before it began
    const other = await scene.bookAt('12:00', { topic: 'pensions', person: somebody() })
    await scene.world.query(
      `insert into erasure_order (visit_id, case_id, staff_id, ground, ordered_at)
       select $1, case_id, staff_id, ground, ordered_at from erasure_order`,
      [other.id],
    )
    await scene.world.query("update visit set state = 'completed' where id = $1", [other.id])
    const parts = { ...scene.world.parts() }
    await expect(carryOutErasures(scene.world.db, { ...parts, bus: failing })).rejects.toThrow('killed')
    expect((await scene.visitRow(other.id)).client).not.toBeNull()
    const both = await Promise.all([
      carryOutErasures(scene.world.db, parts),
      carryOutErasures(scene.world.db, parts),
    ])
    expect(both.reduce((sum, { erased }) => sum + erased, 0)).toBe(1)
    expect((await scene.visitRow(other.id)).client).toBeNull()
  })
})
