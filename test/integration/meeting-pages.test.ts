import { describe, expect, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { deskIds } from '../../src/contract/desk-boot'
import { deviceIds } from '../../src/contract/device-boot'
import { type MeetingBoot, meetingIds } from '../../src/contract/meeting-boot'
import { signLink } from '../../src/platform/signed-link'
import { visitScene } from '../support/visit-scene'
import { get } from '../support/visit-server'
import { somebody } from '../support/world'

const scene = visitScene()

const linkOf = (id: string, purpose: 'meeting' | 'guardian' = 'meeting') =>
  `/spotkanie/${signLink(scene.world.keys, purpose, id, 1)}`
const pageAt = async (time: string, path: string) => {
  scene.world.clock.set(scene.at(time))
  return get(scene.one, path)
}
const setState = (id: string, state: string, reason: string | null) =>
  scene.world.query('update visit set state = $2, state_reason = $3, state_changed_at = $4 where id = $1', [
    id,
    state,
    reason,
    scene.now(),
  ])
const bootOf = (body: string) =>
  JSON.parse(
    /<script id="boot" type="application\/json">(.*?)<\/script>/s.exec(body)?.[1] ?? '',
  ) as MeetingBoot
const idsIn = (body: string) => [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)

describe('behind the meeting link', () => {
  test('too early says from when, and asks again by itself at that time', async () => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at('08:30'))
    const answer = await fetch(`${scene.one.url}${linkOf(id)}`)
    expect(answer.headers.get('refresh')).toBe(String(15 * 60))
    const body = (await answer.text()).replaceAll('\u00a0', ' ')
    expect(body).toContain('Do poczekalni wejdziesz od godz. 8:45.')
    expect(body).toContain('wtorek, 29 grudnia 2026')
    expect(body).toContain('href="/sprawdz-urzadzenie"')
  })

  test('open brings the shell with every element its script needs, once', async () => {
    const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
    const { id, number } = await scene.bookAt('09:00', { person: somebody({ guardian }) })
    const { status, body } = await pageAt('08:50', linkOf(id))
    expect(status).toBe(200)
    const ids = idsIn(body)
    const wanted = Object.entries(meetingIds).filter(([name]) => name !== 'testPicture')
    for (const [, wantedId] of wanted) expect(ids.filter((found) => found === wantedId)).toEqual([wantedId])
    expect(new Set(ids).size).toBe(ids.length)
    const boot = bootOf(body)
    expect(boot).toMatchObject({
      you: 'client',
      room: `${linkOf(id)}/pokoj`,
      visit: { number, startTime: '9:00', endTime: '9:20', guardian: 'Tomasz Wiśniewski', recorded: true },
      state: { state: 'booked' },
      demo: false,
    })
    expect(boot.counted['wait.startsIn'][5]).toBe('Zaczynamy za 5 minut.')
    expect(body).toContain('W pokoju możesz być tylko Ty i Twój opiekun: Tomasz Wiśniewski.')
    expect(body).toContain('Nagramy tę rozmowę.')
    expect(body).toContain('<noscript>')
  })

  test('opening it changes nothing, however often', async () => {
    const { id } = await scene.bookAt('09:00')
    for (let times = 0; times < 3; times++) await pageAt('08:50', linkOf(id))
    expect(await scene.visitRow(id)).toMatchObject({ state: 'booked', waiting_since: null })
    expect(await scene.world.query('select page_id from presence')).toEqual([])
  })

  test('a guardian enters by an own link, with own words', async () => {
    const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
    const { id } = await scene.bookAt('09:00', { person: somebody({ guardian }) })
    const { body } = await pageAt('08:50', linkOf(id, 'guardian'))
    expect(bootOf(body)).toMatchObject({ you: 'guardian', room: `${linkOf(id, 'guardian')}/pokoj` })
    expect(body).toContain('Wchodzisz na tę e-wizytę jako opiekun.')
    expect(body).not.toContain('Zrezygnuj z wizyty')
  })

  test('in another language everything is in that language, and the room too', async () => {
    const { id } = await scene.bookAt('09:00', { person: somebody({ language: 'uk' }) })
    const { body } = await pageAt('08:50', `/uk${linkOf(id)}`)
    expect(body).toContain('<html lang="uk">')
    expect(bootOf(body).room).toBe(`/uk${linkOf(id)}/pokoj`)
    expect(bootOf(body).texts['wait.title']).toBe('Зал очікування')
    const page = scene.open(scene.one, bootOf(body).room)
    expect((await page.next('welcome')).you).toBe('client')
  })

  test.each([
    ['late', '09:30', null, null, 'Czas tej wizyty minął'],
    ['missed by the client', '12:00', 'missed', 'client', 'Czas tej wizyty minął'],
  ])('%s says so and leads to a new booking', async (_what, time, state, reason, title) => {
    const { id } = await scene.bookAt('09:00')
    if (state !== null) await setState(id, state, reason)
    const { status, body } = await pageAt(time, linkOf(id))
    expect(status).toBe(200)
    expect(body).toContain(`<h1 class="q">${title}</h1>`)
    expect(body).toContain('href="/temat"')
  })

  test('missed by us says so and leads to new times of the same topic and branch', async () => {
    const { id } = await scene.bookAt('09:00')
    await scene.world.query(`update visit set state = 'missed', state_reason = 'institution' where id = $1`, [
      id,
    ])
    const times = `/termin?temat=benefits&amp;oddzial=${scene.world.branch.code}`
    expect((await get(scene.one, linkOf(id))).body).toContain('Wizyta nie odbyła się z naszej winy</h1>')
    expect((await get(scene.one, linkOf(id))).body).toContain(`href="${times}"`)
    expect((await get(scene.one, `/uk${linkOf(id)}`)).body).toContain(`href="/uk${times}"`)
  })

  test('cancelled says by whom, when and why', async () => {
    const [own, ours, wordless] = [
      await scene.bookAt('09:00'),
      await scene.bookAt('09:25'),
      await scene.bookAt('09:50'),
    ]
    const cancel = (visitId: string, by: 'client' | 'institution', reason?: string) =>
      cancelVisit(scene.world.db, {
        ...scene.world.parts(),
        visitId,
        by,
        ...(reason !== undefined && { reason }),
      })
    await cancel(own.id, 'client')
    await cancel(ours.id, 'institution', 'closure')
    await cancel(wordless.id, 'institution')
    expect((await get(scene.one, linkOf(own.id))).body).toContain(
      'Anulowanie na Twoją prośbę: poniedziałek, 21 grudnia 2026, godz. 9:00.',
    )
    expect((await get(scene.one, linkOf(ours.id))).body).toContain(
      'Powód: oddział jest w tym dniu zamknięty.',
    )
    expect((await get(scene.one, `/en${linkOf(ours.id)}`)).body).toContain('Reason: ')
    const { body } = await get(scene.one, linkOf(wordless.id))
    expect(body).toContain('Musieliśmy anulować tę wizytę')
    expect(body).not.toContain('Powód')
  })

  test('ended early shows the reason and the way to complain; the guardian is told no more than the end', async () => {
    const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
    const { id, number } = await scene.bookAt('09:00', { person: somebody({ guardian }) })
    await setState(id, 'ended_early', 'public_place')
    const { body } = await pageAt('09:15', linkOf(id))
    expect(body).toContain('Wizyta zakończona przed czasem')
    expect(body).toContain('Rozmowa odbywała się w miejscu publicznym.')
    expect(body).toContain(`podaj numer wizyty <b class="nowrap">${number}</b>`)
    const theirs = await get(scene.one, linkOf(id, 'guardian'))
    expect(theirs.body).toContain('Ustalenia dostanie osoba, której pomagasz.')
    expect(theirs.body).not.toContain('publicznym')
  })

  test('a link that is incomplete, revoked or of a guardian nobody named says so', async () => {
    const { id } = await scene.bookAt('09:00')
    const broken = [linkOf(id).slice(0, -3), '/spotkanie/abc', linkOf(id, 'guardian')]
    for (const path of broken) {
      const { status, body } = await pageAt('08:50', path)
      expect(status).toBe(404)
      expect(body).toContain('Ten link nie działa')
    }
    await scene.world.query('update visit set link_version = 2 where id = $1', [id])
    expect((await get(scene.one, linkOf(id))).status).toBe(404)
  })
})

test('the device page works without a booking', async () => {
  const { status, body } = await get(scene.one, '/en/sprawdz-urzadzenie')
  expect(status).toBe(200)
  const ids = idsIn(body)
  // The way on belongs to a visit, the test picture to the demonstration
  for (const [name, id] of Object.entries(deviceIds))
    if (name !== 'testPicture' && name !== 'onward') expect(ids).toContain(id)
})

test('the officer’s pages have every element their scripts need', async () => {
  const { id } = await scene.waitingVisit()
  const ewa = await scene.officer(scene.one)
  const day = idsIn((await get(scene.one, '/pracownik/dzien', ewa.cookie)).body)
  expect(day).toEqual(expect.arrayContaining([deskIds.clock, deskIds.day]))
  const before = idsIn((await get(scene.one, `/pracownik/wizyta/${id}`, ewa.cookie)).body)
  expect(before).toEqual(
    expect.arrayContaining([deskIds.stage, deskIds.message, deskIds.state, deskIds.callInForm]),
  )
  await scene.ask(scene.one, ewa.cookie, id, '/zapros')
  const during = idsIn((await get(scene.one, `/pracownik/wizyta/${id}`, ewa.cookie)).body)
  const elsewhere: readonly string[] = [deskIds.clock, deskIds.day, deskIds.callInForm]
  const inCall = Object.values(deskIds).filter((element) => !elsewhere.includes(element))
  expect(during).toEqual(expect.arrayContaining(inCall))
  expect(new Set(during).size).toBe(during.length)
})
