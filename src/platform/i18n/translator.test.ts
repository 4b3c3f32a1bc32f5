import { describe, expect, test } from 'vitest'
import { catalogues, emailCatalogue, type EmailKey, languages, type TextKey } from '../../texts/catalogue'
import { smsParts } from '../../contract/sms-parts'
import { plainText, renderMarkdown } from './markdown'
import { MissingArgumentError } from './message'
import { createTranslator, emailText, type InstitutionWords, staffTranslator } from './translator'

const words: InstitutionWords = {
  inst: 'ZUS',
  instName: 'Zakład Ubezpieczeń Społecznych',
  instAddress: 'ul. Szamocka 3, 5, 01-748\u00a0Warszawa',
  phone: '22\u00a0560\u00a016\u00a000',
  smsPhone: '+48 22 560 16 00',
  phoneHours: 'od poniedziałku do piątku, 7:00–18:00',
  site: 'www.zus.pl/e-wizyta',
  profileName: 'PUE\u00a0ZUS',
  hours: '9:00–14:30',
  minutes: 20,
  openBefore: 15,
}
const pl = createTranslator('pl', words)
const en = createTranslator('en', words)
const uk = createTranslator('uk', words)

describe('a text', () => {
  test('without placeholders comes as it is', () => {
    expect(pl.t('ui.back')).toBe('Wstecz')
    expect(uk.t('ui.back')).toBe('Назад')
  })

  test('is filled with what is given', () => {
    expect(pl.t('times.choice', { day: 'wtorek, 29 grudnia 2026', time: '9:25' })).toBe(
      'wtorek, 29 grudnia 2026, godz.\u00a09:25',
    )
  })

  test('knows the words of the institution without being told', () => {
    expect(pl.t('start.title')).toBe('E-wizyta w\u00a0ZUS')
    expect(en.t('start.facts.duration')).toBe('The talk takes 20 minutes. One visit covers one topic.')
  })

  test('takes a given word rather than the one of the institution', () => {
    expect(pl.t('start.title', { inst: 'KRUS' })).toBe('E-wizyta w\u00a0KRUS')
  })

  test.each([
    [1, 'Została 1 minuta', '1 minute left', 'Залишилася 1 хвилина'],
    [2, 'Zostały 2 minuty', '2 minutes left', 'Залишилися 2 хвилини'],
    [5, 'Zostało 5 minut', '5 minutes left', 'Залишилося 5 хвилин'],
    [12, 'Zostało 12 minut', '12 minutes left', 'Залишилося 12 хвилин'],
    [21, 'Zostało 21 minut', '21 minutes left', 'Залишилася 21 хвилина'],
    [22, 'Zostały 22 minuty', '22 minutes left', 'Залишилися 22 хвилини'],
    [1.5, 'Zostało 1,5 minuty', '1.5 minutes left', 'Залишилося 1,5 хвилини'],
  ])('counts %s minutes as each language does', (n, polish, english, ukrainian) => {
    expect([pl, en, uk].map(({ t }) => t('hold.left', { n }))).toEqual([polish, english, ukrainian])
  })

  test('chooses by a word', () => {
    expect(en.t('wait.rules.recording', { recording: 'on' })).toBe(
      'We will record this call. You may not record it.',
    )
    expect(en.t('wait.rules.recording', { recording: 'off' })).toBe(
      'We will not record this call. You may not record it either.',
    )
  })

  test.each([
    ['times.choice', { day: 'wtorek' }, 'Text times.choice needs the argument {time}'],
    ['hold.left', {}, 'Text hold.left needs the argument {n}'],
    ['call.deviceGone', { device: 'camera' }, 'Text call.deviceGone needs the argument {name}'],
  ] as const)('that lacks a value says which one: %s', (key, args, message) => {
    for (const { t } of [pl, en, uk]) {
      expect(() => t(key, args)).toThrow(MissingArgumentError)
      expect(() => t(key, args)).toThrow(message)
    }
  })

  test('of the staff is Polish', () => {
    const { t } = staffTranslator(words)
    expect(t('desk.signIn.oidc')).toBe('Zaloguj się kontem ZUS')
    expect(t('desk.signedOut.idle', { n: 1 })).toBe('Wylogowaliśmy Cię po 1 minucie bez aktywności.')
    expect(() => t('desk.callIn.taken')).toThrow('Text desk.callIn.taken needs the argument {officer}')
  })
})

describe('an SMS', () => {
  test.each([
    ['sms.reminder.tomorrow', 'pl', 'GSM-7', 154],
    ['sms.reminder.tomorrow', 'en', 'GSM-7', 152],
    ['sms.reminder.tomorrow', 'uk', 'UCS-2', 66],
    ['sms.reminder.today', 'pl', 'GSM-7', 153],
    ['sms.reminder.today', 'en', 'GSM-7', 149],
    ['sms.reminder.today', 'uk', 'UCS-2', 62],
    ['sms.cancelledByInstitution', 'pl', 'GSM-7', 141],
    ['sms.cancelledByInstitution', 'en', 'GSM-7', 145],
    ['sms.cancelledByInstitution', 'uk', 'UCS-2', 63],
    ['sms.moved', 'pl', 'GSM-7', 134],
    ['sms.moved', 'en', 'GSM-7', 135],
    ['sms.moved', 'uk', 'UCS-2', 61],
  ] as const)('%s in %s is one part of %s, %i long', (key, language, encoding, units) => {
    const smsPhone = language === 'uk' ? '225601600' : '+48 22 560 16 00'
    const text = createTranslator(language, { ...words, smsPhone }).t(key, {
      date: language === 'uk' ? '29.12' : '29.12.2026',
      time: '14:05',
      number: 'EW-7K3F-92QX',
    })
    expect(smsParts(text)).toEqual({ encoding, units, parts: 1 })
  })

  test('holds no link', () => {
    const sms = languages.flatMap((language) =>
      (Object.keys(catalogues.pl) as TextKey[])
        .filter((key) => key.startsWith('sms.'))
        .map((key) => catalogues[language][key]),
    )
    expect(sms).toHaveLength(15)
    expect(sms.filter((text) => /http|www|\{site\}|Url\}/.test(text))).toEqual([])
  })
})

describe('the body of an e-mail', () => {
  const url = 'https://wizyta.example/x'
  const args = {
    day: 'wtorek, 29 grudnia 2026',
    dateWords: '29 grudnia 2026',
    time: '9:25',
    start: '9:25',
    end: '9:45',
    openTime: '9:10',
    oldDay: 'środa, 30 grudnia 2026',
    oldTime: '10:15',
    untilDay: 'niedziela, 27 grudnia 2026',
    untilTime: '12:00',
    branch: 'II Oddział w Warszawie',
    number: 'EW-7K3F-92QX',
    reason: 'awaria techniczna',
    guardian: 'no',
    reminders: 'both',
    recording: 'on',
    by: 'client',
    early: 'no',
    ended: 'Minął czas wizyty.',
    items: { markdown: '- jedno\n- drugie' },
    next: 'Czekaj na list.',
    visits: { markdown: '- EW-7K3F-92QX' },
    meetingUrl: url,
    deviceUrl: url,
    rulesUrl: url,
    cancelUrl: url,
    manageUrl: url,
    moveUrl: url,
    privacyUrl: url,
    recordingUrl: url,
    bookUrl: url,
    summaryUrl: url,
    ratingUrl: url,
    guardianUrl: 'https://wizyta.example/opiekun',
  }
  const every = (Object.keys(emailCatalogue) as EmailKey[]).flatMap((key) =>
    languages.map((language) => [key, language] as const),
  )

  test.each(every)('%s in %s is complete as HTML and as plain text', (key, language) => {
    const markdown = emailText(key, language, args, words)
    expect(markdown).not.toMatch(/[{}]/)
    expect(plainText(markdown)).not.toMatch(/\*\*|\]\(|##|\u00a0/)
    expect(renderMarkdown(markdown)).not.toMatch(/\*\*|\]\(|##/)
  })

  test('gives the guardian’s link only when there is a guardian', () => {
    for (const language of languages) {
      const body = (guardian: string): string =>
        emailText('email.booked.body', language, { ...args, guardian }, words)
      expect(renderMarkdown(body('yes'))).toContain('href="https://wizyta.example/opiekun"')
      expect(body('no')).not.toContain('opiekun)')
    }
  })

  test('shows free text as it was written, never as a link', () => {
    const reason = '[kliknij](https://evil.example) **teraz**'
    const body = emailText('email.cancelledByInstitution.body', 'pl', { ...args, reason }, words)
    expect(renderMarkdown(body)).not.toContain('evil.example"')
    expect(plainText(body)).toContain(`Powód: ${reason}`)
  })

  test('keeps a list that is given as Markdown', () => {
    expect(renderMarkdown(emailText('email.summary.body', 'pl', args, words))).toContain(
      '<ul><li>jedno</li><li>drugie</li></ul>',
    )
  })

  test('refuses an address that would break out of its link', () => {
    expect(() =>
      emailText('email.booked.body', 'pl', { ...args, cancelUrl: 'https://x.pl/) <b>' }, words),
    ).toThrow('Argument {cancelUrl} cannot stand in a Markdown link')
  })

  test('says which value is missing', () => {
    expect(() => emailText('email.footer', 'pl', {}, words)).toThrow(
      'Text email.footer needs the argument {number}',
    )
  })
})
