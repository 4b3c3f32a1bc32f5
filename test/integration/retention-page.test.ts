import { describe, expect, test } from 'vitest'
import { dataClasses } from '../../src/institution/kept-days'
import type { StaffRole } from '../../src/staff/staff'
import { applyRetention } from '../../src/privacy/apply-retention'
import { createLogger } from '../../src/platform/logger'
import { visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'

const scene = visitScene()
const path = '/pracownik/ustawienia/przechowywanie'

const admin = () => scene.officer(scene.one, { role: 'administrator', branchId: null })
const settings = async () => {
  const [row] = await scene.world.query<{ settings: Record<string, Record<string, number>> }>(
    'select settings from institution',
  )
  return row?.settings ?? {}
}
/** The form as it stands on the page. */
async function form(cookie: string): Promise<Record<string, string>> {
  const { body } = await get(scene.one, path, cookie)
  const named = [...body.matchAll(/<input[^>]*name="(\w+)"[^>]*>/g)].map(([tag, name]) => [
    name ?? '',
    /value="([^"]*)"/.exec(tag)?.[1] ?? '',
  ])
  return Object.fromEntries(named) as Record<string, string>
}
const send = async (cookie: string, changes: Record<string, string>, akcja = 'zapisz') =>
  post(scene.one, path, { ...(await form(cookie)), akcja, ...changes }, { cookie })
const texts = (kind: string) =>
  scene.world.query<{ version: string; language: string; body: string }>(
    "select version, language, replace(body, '\u00a0', ' ') as body from legal_text where kind = $1 order by 1, 2",
    [kind],
  )

describe('an administrator', () => {
  test('sees every period, counts what another would erase, and saves nothing by that', async () => {
    const visit = await scene.bookAt('09:00')
    await scene.world.query("update visit set state = 'completed' where id = $1", [visit.id])
    scene.world.clock.advance({ minutes: 60 * 24 * 60 })
    const { cookie } = await admin()
    const shown = await form(cookie)
    expect(Object.keys(shown).sort()).toEqual([...dataClasses, 'recording', 'wersja'].sort())
    expect(shown).toMatchObject({ visit: '1825', contact: '365', deviceCheck: '90', recording: '1825' })
    const counted = await send(cookie, { contact: '30' }, 'policz')
    expect(counted.status).toBe(200)
    expect(counted.body).toContain('Tyle zniknie najbliższej nocy')
    expect(counted.body).toContain('value="30"')
    // The visit's phone and e-mail, and the hold that it was booked by
    expect(counted.body.match(/usunie 1</g)).toHaveLength(2)
    expect((await settings()).keptDays).toMatchObject({ contact: 365 })
  })

  test('saves periods, and the texts in force promise them from the same moment on', async () => {
    const { cookie, staff } = await admin()
    const before = await texts('privacy')
    const saved = await send(cookie, { chat: '180', contact: '730' })
    expect(saved.location).toBe(`${path}?zapisano=teksty`)
    expect((await settings()).keptDays).toMatchObject({ chat: 180, contact: 730, notes: 365 })
    const after = await texts('privacy')
    expect(after).toHaveLength(6)
    // What was published stays as it was
    expect(after.filter(({ version }) => version === '2026-1')).toEqual(before)
    const fresh = after.filter(({ version }) => version === '2026-2')
    expect(fresh.map(({ language }) => language)).toEqual(['en', 'pl', 'uk'])
    expect(fresh[1]?.body).toContain('czat: 180 dni')
    expect(fresh[1]?.body).toContain('Telefon i e-mail do przypomnień: 2 lata od wizyty')
    expect(fresh[1]?.body).toContain('Wersja 2026-2, obowiązuje od')
    expect(fresh[0]?.body).toContain('2 years after the visit')
    expect(fresh[2]?.body).toContain('2 роки після візиту')
    // The recording's own text says nothing of them
    expect(await texts('recording')).toHaveLength(3)
    expect((await get(scene.one, path, cookie)).body).not.toContain('Teksty, które obiecują coś innego')
    const entries = await scene.world.query(
      "select staff_id, details from audit_entry where action = 'retention.changed'",
    )
    expect(entries).toEqual([{ staff_id: staff.id, details: { chat: 180, contact: 730 } }])

    await send(cookie, { recording: '365' })
    expect((await settings()).recordingKeptDays).toMatchObject({ usual: 365 })
    const recording = await texts('recording')
    expect(
      recording.find(({ version, language }) => version === '2026-2' && language === 'pl')?.body,
    ).toContain('1 rok od wizyty. Potem usuwamy je trwale.')
    await send(cookie, { recording: '365', 'nagranie-relief': '730' })
    expect((await settings()).recordingKeptDays).toEqual({ usual: 365, topics: { relief: 730 } })
    expect((await get(scene.one, path, cookie)).body).toMatch(/id="nagranie-relief"[^>]* value="730"/)
    const [entry] = await scene.world.query<{ details: unknown }>(
      "select details from audit_entry where action = 'retention.changed' order by id desc limit 1",
    )
    expect(entry?.details).toEqual({ 'recording relief': 730 })
    expect((await texts('recording')).at(-2)?.body).toContain('2 lata')
    expect((await send(cookie, { 'nagranie-relief': 'rok' })).status).toBe(422)
    // Put back for the tests that follow
    await send(cookie, { chat: '365', contact: '365', recording: '1825' })
    await scene.world.query("delete from legal_text where version <> '2026-1'")
    await scene.world.directory.refresh()
  })

  test('is told of a text that promises something else', async () => {
    const { cookie } = await admin()
    await scene.world.query(
      "update legal_text set body = replace(body, '5 lat od wizyty', '7 lat od wizyty') where kind = 'recording'",
    )
    await scene.world.directory.refresh()
    const { body } = await get(scene.one, path, cookie)
    expect(body).toContain('Zasady nagrywania (polski, wersja 2026-1): brakuje słów „5 lat od wizyty”')
    await scene.world.query(
      "update legal_text set body = replace(body, '7 lat od wizyty', '5 lat od wizyty') where kind = 'recording'",
    )
    await scene.world.directory.refresh()
  })

  test('is told what is wrong; two at once lose nothing', async () => {
    const { cookie } = await admin()
    const wrong = await send(cookie, { chat: 'rok', notes: '0', messages: '3000' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="rok"')
    expect(wrong.body.match(/Podaj liczbę dni od 1 do/g)).toHaveLength(2)
    expect((await send(cookie, { recording: '3000' })).body).toContain(
      'Nie dłużej niż dane osobowe wizyty (1825)',
    )
    const opened = await form(cookie)
    expect((await send(cookie, { audit: '3000' })).status).toBe(303)
    const late = await post(scene.one, path, { ...opened, akcja: 'zapisz', session: '60' }, { cookie })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Ktoś zmienił okresy przed chwilą')
    expect((await settings()).keptDays).toMatchObject({ audit: 3000, session: 30 })
    expect((await send(cookie, { audit: '3650' })).status).toBe(303)
  })

  test('sees what the job did the last time', async () => {
    const { cookie } = await admin()
    await scene.world.query('delete from retention_run')
    expect((await get(scene.one, path, cookie)).body).toContain('jeszcze nie było')
    const { keptDays } = scene.world.directory.institution.settings
    const log = createLogger('silent')
    await applyRetention(scene.world.db, { ...scene.world.parts(), keptDays, log })
    const { body } = await get(scene.one, path, cookie)
    expect(body).not.toContain('jeszcze nie było')
    expect(body).toContain('usunięto 0')
    await scene.world.query("update retention_run set finished_at = null where data_class = 'chat'")
    expect((await get(scene.one, path, cookie)).body).toContain('przerwane, dokończy następne')
  })
})

test.each<StaffRole>(['officer', 'supervisor', 'inspector'])(
  'the role %s neither sees nor changes it',
  async (role) => {
    const { cookie } = await scene.officer(scene.one, { role })
    expect((await get(scene.one, path, cookie)).status).toBe(403)
    const { cookie: own } = await admin()
    const fields = { ...(await form(own)), akcja: 'zapisz', chat: '1' }
    expect((await post(scene.one, path, fields, { cookie })).status).toBe(403)
    expect((await settings()).keptDays).toMatchObject({ chat: 365 })
  },
)

test('who is not signed in is led to the door', async () => {
  expect((await get(scene.one, path)).status).toBe(303)
})
