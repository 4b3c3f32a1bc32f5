import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { askedConsents, consentLabel } from '../../src/booking/consents'
import { emailContent } from '../../src/message/email-content'
import { catalogueText } from '../../src/message/texts/editable-texts'
import { smsContent } from '../../src/message/sms-content'
import { sampleMessage } from '../../src/message/texts/sample-message'
import { randomKeys } from '../../src/platform/keys'
import { dayOf } from '../../src/platform/zone'
import { type StaffClient, signedIn, staffClient } from '../support/administration'
import { eventually } from '../support/eventually'
import { fakeClock, testTime } from '../support/fake-clock'
import { createTestDatabase, type TestDatabase } from '../support/template-database'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { addSampleBranch } from '../../src/main/demo/sample-branch'
import { addSampleStaff } from '../../src/main/demo/sample-staff'

const path = '/pracownik/ustawienia/teksty'
const smsPath = `${path}/wiadomosc/sms.moved/pl`
let database: TestDatabase
let one: TestProduct
let two: TestProduct
let admin: StaffClient
let signedInAtStart: StaffClient
const clock = fakeClock()

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'), { maxConnections: 20 })
  await addSampleBranch(database.db, { validFrom: '2026-12-21', visitMinutes: 20, bufferMinutes: 5 })
  await addSampleStaff(database.db)
  const shared = { database, clock, keys: randomKeys() }
  one = await startTestProduct(inject('postgresUrl'), shared)
  two = await startTestProduct(inject('postgresUrl'), shared)
  signedInAtStart = await signedIn(one.url, 'zofia.bak@example.org')
})
beforeEach(async () => {
  clock.set(testTime)
  await database.pool.query('delete from own_text')
  await Promise.all([one, two].map(({ services }) => services.directory.refresh()))
  admin = signedInAtStart
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await database.drop()
})

const movedSms = ({ services }: TestProduct) => {
  const { directory, keys } = services
  const { visit } = sampleMessage({ directory, keys, language: 'pl', now: clock.now() })
  return smsContent('moved_sms', visit, directory, clock.now())
}
const save = (text: string, more: Record<string, string> = {}) =>
  admin.post(smsPath, { 'sms.moved': text, wersja: '0', co: 'zapisz', od: '', ...more })
const good = '{inst}: nowy termin {date} {time}, nr {number}'

describe('the wording of a message', () => {
  test('once saved is said by every process, and the catalogue’s again once it is given back', async () => {
    expect(await save(good)).toMatchObject({ status: 303, location: `${smsPath}?zapisano=1` })
    expect(movedSms(one)).toMatch(/^ZUS: nowy termin \d{2}\.12\.2026 14:05, nr EW-7K3F-92QX$/)
    await eventually(async () => expect(movedSms(two)).toBe(movedSms(one)))
    expect((await admin.get(path)).body).toMatch(/data-text="sms.moved.pl"><span class="tag tag-ok">wersja 1/)

    const product = catalogueText('sms.moved', 'pl')
    expect((await save(product, { wersja: '1' })).status).toBe(303)
    expect(movedSms(one)).toContain('Szczegoly sa w e-mailu')
    const { body } = await admin.get(smsPath)
    expect(body).toContain('powrót do tekstu produktu')
    expect(body).toContain('Zofia Bąk')
  })

  test.each([
    ['{inst}: {date} {time}', 'brakuje zmiennej {number}'],
    [`${good} {imie}`, 'nie wypełnia tu zmiennej {imie}'],
    [`${good} {inst`, 'wiersz 1, znak 48: nawias klamrowy nie jest zamknięty'],
    [`${good} ${'x'.repeat(120)}`, 'w jednej części mieści się 160'],
    [`${good} zażółć`, 'te znaki skracają SMS do 70 znaków: ż ó ł ć'],
    ['', 'Treść SMS-a: wpisz tekst'],
  ])('%j is refused, with what was typed kept: %s', async (text, words) => {
    const answer = await save(text)
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
    if (text !== '') expect(answer.body).toContain(`>${text}</textarea>`)
    expect(movedSms(one)).toContain('Szczegoly sa w e-mailu')
  })

  test('is counted in a preview that saves nothing', async () => {
    const { status, body } = await save(good, { co: 'podglad' })
    expect(status).toBe(200)
    expect(body).toMatch(/Najdłuższy SMS: \d+ z 160 znaków \(GSM-7\), części: 1/)
    expect(body).toContain('Najdłuższy SMS')
    expect(movedSms(one)).toContain('Szczegoly')
  })

  test('for a later day becomes valid by itself, and can be taken back until then', async () => {
    await save(good, { od: '2027-01-04' })
    expect((await admin.get(`${smsPath}?zapisano=1`)).body).toContain('Zacznie obowiązywać: 4 stycznia 2027')
    await save('{inst}: {date} {time} {number} pilne', { wersja: '1', od: '2027-01-10' })
    expect(movedSms(one)).toContain('Szczegoly')
    clock.set(new Date('2027-01-03T22:59:59Z'))
    expect(movedSms(one)).toContain('Szczegoly')
    clock.set(new Date('2027-01-03T23:00:00Z'))
    expect(movedSms(one)).toContain('nowy termin')
    await eventually(async () => expect(movedSms(two)).toContain('nowy termin'))

    admin = await signedIn(one.url, 'zofia.bak@example.org')
    expect((await admin.post(`${smsPath}/wersja/1/wycofaj`)).status).toBe(409)
    expect((await admin.post(`${smsPath}/wersja/2/wycofaj`)).status).toBe(303)
    clock.set(new Date('2027-01-20T09:00:00Z'))
    expect(movedSms(one)).toContain('nowy termin')
    admin = await signedIn(one.url, 'zofia.bak@example.org')
    expect((await admin.get(smsPath)).body).toMatch(/data-version="2" data-state="withdrawn"/)
  })

  test('of a day gone by is refused', async () => {
    for (const od of ['2026-12-01', '2026-13-45', 'jutro'])
      expect((await save(good, { od })).status).toBe(422)
  })

  test('is never overwritten unseen: who comes second is told, and keeps what was typed', async () => {
    expect((await save(good)).status).toBe(303)
    const late = await save('{inst}: inny tekst {date} {time} {number}')
    expect(late.status).toBe(409)
    expect(late.body).toContain('Ktoś zmienił ten tekst przed chwilą.')
    expect(late.body).toContain('inny tekst')
    const both = await Promise.all([1, 2].map((n) => save(`${good} ${n}`, { wersja: '1' })))
    expect(both.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  test('shows its differences, and an old version fills the form to become a new one', async () => {
    await save(good)
    await save(`${good} pilne`, { wersja: '1' })
    const difference = await admin.get(`${smsPath}/wersja/2`)
    expect(difference.body).toMatch(/<ins><span class="hide">dodane: <\/span> pilne<\/ins>/)
    const form = await admin.get(`${smsPath}?z=1`)
    expect(form.body).toContain(`>${good}</textarea>`)
    await save(good, { wersja: '2', z: '1' })
    expect((await admin.get(smsPath)).body).toContain('przywrócona wersja 1')
    const { rows } = await database.pool.query<{ action: string; subject_id: string; details: object }>(
      "select action, subject_id, details from audit_entry where action = 'text.saved' order by id desc limit 1",
    )
    expect(rows).toMatchObject([{ subject_id: 'sms.moved.pl', details: { version: 3, restored: 1 } }])
  })

  test('of an e-mail goes out in its own words, the footer in those of every e-mail', async () => {
    const texts = {
      'email.moved': {
        'email.moved.subject': 'Przeniesione: {day}, {time}',
        'email.moved.body': `${catalogueText('email.moved.body', 'pl')}\n\nDo zobaczenia!`,
      },
      'email.footer': { 'email.footer': 'Dzwoń: {phone}, numer {number}.\n\n{instName}, {instAddress}' },
    }
    for (const [name, parts] of Object.entries(texts))
      expect(
        (await admin.post(`${path}/wiadomosc/${name}/pl`, { ...parts, wersja: '0', co: 'zapisz' })).status,
      ).toBe(303)
    await eventually(async () => expect(two.services.directory.wordings(() => clock.now()).pl?.size).toBe(3))
    const { directory, keys, publicUrl } = two.services
    const { visit, details } = sampleMessage({ directory, keys, language: 'pl', now: clock.now() })
    const sent = emailContent('moved', { visit, details }, { directory, keys, publicUrl, now: clock.now() })
    expect(sent.subject).toBe('Przeniesione: wtorek, 22 grudnia 2026, 14:05')
    for (const part of [sent.html, sent.text]) {
      expect(part).toContain('Do zobaczenia!')
      expect(part).toContain('Dzwoń: ')
    }
  })

  test('of an e-mail is previewed as it is sent, both parts, and nothing of it can run', async () => {
    const key = 'email.booked.body'
    const body = `${catalogueText(key, 'pl')}\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>`
    const answer = await admin.post(`${path}/wiadomosc/email.booked/pl`, {
      'email.booked.subject': 'Wizyta {day}, {time}',
      'email.booked.preheader': 'Wstęp',
      [key]: body,
      co: 'podglad',
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatch(/<b lang="pl">Wizyta wtorek, 22 grudnia 2026, 14:05<\/b>/)
    const srcdoc = /srcdoc="([^"]*)"/i.exec(answer.body)?.[1] ?? ''
    expect(srcdoc).toContain('&amp;lt;script')
    expect(srcdoc).not.toMatch(/<script|<img|&lt;script|&lt;img/i)
    expect(answer.body).toMatch(/<iframe class="email-preview" sandbox(="")? srcdoc/i)
    expect(answer.headers.get('content-security-policy')).toMatch(
      /script-src 'self';.*style-src-attr 'unsafe-inline'/,
    )
    expect((await admin.get(path)).headers.get('content-security-policy')).not.toContain('unsafe-inline')
  })
})

describe('a legal text', () => {
  const legal = `${path}/prawne/recording`
  const stand = (body: string) => /name="stan" value="([^"]*)"/.exec(body)?.[1] ?? ''
  const draft = (label: string, source: string) => ({
    ...Object.fromEntries(['pl', 'en', 'uk'].map((l) => [`tresc-${l}`, source])),
    ...Object.fromEntries(
      ['pl', 'en', 'uk'].map((l) => [`consent.recording.required.label-${l}`, `${label} ${l}`]),
    ),
  })
  const publish = async (fields: Record<string, string>) =>
    admin.post(legal, { stan: stand((await admin.get(legal)).body), od: '', co: 'zapisz', ...fields })
  const asked = ({ services }: TestProduct) => {
    const day = dayOf(clock.now(), 'Europe/Warsaw')
    const consent = askedConsents(services.directory, false, day, 'required').find(
      ({ kind }) => kind === 'recording',
    )
    if (!consent) throw new Error('No consent')
    const label = consentLabel(services.directory, consent, services.translators.pl)
    return `${consent.version}: ${label}`
  }
  const text = '# Nagranie\n\nWersja {version} od {validFrom}. {inst}'

  test('is a new version for those who come, and stays as it was for those who agreed before', async () => {
    const before = (await (await fetch(`${one.url}/nagrywanie`)).text()).slice(0)
    expect(asked(one)).toMatch(/^2026-1: Zgadzam się na nagranie/)
    const answer = await publish(draft('Nagrywaj {inst}', `${text} <b onclick=alert(1)>x</b>`))
    expect(answer).toMatchObject({ status: 303, location: `${legal}?zapisano=2026-2` })
    expect(asked(one)).toBe('2026-2: Nagrywaj ZUS pl')
    await eventually(async () => expect(asked(two)).toBe('2026-2: Nagrywaj ZUS pl'))

    const now = await (await fetch(`${two.url}/nagrywanie`)).text()
    expect(now).toContain('Wersja 2026-2 od 21 grudnia 2026. ZUS')
    expect(now).toContain('&lt;b onclick=alert(1)&gt;')
    const old = await (await fetch(`${one.url}/nagrywanie?wersja=2026-1`)).text()
    expect(old).toContain(/<div class="doc">.*?<\/div>/s.exec(before)?.[0])
    expect((await admin.get(`${legal}/wersja/2026-2`)).body).toContain('<ins>')
  })

  test('for a later day comes by itself, unless it is taken back', async () => {
    const answer = await publish({ ...draft('Od lutego', text), od: '2027-02-01' })
    expect(answer.location).toBe(`${legal}?zapisano=2027-1`)
    expect((await publish({ ...draft('Od marca', text), od: '2027-03-01' })).location).toContain('2027-2')
    expect(asked(one)).toBe('2026-2: Nagrywaj ZUS pl')
    expect((await admin.post(`${legal}/wersja/2027-2/wycofaj`)).status).toBe(303)
    expect((await admin.post(`${legal}/wersja/2026-2/wycofaj`)).status).toBe(409)
    clock.set(new Date('2027-04-01T09:00:00Z'))
    expect(asked(one)).toBe('2027-1: Od lutego pl')
    await eventually(async () => expect(asked(two)).toBe('2027-1: Od lutego pl'))
  })

  test.each([
    [{ 'tresc-pl': 'Bez wersji' }, 'brakuje zmiennej {version}'],
    [{ 'tresc-uk': '' }, 'Ukraiński, Pełny tekst: wpisz tekst'],
    [{ 'tresc-en': `${text} {name}` }, 'nie wypełnia tu zmiennej {name}'],
    [{ 'consent.recording.required.label-pl': '' }, 'Zgoda na nagranie: wpisz tekst'],
    [{ od: '2020-01-01' }, 'Podaj dzień od dziś wzwyż'],
  ])('is refused when it is not whole: %j', async (fields, words) => {
    const answer = await publish({ ...draft('x', text), ...(fields as Record<string, string>) })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
  })

  test('is not published twice, nor over somebody else’s', async () => {
    const fields = draft('Jeszcze raz', text)
    const seen = stand((await admin.get(legal)).body)
    const answers = await Promise.all(
      [1, 2].map(() => admin.post(legal, { ...fields, stan: seen, od: '', co: 'zapisz' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
    clock.set(new Date('2027-04-01T09:00:00Z'))
    admin = await signedIn(one.url, 'zofia.bak@example.org')
    const planned = (await admin.get(`${legal}?z=2027-1`)).body
    expect(planned).toContain('Od lutego')
  })

  test('that the service began with can be edited as it is, its version filled in anew', async () => {
    for (const kind of ['privacy', 'recording', 'rules']) {
      const { body } = await admin.get(`${path}/prawne/${kind}?z=2026-1`)
      if (kind !== 'rules') expect(body).toContain('Wersja {version}, obowiązuje od {validFrom}.')
    }
    // Also when it was kept before there was an open text of it
    await database.pool.query("update legal_text set source = null where kind = 'privacy'")
    const { body } = await admin.get(`${path}/prawne/privacy`)
    expect(body).toContain('Wersja {version}, obowiązuje od {validFrom}.')
  })
})

describe('what the institution says of itself', () => {
  const place = `${path}/instytucja`
  const fields = (body: string) =>
    Object.fromEntries(
      [...body.matchAll(/<input id="[^"]*" name="([^"]*)"[^>]*? value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )

  test('is changed on pages of every process at once, in versions', async () => {
    const typed = fields((await admin.get(place)).body)
    expect(typed['name-pl']).toBe('Zakład Ubezpieczeń Społecznych')
    const answer = await admin.post(place, { ...typed, 'name-pl': 'Urząd Próbny', wersja: '0' })
    expect(answer.location).toBe(`${place}?zapisano=2`)
    expect(one.services.translators.pl.t('footer.owner')).toContain('Urząd Próbny')
    await eventually(async () =>
      expect(two.services.translators.pl.t('footer.owner')).toContain('Urząd Próbny'),
    )
    expect(await (await fetch(one.url)).text()).toContain('Urząd Próbny')

    expect((await admin.post(place, { ...typed, wersja: '0' })).status).toBe(409)
    const first = fields((await admin.get(`${place}?z=1`)).body)
    expect(first['name-pl']).toBe('Zakład Ubezpieczeń Społecznych')
    expect((await admin.post(place, { ...first, wersja: '2', z: '1' })).status).toBe(303)
    expect((await admin.get(place)).body).toContain('przywrócona wersja 1')
    expect((await admin.get(`${place}/wersja/3`)).body).toContain('<del>')
  })

  test.each([
    [{ 'name-uk': '' }, 'Pełna nazwa (Ukraiński): to pole jest puste'],
    [{ 'site-pl': 'https://x.pl' }, 'Adres strony (Polski)'],
    [{ 'short-pl': 'Bardzo długa nazwa instytucji publicznej' }, 'SMS nie zmieści się w jednej części'],
    [{ telefon: '22 560' }, 'Numer do wybrania: wpisz numer z krajem'],
  ])('is refused when it would not do: %j', async (wrong, words) => {
    const typed = fields((await admin.get(place)).body)
    const answer = await admin.post(place, { ...typed, ...(wrong as Record<string, string>), wersja: '3' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(words)
  })
})

describe('who is no administrator', () => {
  const reads = [
    '',
    '/wiadomosc/sms.moved/pl',
    '/wiadomosc/sms.moved/pl/wersja/1',
    '/prawne/privacy',
    '/instytucja',
  ]
  const writes = [
    ['/wiadomosc/sms.moved/pl', { 'sms.moved': good, wersja: '0', co: 'zapisz' }],
    ['/wiadomosc/sms.moved/pl/wersja/1/wycofaj', {}],
    ['/prawne/privacy', { co: 'zapisz' }],
    ['/prawne/privacy/wersja/2026-1/wycofaj', {}],
    ['/instytucja', { wersja: '0' }],
  ] as const
  test.each(['ewa.maj', 'jan.lis', 'adam.rys'])('%s neither sees nor changes texts', async (name) => {
    const somebody = await signedIn(one.url, `${name}@example.org`)
    for (const place of reads) expect((await somebody.get(`${path}${place}`)).status, place).toBe(403)
    for (const [place, fields] of writes)
      expect((await somebody.post(`${path}${place}`, fields)).status, place).toBe(403)
    expect(movedSms(one)).toContain('Szczegoly')
  })

  test('nor does who is not signed in, and what is not there is not found', async () => {
    const nobody = staffClient(one.url)
    for (const place of reads) expect((await nobody.get(`${path}${place}`)).status).toBe(303)
    for (const [place, fields] of writes)
      expect((await nobody.post(`${path}${place}`, fields)).location).toBe('/pracownik')
    for (const place of [
      '/wiadomosc/x/pl',
      '/wiadomosc/sms.moved/de',
      '/prawne/x',
      '/prawne/rules/wersja/1999-1',
    ])
      expect((await admin.get(`${path}${place}`)).status, place).toBe(404)
  })
})
