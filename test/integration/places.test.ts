import { beforeEach, describe, expect, test } from 'vitest'
import { askedConsents } from '../../src/booking/consents'
import { offerTimes } from '../../src/booking/offer-times'
import { generateSeats } from '../../src/institution/generate-seats'
import { instantAt } from '../../src/platform/zone'
import { testDay } from '../support/fake-clock'
import { type FormAnswer, get, post } from '../support/visit-server'
import { visitDay, visitScene } from '../support/visit-scene'
import { booked } from '../support/world'

const scene = visitScene()
const plan = '/pracownik/grafik'
const places = '/pracownik/ustawienia'
let admin: string

beforeEach(async () => {
  await scene.world.query('delete from closure')
  await generateSeats(scene.world.db, {
    from: testDay,
    days: 60,
    now: scene.now(),
    timeZone: 'Europe/Warsaw',
  })
  await scene.world.directory.refresh()
  admin = (await scene.officer(scene.one, { role: 'administrator', branchId: null })).cookie
})

const send = (path: string, fields: Record<string, string>, cookie = admin) =>
  post(scene.one, path, fields, { cookie })
const read = (path: string, cookie = admin) => get(scene.one, path, cookie)

/** The value of a hidden field of a page. */
const hidden = ({ body }: FormAnswer, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
const figure = ({ body }: FormAnswer, name: string): number =>
  Number(new RegExp(`data-figure="${name}"><dt>[^<]*</dt><dd>(\\d+)`).exec(body)?.[1])

/** Agrees to what the page before says. */
async function agree(path: string, fields: Record<string, string>, cookie = admin) {
  const preview = await send(path, fields, cookie)
  expect(preview.status).toBe(200)
  return send(path, { ...fields, plan: hidden(preview, 'plan') }, cookie)
}

const dayOff = (more: Record<string, string> = {}) => ({
  ...{ oddzial: scene.world.branch.code, kogo: 'oddzial', powod: 'szkolenie' },
  ...{ 'od-dnia': visitDay, 'do-dnia': '', 'od-godziny': '', 'do-godziny': '' },
  ...more,
})
const offered = async (from = visitDay) =>
  offerTimes(scene.world.db, {
    ...{ branchId: scene.world.branch.id, topicId: scene.world.topic('benefits').id, from, dayCount: 1 },
    ...{ now: scene.now(), timeZone: 'Europe/Warsaw' },
    settings: scene.world.directory.institution.settings,
  })

describe('a day off', () => {
  test('is previewed with its figures and touched visits, saved as previewed, and offered no more at once', async () => {
    const visit = await scene.bookAt('09:00')
    expect((await offered()).days[0]?.day).toBe(visitDay)
    const preview = await send(`${plan}/wolne`, dayOff())
    expect(preview.status).toBe(200)
    expect([figure(preview, 'vanish'), figure(preview, 'touched')]).toEqual([35, 1])
    expect(preview.body).toContain(visit.number)
    expect(await scene.world.query('select id from closure')).toEqual([])

    const saved = await send(`${plan}/wolne`, { ...dayOff(), plan: hidden(preview, 'plan') })
    expect(saved.status).toBe(303)
    expect((await offered()).days[0]?.day).toBe('2026-12-30')
    const list = await read(saved.location ?? '')
    expect(list.body).toContain('Zapisane')
    expect(list.body).toContain(`/pracownik/przeplanowanie?oddzial=${scene.world.branch.code}`)
    expect(list.body).toContain('1 wizyta wymaga nowego terminu')

    const week = await read(`${plan}?oddzial=${scene.world.branch.code}&tydzien=${visitDay}`)
    expect(week.body).toContain('szkolenie')
    expect(week.body).toContain('Nowy Rok')
    expect(week.body).toContain('1 do przełożenia')
  })

  test('leaves nobody to be moved who has only begun to book: the week counts visits', async () => {
    const at = instantAt(visitDay, '09:00', 'Europe/Warsaw')
    expect((await scene.world.hold(at)).ok).toBe(true)
    expect((await agree(`${plan}/wolne`, dayOff())).status).toBe(303)
    const address = `${plan}?oddzial=${scene.world.branch.code}&tydzien=${visitDay}`
    const held = await read(address)
    expect(held.body).not.toMatch(/\d do przełożenia/)
    expect(held.body).toContain('1 z 1 zajęte')
    scene.world.clock.advance({ minutes: 31 })
    expect((await read(address)).body).not.toContain('1 z 1 zajęte')
  })

  test('sent again with its plan is not written down twice', async () => {
    const preview = await send(`${plan}/wolne`, dayOff())
    const fields = { ...dayOff(), plan: hidden(preview, 'plan') }
    expect((await send(`${plan}/wolne`, fields)).status).toBe(303)
    expect((await send(`${plan}/wolne`, fields)).status).toBe(422)
    expect(await scene.world.query('select id from closure')).toHaveLength(1)
  })

  test.each([
    ['no day', { 'od-dnia': '' }, 'Wybierz dzień'],
    ['a day gone by', { 'od-dnia': '2026-12-01' }, 'Wybierz dzień od dziś'],
    ['an end before its beginning', { 'do-dnia': '2026-12-24' }, 'Ostatni dzień musi być po pierwszym'],
    ['one hour only', { 'od-godziny': '9' }, 'Wpisz obie godziny'],
    ['no reason', { powod: '' }, 'Wpisz powód'],
  ])('with %s is shown again with what is wrong', async (_what, more, words) => {
    const answer = await send(`${plan}/wolne`, dayOff(more))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
    if (!('powod' in more)) expect(answer.body).toContain('value="szkolenie"')
  })
})

describe('hours of a desk', () => {
  const form = async (more: Record<string, string> = {}) => {
    const [window] = await scene.world.query<{ id: number; desk_id: number }>(
      `select desk_window.id, desk_id from desk_window join desk on desk.id = desk_id
       where branch_id = $1 and weekday = 2 and (valid_to is null or valid_to >= $2) order by desk_id limit 1`,
      [scene.world.branch.id, visitDay],
    )
    const address = `${plan}?oddzial=${scene.world.branch.code}&tydzien=${visitDay}&okno=${window?.id}&dzien=${visitDay}`
    const page = await read(address)
    return {
      ...{ oddzial: scene.world.branch.code, tydzien: '2026-12-28', dzien: visitDay },
      ...{ stanowisko: String(window?.desk_id), okno: String(window?.id), wersja: hidden(page, 'wersja') },
      ...{ od: '9:00', do: '14:30', wizyta: '20', odstep: '5', przerwy: '11:05–11:35' },
      ...{ 'obowiazuje-od': visitDay, 'obowiazuje-do': visitDay },
      ...more,
    }
  }

  test('are changed for a day; whoever had the old form is told that somebody was faster', async () => {
    const shorter = await form({ od: '11.35', przerwy: '' })
    const saved = await agree(`${plan}/okno`, shorter)
    expect(saved.status).toBe(303)
    const late = await send(`${plan}/okno`, shorter)
    expect(late.status).toBe(422)
    expect(late.body).toContain('Ktoś zmienił to przed chwilą')
    const removal = await form({ usun: 'tak' })
    expect((await agree(`${plan}/okno`, removal)).status).toBe(303)
  })

  test.each([
    [{ od: 'dziewiąta' }, 'Wpisz godzinę'],
    [{ do: '8:00' }, 'Koniec musi być po początku'],
    [{ przerwy: '11:05' }, 'Wpisz przerwy jako godziny'],
    [{ przerwy: '8:00–8:30' }, 'Przerwy muszą leżeć'],
    [{ wizyta: '0' }, 'od 5 do 240'],
    [{ 'obowiazuje-od': '2026-12-01' }, 'Wybierz dzień od dziś'],
    [{ okno: 'nowe' }, 'stanowisko ma już inne okno'],
  ])('with %j are shown again with what is wrong', async (more, words) => {
    const answer = await send(`${plan}/okno`, await form(more))
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
  })
})

test('a desk is added, named, given topics, closed and opened', async () => {
  const { branch } = scene.world
  const base = { oddzial: branch.code, tydzien: '2026-12-28' }
  const topic = String(scene.world.topic('relief').id)
  const added = await send(`${plan}/stanowisko`, {
    ...base,
    stanowisko: 'nowe',
    nazwa: 'Okienko',
    temat: topic,
  })
  expect(added.status).toBe(303)
  const id = /stanowisko=(\d+)/.exec(added.location ?? '')?.[1] ?? ''
  const page = await read(added.location ?? '')
  expect(page.body).toContain('Okienko')
  const renamed = { ...base, stanowisko: id, nazwa: 'Stanowisko 9', wersja: hidden(page, 'wersja') }
  expect((await send(`${plan}/stanowisko`, { ...renamed, nazwa: 'Stanowisko 1' })).status).toBe(422)
  expect((await send(`${plan}/stanowisko`, renamed)).status).toBe(303)
  expect((await send(`${plan}/stanowisko`, renamed)).status).toBe(422)
  const state = (czynne: string) => agree(`${plan}/stanowisko/stan`, { ...base, stanowisko: id, czynne })
  expect((await state('nie')).status).toBe(303)
  expect((await state('tak')).status).toBe(303)
  await scene.world.query('delete from desk where id = $1', [id])
})

describe('branches', () => {
  test('are added with the desks of another one, renamed, closed and opened', async () => {
    const facts = { nazwa: 'IV Oddział', miasto: 'Warszawa', adres: '', kod: '02-777', telefon: '22 1' }
    const path = `${places}/oddzialy/nowy`
    expect((await send(path, { ...facts, 'kod-oddzialu': '4' })).status).toBe(422)
    expect((await send(path, { ...facts, 'kod-oddzialu': 'WAW3' })).body).toContain('zajęty')
    expect((await send(path, { ...facts, 'kod-oddzialu': 'waw4' })).status).toBe(303)
    expect(scene.world.directory.branchByCode('WAW4')?.postalCode).toBe('02-777')
    const like = { oddzial: 'WAW4', jak: 'WAW3' }
    expect((await agree(`${places}/oddzialy/stanowiska`, like)).status).toBe(303)

    const wrong = await send(`${places}/oddzialy/nowy`, { ...facts, telefon: 'brak' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('<title>Błąd: Nowy oddział')
    expect(wrong.body).toContain('href="#telefon"')

    const page = await read(`${places}/oddzialy/WAW4`)
    const change = { ...facts, adres: 'ul. Nowa 1', wersja: hidden(page, 'wersja') }
    expect((await send(`${places}/oddzialy/WAW4`, change)).status).toBe(303)
    // Loading the answer again would send the same form again: the way on is a link
    expect((await send(`${places}/oddzialy/WAW4`, change)).body).toContain(
      `<a href="${places}/oddzialy/WAW4">Ktoś zmienił to przed chwilą`,
    )
    expect(scene.world.directory.branchByCode('WAW4')?.address).toBe('ul. Nowa 1')

    const closed = await agree(`${places}/oddzialy/stan`, { oddzial: 'WAW4', czynny: 'nie' })
    expect(closed.status).toBe(303)
    expect(scene.world.directory.branchByCode('WAW4')).toBeUndefined()
    const preview = await send(`${places}/oddzialy/stan`, { oddzial: 'WAW4', czynny: 'tak' })
    expect(figure(preview, 'appear')).toBeGreaterThan(1000)
    await scene.world.query(`delete from desk where branch_id = (select id from branch where code = 'WAW4')`)
    await scene.world.query(`delete from branch where code = 'WAW4'`)
  })
})

describe('topics', () => {
  const words = (name: string) => ({
    [`nazwa-${name}`]: 'Z',
    [`opis-${name}`]: 'O',
    [`lista-${name}`]: 'a\nb',
  })
  const facts = {
    ...{ kolejnosc: '6', droga: 'country', adres: 'home', nagranie: 'never', czynny: 'tak' },
    ...{ ...words('pl'), ...words('en'), ...words('uk') },
  }

  test('are added, lead by country, and are never recorded when they say so', async () => {
    const path = `${places}/tematy/nowy`
    const missing = await send(path, { ...facts, 'kod-tematu': 'foreign', 'nazwa-uk': '' })
    expect(missing.status).toBe(422)
    expect(missing.body).toContain('href="#nazwa-uk"')
    expect((await send(path, { ...facts, 'kod-tematu': 'foreign', jak: 'pensions' })).status).toBe(303)
    const { directory } = scene.world
    const topic = directory.topicByCode('foreign')
    expect(topic).toMatchObject({
      routing: 'country',
      recording: 'never',
      texts: { uk: { prepare: ['a', 'b'] } },
    })
    const asked = askedConsents(directory, false, testDay, topic?.recording ?? 'required')
    expect(asked.map(({ kind }) => kind)).toEqual(['privacy'])
    expect((await read(`${places}/tematy`)).body).toContain('kraj ubezpieczenia')
    await scene.world.query('delete from desk_topic where topic_id = $1', [topic?.id])
    await scene.world.query('delete from topic where id = $1', [topic?.id])
  })

  test('that are to be recorded no more spare visits already booked; and back again with their consent', async () => {
    const visit = await scene.bookAt('09:00')
    const change = async (nagranie: string) => {
      const page = await read(`${places}/tematy/benefits`)
      const { texts } = scene.world.topic('benefits')
      const kept = Object.fromEntries(
        (['pl', 'en', 'uk'] as const).flatMap((language) => [
          [`nazwa-${language}`, texts[language].name],
          [`opis-${language}`, texts[language].hint],
          [`lista-${language}`, texts[language].prepare.join('\n')],
        ]),
      ) as Record<string, string>
      const wersja = hidden(page, 'wersja')
      const fields = { ...facts, ...kept, kolejnosc: '1', droga: 'postal', nagranie, wersja }
      expect((await send(`${places}/tematy/benefits`, fields)).status).toBe(303)
      expect((await send(`${places}/tematy/benefits`, fields)).status).toBe(422)
      return (await scene.visitRow(visit.id)).recording_consent
    }
    expect(await change('never')).toBe(false)
    expect(await change('required')).toBe(true)
  })
})

test('a country is given a branch and taken from it', async () => {
  const { directory, branch } = scene.world
  expect((await send(`${places}/kraje`, { kraj: 'XX', oddzial: branch.code })).status).toBe(422)
  expect((await send(`${places}/kraje`, { kraj: 'NO', oddzial: branch.code })).status).toBe(303)
  expect(directory.branchForCountry('NO')?.code).toBe(branch.code)
  expect((await read(`${places}/kraje`)).body).toContain('Norwegia')
  expect((await send(`${places}/kraje`, { kraj: 'NO', usun: 'tak' })).status).toBe(303)
  expect(directory.branchForCountry('NO')).toBeUndefined()
})

describe('kinds of certificates', () => {
  const list = `${places}/zaswiadczenia`
  const facts = {
    ...{ kolejnosc: '9', czynny: 'tak', 'nazwa-pl': 'Zaświadczenie A', 'nazwa-en': 'Certificate A' },
    'nazwa-uk': 'Довідка А',
  }
  const kindOf = (code: string) => scene.world.directory.certificateKinds.find((one) => one.code === code)

  test('are added, renamed, and can no longer be applied for; what was applied for keeps its name', async () => {
    const missing = await send(`${list}/nowy`, { ...facts, kod: 'a', 'nazwa-uk': '' })
    expect(missing.status).toBe(422)
    expect(missing.body).toContain('href="#nazwa-uk"')
    expect((await send(`${list}/nowy`, { ...facts, kod: 'Zaśw. A' })).body).toContain('href="#kod"')
    expect((await send(`${list}/nowy`, { ...facts, kod: 'a' })).status).toBe(303)
    for (const kod of ['a', 'nowy'])
      expect((await send(`${list}/nowy`, { ...facts, kod })).body).toContain('Ten kod jest już zajęty')
    expect(kindOf('a')).toMatchObject({ active: true, texts: { en: 'Certificate A' } })

    const wersja = hidden(await read(`${list}/a`), 'wersja')
    const changed = { ...facts, 'nazwa-pl': 'Zaświadczenie B', czynny: '', wersja }
    expect((await send(`${list}/a`, changed)).status).toBe(303)
    expect((await send(`${list}/a`, changed)).body).toContain('Ktoś zmienił to przed chwilą')
    expect(kindOf('a')).toMatchObject({ active: false, texts: { pl: 'Zaświadczenie B' } })
    expect((await read(list)).body).toContain('Zaświadczenie B')
    expect((await read(`${list}/b`)).status).toBe(404)
    const entries = await scene.world.query(
      `select action, subject_id, details from audit_entry where action like 'certificate_kind.%' order by id`,
    )
    expect(entries).toEqual([
      { action: 'certificate_kind.added', subject_id: 'a', details: { active: true } },
      { action: 'certificate_kind.changed', subject_id: 'a', details: { active: false } },
    ])
    await scene.world.query(`delete from certificate_kind where code = 'a'`)
  })
})

describe('booking rules', () => {
  const path = `${places}/zasady-rezerwacji`
  const rules = {
    ...{ 'czas-wizyty': '20', odstep: '5', przetrzymanie: '10', wyprzedzenie: '5', wejscie: '15' },
    ...{
      'wizyty-osoby': '3',
      'wizyty-tematu': '1',
      'przypomnienie-email': '60',
      'przypomnienie-sms': '10:00',
    },
    ...{ 'zwrot-od': '30', 'zwrot-do': '300', 'bez-nagrania': 'tak', pobieranie: '' },
    ...{ dane: 'consent', 'zgoda-na-nagranie': 'required' },
    ...{ szerokosc: '1280', wysokosc: '720', lacze: '2' },
  }
  const save = async (more: Record<string, string>) =>
    send(path, { ...rules, przetrzymanie: '15', wersja: hidden(await read(path), 'wersja'), ...more })

  test('hold from the next request on, in every process', async () => {
    const wersja = hidden(await read(path), 'wersja')
    expect((await send(path, { ...rules, 'zwrot-od': '301', wersja })).status).toBe(422)
    expect((await send(path, { ...rules, wersja })).status).toBe(303)
    expect((await send(path, { ...rules, wersja })).body).toContain('Ktoś zmienił to przed chwilą')
    expect(scene.world.directory.institution.settings.holdMinutes).toBe(10)
    const again = hidden(await read(path), 'wersja')
    expect((await send(path, { ...rules, przetrzymanie: '15', wersja: again })).status).toBe(303)
  })

  test('say what a device must give, to the device check and in the rules, which become a new version', async () => {
    const { directory } = scene.world
    const before = directory.currentLegalText('rules', 'pl', testDay)
    const saved = await save({ szerokosc: '1920', wysokosc: '1080', lacze: '2,5' })
    expect(saved.location).toBe(`${path}?zapisano=teksty`)
    expect((await read(path)).body).toContain('value="2,5"')
    expect((await read('/sprawdz-urzadzenie')).body).toMatch(/1920.*1080.*2\.5/s)
    const now = directory.currentLegalText('rules', 'pl', testDay)
    expect(now.version).not.toBe(before.version)
    expect(now.body.replaceAll('\u00a0', ' ')).toContain('szybkość co najmniej 2,5 Mb/s')
    expect(directory.legalText('rules', before.version, 'pl')?.body).toBe(before.body)
    const [entry] = await scene.world.query<{ details: unknown }>(
      `select details from audit_entry where action = 'settings.changed' order by id desc limit 1`,
    )
    expect(entry?.details).toEqual({ 'device.width': 1920, 'device.height': 1080, 'device.megabits': 2.5 })
    expect((await save({})).status).toBe(303)
  })

  test('allow taking recordings along, from the next request on', async () => {
    const { directory } = scene.world
    expect((await save({ pobieranie: 'tak' })).location).toBe(`${path}?zapisano=tak`)
    expect(directory.institution.settings.recordingDownload).toBe(true)
    expect((await read(path)).body).toMatch(/name="pobieranie" value="tak" checked/)
    expect((await save({})).status).toBe(303)
    expect(directory.institution.settings.recordingDownload).toBe(false)
  })

  test('say what is ticked at a booking; what was ticked before stays as it was', async () => {
    const { directory } = scene.world
    const labelsOf = (id: string) =>
      scene.world.query('select kind, label from consent where visit_id = $1 order by kind', [id])
    const before = await scene.bookAt('09:00')
    expect((await save({ dane: 'acknowledge' })).status).toBe(303)
    expect(askedConsents(directory, false, testDay, 'optional').map(({ label }) => label)).toEqual([
      'consent.privacy.acknowledge.label',
      'consent.recording.optional.label',
    ])
    const after = await scene.bookAt('10:15')
    const recording = { kind: 'recording', label: 'consent.recording.required.label' }
    expect(await labelsOf(before.id)).toEqual([
      { kind: 'privacy', label: 'consent.privacy.consent.label' },
      recording,
    ])
    expect(await labelsOf(after.id)).toEqual([
      { kind: 'privacy', label: 'consent.privacy.acknowledge.label' },
      recording,
    ])
    expect((await save({ 'zgoda-na-nagranie': 'optional' })).location).toBe(`${path}?zapisano=teksty`)
    expect((await save({})).status).toBe(303)
  })

  test.each([
    [{ 'czas-wizyty': '4' }, 'Czas wizyty, min: wpisz liczbę od 5 do 240'],
    [{ przetrzymanie: '1,5' }, 'Czas na wpisanie danych, min: wpisz liczbę od 1 do 120'],
    [{ 'zwrot-od': '301' }, 'Drugi czas nie może być krótszy od pierwszego'],
    [{ 'przypomnienie-sms': '24:00' }, 'Wpisz godzinę'],
    [{ szerokosc: '' }, 'Obraz kamery, szerokość, px: wpisz liczbę od 160 do 7680'],
    [{ wysokosc: '99999' }, 'Obraz kamery, wysokość, px: wpisz liczbę od 120 do 4320'],
    [{ lacze: '0,05' }, 'Łącze w obie strony, Mb/s: wpisz liczbę od 0,1 do 1000'],
    [{ dane: 'nic' }, 'Wybierz z listy'],
    [{ 'zgoda-na-nagranie': 'never' }, 'Wybierz z listy'],
  ])('with %j are shown again with what is wrong', async (wrong, words) => {
    const answer = await save(wrong)
    expect(answer.status).toBe(422)
    expect(answer.body.replaceAll('\u00a0', ' ')).toContain(words)
    expect(answer.body).toContain('aria-invalid="true"')
  })

  test('let the horizon grow with a preview of the seats that it brings', async () => {
    const answer = await send(`${path}/horyzont`, { horyzont: '61', przedtem: '60' })
    expect(figure(answer, 'appear')).toBe(43 * 3 * 12)
    expect((await send(`${path}/horyzont`, { horyzont: '0', przedtem: '60' })).status).toBe(422)
    expect((await send(`${path}/horyzont`, { horyzont: '61', przedtem: '59' })).status).toBe(409)
  })
})

describe('who may not', () => {
  const writes = () => [
    [`${plan}/okno`, { oddzial: scene.world.branch.code }],
    [`${plan}/stanowisko`, { oddzial: scene.world.branch.code, stanowisko: 'nowe', nazwa: 'X' }],
    [`${plan}/stanowisko/stan`, { oddzial: scene.world.branch.code, stanowisko: '1' }],
    [`${plan}/wolne`, dayOff()],
    [`${plan}/wolne/usun`, { oddzial: scene.world.branch.code, zamkniecie: '1' }],
  ]
  const administration = () => [
    [`${places}/oddzialy/nowy`, { nazwa: 'X', miasto: 'Y', 'kod-oddzialu': 'XX' }],
    [`${places}/oddzialy/stan`, { oddzial: 'WAW3', czynny: 'nie' }],
    [`${places}/oddzialy/stanowiska`, { oddzial: 'WAW3', jak: 'WAW2' }],
    [`${places}/tematy/benefits`, {}],
    [`${places}/kraje`, { kraj: 'NO', oddzial: 'WAW3' }],
    [`${places}/zaswiadczenia/nowy`, { kod: 'a' }],
    [`${places}/zasady-rezerwacji`, {}],
    [`${places}/zasady-rezerwacji/horyzont`, { horyzont: '61', przedtem: '60' }],
  ]
  const pages = [plan, `${plan}/wolne`]
  const settings = ['oddzialy', 'tematy', 'kraje', 'zaswiadczenia', 'zasady-rezerwacji'].map(
    (name) => `${places}/${name}`,
  )

  test.each(['officer', 'inspector'] as const)('the role %s is refused everywhere', async (role) => {
    const { cookie } = await scene.officer(scene.one, { role })
    for (const path of [...pages, ...settings])
      expect([path, (await read(path, cookie)).status]).toEqual([path, 403])
    for (const [path, fields] of [...writes(), ...administration()])
      expect([path, (await send(path as string, fields as Record<string, string>, cookie)).status]).toEqual([
        path,
        403,
      ])
  })

  test('a supervisor plans the own branch, no other one, and nothing of the institution', async () => {
    const own = await scene.officer(scene.one, { role: 'supervisor' })
    const other = await scene.officer(scene.one, { role: 'supervisor', branchId: scene.elsewhere().id })
    for (const path of pages) expect((await read(path, own.cookie)).status).toBe(200)
    for (const path of pages)
      expect((await read(`${path}?oddzial=${scene.world.branch.code}`, other.cookie)).status).toBe(403)
    for (const [path, fields] of writes())
      expect((await send(path as string, fields as Record<string, string>, other.cookie)).status).toBe(403)
    expect((await agree(`${plan}/wolne`, dayOff({ 'od-dnia': '2027-02-01' }), own.cookie)).status).toBe(303)
    expect((await send(`${plan}/wolne`, dayOff({ kogo: 'wszystkie' }), own.cookie)).status).toBe(403)
    for (const path of settings) expect((await read(path, own.cookie)).status).toBe(403)
    for (const [path, fields] of administration())
      expect((await send(path as string, fields as Record<string, string>, own.cookie)).status).toBe(403)
  })

  test('a supervisor cannot take a desk of another branch through the own one', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'supervisor', branchId: scene.elsewhere().id })
    const [desk] = await scene.world.query<{ id: number }>(
      'select min(id) as id from desk where branch_id = $1',
      [scene.world.branch.id],
    )
    const base = { oddzial: scene.elsewhere().code, stanowisko: String(desk?.id), dzien: visitDay }
    expect((await send(`${plan}/okno`, base, cookie)).status).toBe(404)
    expect((await send(`${plan}/stanowisko/stan`, base, cookie)).status).toBe(404)
    expect((await send(`${plan}/stanowisko`, { ...base, nazwa: 'X' }, cookie)).status).toBe(422)
    const away = dayOff({ oddzial: scene.elsewhere().code, kogo: String(desk?.id) })
    expect((await send(`${plan}/wolne`, away, cookie)).status).toBe(409)
  })

  test('an administrator of one branch changes nothing of the whole institution', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'administrator' })
    expect((await read(plan, cookie)).status).toBe(200)
    for (const path of settings) expect((await read(path, cookie)).status).toBe(403)
    expect((await send(`${plan}/wolne`, dayOff({ kogo: 'wszystkie' }), cookie)).status).toBe(403)
  })

  test('who is not signed in is led to the door', async () => {
    for (const path of [...pages, ...settings]) expect((await get(scene.one, path)).status).toBe(303)
    for (const [path, fields] of [...writes(), ...administration()])
      expect((await post(scene.one, path as string, fields as Record<string, string>)).location).toBe(
        '/pracownik',
      )
    expect(booked(await scene.world.book(scene.at('09:00')))).toBeTruthy()
  })
})
