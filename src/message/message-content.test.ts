import { beforeAll, describe, expect, test } from 'vitest'
import type { Branch } from '../institution/directory'
import { readInstitutionData } from '../institution/read-institution-data'
import { wordingsOf } from '../institution/wording/own-wording'
import { smsParts } from '../contract/sms-parts'
import { randomKeys } from '../platform/keys'
import { instantAt } from '../platform/zone'
import { languages } from '../texts/catalogue'
import { emailContent, type EmailKind, type EmailSource } from './email-content'
import type { VisitSummary } from './visit-summary'
import { reasonDetails } from './message-details'
import type { VisitToTell } from './outgoing-store'
import { smsContent, type SmsKind } from './sms-content'

const keys = randomKeys()
const publicUrl = 'https://wizyta.example.org'
const startsAt = instantAt('2026-12-29', '14:05', 'Europe/Warsaw')
const visit: VisitToTell = {
  id: '0196f0a0-0000-7000-8000-000000000002',
  number: 'EW-7K3F-92QX',
  branchId: 1,
  topicId: 1,
  startsAt,
  endsAt: new Date(startsAt.getTime() + 20 * 60_000),
  state: 'booked',
  language: 'pl',
  linkVersion: 1,
  scheduleVersion: 1,
  hasGuardian: false,
  smsAhead: true,
  emailAhead: true,
  recordingConsent: true,
  client: Buffer.alloc(0),
  stateReason: null,
  closingNote: null,
  emailHash: Buffer.alloc(0),
}
const branch: Branch = {
  id: 1,
  code: 'WAW2',
  name: 'II Oddział w Warszawie',
  city: 'Warszawa',
  address: null,
  postalCode: null,
  phone: null,
  sample: false,
}

let directory: EmailSource['directory']
beforeAll(async () => {
  const institution = await readInstitutionData('data/zus')
  const [topic] = institution.topics
  directory = {
    institution,
    branchById: () => branch,
    topicById: () => topic && { ...topic, id: 1, recording: 'required' },
    certificateKinds: institution.certificateKinds.map((kind) => ({ ...kind, active: true })),
    wordings: wordingsOf([]),
  }
})

const emailKinds: EmailKind[] = [
  'booked',
  'reminder_email',
  'moved',
  'offer',
  'offer_reminder',
  'cancelled_by_client',
  'cancelled_by_institution',
  'missed',
  'number',
  'ended',
]
const summary: VisitSummary = {
  identity: 'confirmed',
  matters: ['general'],
  applications: [{ kindCode: 'brak-zaleglosci', reference: 'WZ-7K3F-94QX' }],
  profileReference: null,
  followUp: null,
}
const smsKinds: SmsKind[] = ['reminder_sms', 'moved_sms', 'offer_sms', 'cancelled_by_institution_sms']
const listed = [
  { number: 'EW-7K3F-92QX', startsAt },
  { number: 'EW-2222-3333', startsAt: new Date(startsAt.getTime() + 86_400_000) },
]

const email = (kind: EmailKind, change: Partial<VisitToTell> = {}, details = {}) =>
  emailContent(
    kind,
    { visit: { ...visit, ...change }, details },
    { directory, keys, publicUrl, now: startsAt },
    { listed, summary: kind === 'ended' ? summary : null },
  )

const every = languages.flatMap((language) => emailKinds.map((kind) => [language, kind] as const))

describe('every e-mail', () => {
  test.each(every)('%s %s says the number and ends with who writes, in both parts', (language, kind) => {
    const { subject, html, text } = email(kind, { language })
    const { name, address } = directory.institution.texts[language]
    for (const part of [html, text.replace(/\s+/g, ' ')]) {
      expect(part).toContain('EW-7K3F-92QX')
      expect(part.replaceAll('\u00a0', ' ')).toContain(`${name}, ${address}`.replaceAll('\u00a0', ' '))
      expect(part).not.toMatch(/\{\w+[},]|undefined|\*\*/)
    }
    expect(subject).not.toMatch(/[{}\n]/)
    expect(html).toContain(`<html lang="${language}">`)
  })

  test.each(every)('%s %s loads nothing and runs nothing', (language, kind) => {
    const { html } = email(kind, { language })
    expect(html).not.toMatch(/<(img|script|link|style|iframe|form|object)\b|url\(|@import|src=/i)
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    for (const link of links) expect(link).toMatch(/^https:\/\/wizyta\.example\.org\//)
  })
})

describe('the confirmation', () => {
  test('links to the meeting, to cancelling, to the rules and to both clauses', () => {
    const { html, text } = email('booked')
    for (const address of [
      '/spotkanie/',
      '/anuluj/',
      '/wizyta/',
      '/zasady',
      '/dane-osobowe',
      '/nagrywanie',
    ]) {
      expect(html).toContain(`href="${publicUrl}${address}`)
      expect(text).toContain(`: ${publicUrl}${address}`)
    }
  })

  test('a link alone on its line is a button', () => {
    const { html } = email('booked')
    expect(html).toMatch(
      /<a href="[^"]*\/spotkanie\/[^"]*" style="display:inline-block[^"]*">Wejdź na e-wizytę<\/a>/,
    )
    expect(html).not.toMatch(/<a href="[^"]*\/zasady" style="display:inline-block/)
  })

  test('heads with what happened and when, then lists label and value', () => {
    const { html } = email('booked')
    expect(html).toMatch(
      /<h1[^>]*>E-wizyta w\u00a0ZUS<\/h1><p[^>]*>wtorek, 29 grudnia 2026, godz\.\u00a014:05<\/p>/,
    )
    expect(html).toMatch(/<tr><td[^>]*><p[^>]*>Jak długo<\/p><\/td><td[^>]*><p[^>]*>20 minut/)
  })

  test('promises only the reminders that will come', () => {
    expect(email('booked').text).toContain('wyślemy SMS')
    const landline = email('booked', { smsAhead: false }).text
    expect(landline).not.toContain('SMS')
    expect(landline).toContain('Godzinę przed wizytą wyślemy e-mail')
    expect(email('booked', { smsAhead: false, emailAhead: false }).text).toContain(
      'nie wyślemy przypomnienia',
    )
  })

  test('speaks of the guardian and of the recording only when there is one', () => {
    expect(email('booked', { hasGuardian: true }).text).toContain('zgłoszony opiekun')
    expect(email('booked').text).not.toContain('zgłoszony opiekun')
    expect(email('booked', { recordingConsent: false }).text).toContain('Nie nagrywamy tej rozmowy.')
  })
})

describe('other e-mails', () => {
  test('a reminder says when the waiting room opens', () => {
    expect(email('reminder_email').text).toContain('otwiera się o godz. 13:50')
  })

  test('a moved visit shows both times and who moved it', () => {
    const old = instantAt('2026-12-30', '09:25', 'Europe/Warsaw').toISOString()
    const { text } = email('moved', {}, { by: 'institution', oldStartsAt: old })
    expect(text).toContain('środa, 30 grudnia 2026, godz. 9:25')
    expect(text).toContain('wtorek, 29 grudnia 2026, godz. 14:05')
    expect(text).toContain('musimy zmienić termin')
  })

  test('a visit moved by the institution says why', () => {
    expect(email('moved', {}, { by: 'institution', reason: 'absence' }).text).toContain(
      'nieobecność pracowników',
    )
    expect(email('moved', {}, { by: 'client' }).text).not.toContain('Powód')
  })

  test('whoever is asked to choose another time is led to the choice, and told until when', () => {
    const until = instantAt('2026-12-27', '12:00', 'Europe/Warsaw').toISOString()
    const { html, text } = email('offer', {}, { by: 'institution', reason: 'closure', until })
    expect(text).toContain('wtorek, 29 grudnia 2026, godz. 14:05')
    expect(text).toContain('niedziela, 27 grudnia 2026, godz. 12:00')
    expect(html).toMatch(/href="https:\/\/wizyta\.example\.org\/wizyta\/[^"/]+\/termin"/)
  })

  test('a cancellation gives the reason, in the words of the officer too, which cannot become a link', () => {
    expect(email('cancelled_by_institution', {}, { reason: 'closure' }).text).toContain(
      'oddział jest w tym dniu',
    )
    const words = reasonDetails(keys, visit.id, '[kliknij](https://evil.example) <b>*')
    const { html, text } = email('cancelled_by_institution', {}, words)
    expect(text).toContain('[kliknij](https://evil.example) <b>*')
    expect(html).not.toContain('href="https://evil')
    expect(html).not.toContain('<b>')
  })

  test('who loses a visit through the institution is led to the times of the same topic and branch', () => {
    const { html } = email('cancelled_by_institution', { language: 'en' }, { by: 'institution' })
    expect(html).toMatch(/href="https:\/\/wizyta\.example\.org\/en\/termin\?temat=[a-z-]+&amp;oddzial=WAW2"/)
    expect(email('cancelled_by_client', {}, { by: 'client' }).html).toContain(`href="${publicUrl}/temat"`)
  })

  test('a cancellation without a reason has no empty line for it', () => {
    expect(email('cancelled_by_institution').text).not.toContain('Powód')
  })

  test('the numbers asked for are listed, each with its time', () => {
    const { text } = email('number')
    expect(text).toContain('- EW-7K3F-92QX – wtorek, 29 grudnia 2026, 14:05')
    expect(text).toContain('- EW-2222-3333 – środa, 30 grudnia 2026, 14:05')
  })
})

describe('every SMS', () => {
  const dayBefore = instantAt('2026-12-28', '10:00', 'Europe/Warsaw')
  const sameDay = instantAt('2026-12-29', '08:30', 'Europe/Warsaw')
  const cases = languages.flatMap((language) =>
    smsKinds.flatMap((kind) => [dayBefore, sameDay].map((now) => ({ language, kind, now }))),
  )

  test.each(cases)('$language $kind fits into one part and holds no link', ({ language, kind, now }) => {
    const text = smsContent(kind, { ...visit, language }, directory, now)
    expect(smsParts(text)).toMatchObject({ parts: 1, encoding: language === 'uk' ? 'UCS-2' : 'GSM-7' })
    expect(text).not.toMatch(/https?:|www\.|\//)
    expect(text).not.toContain('\u00a0')
  })

  test('says "tomorrow" the day before and "today" on the day', () => {
    expect(smsContent('reminder_sms', visit, directory, dayBefore)).toContain('jutro, 29.12.2026 o 14:05')
    expect(smsContent('reminder_sms', visit, directory, sameDay)).toContain('dzis, 29.12.2026 o 14:05')
    expect(() => smsContent('reminder_sms', visit, directory, new Date('2026-12-27T09:00:00Z'))).toThrow()
  })

  test('refuses to be longer than one part', () => {
    const texts = directory.institution.texts
    const long = { ...texts, pl: { ...texts.pl, short: 'Zakład Ubezpieczeń' } }
    const other = {
      wordings: wordingsOf([]),
      institution: { ...directory.institution, texts: long },
    }
    expect(() => smsContent('reminder_sms', visit, other, dayBefore)).toThrow('parts')
  })
})
