import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { catalogues, emailCatalogue, type Language, languages, staffCatalogue } from './catalogue'

interface Message {
  key: string
  language: Language
  text: string
}

const short: Message[] = languages.flatMap((language) =>
  Object.entries(catalogues[language]).map(([key, text]) => ({ key, language, text })),
)
const staff: Message[] = Object.entries(staffCatalogue).map(([key, text]) => ({ key, language: 'pl', text }))
const bodies: Message[] = Object.entries(emailCatalogue).flatMap(([key, body]) =>
  languages.map((language) => ({ key, language, text: body[language].join('\n') })),
)
const all = [...short, ...staff, ...bodies]

type Elements = ReturnType<IntlMessageFormat['getAst']>
// Kinds of elements in the parsed message, as its parser numbers them.
const literal: ReadonlySet<number> = new Set([0, 7])
const plural = 6
const parse = ({ text, language }: Message): Elements =>
  new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).getAst()

interface Placeholder {
  name: string
  kind: number
  options: string[]
}
const placeholders = (elements: Elements): Placeholder[] =>
  elements.flatMap((element) => {
    if (!('value' in element) || literal.has(element.type)) return []
    const options = 'options' in element ? Object.entries(element.options) : []
    const own = { name: element.value, kind: element.type, options: options.map(([name]) => name) }
    return [own, ...options.flatMap(([, option]) => placeholders(option.value))]
  })
const names = (message: Message): string[] =>
  [...new Set(placeholders(parse(message)).map(({ name }) => name))].sort()

const offenders = (messages: Message[], fails: (message: Message) => boolean): string[] =>
  messages.filter(fails).map(({ key, language, text }) => `${language} ${key}: ${text}`)

test('every text of every language is a valid message', () => {
  const invalid = offenders(all, (message) => {
    try {
      parse(message)
      return false
    } catch {
      return true
    }
  })
  expect(invalid).toEqual([])
})

test('all languages have the same texts in the same order', () => {
  for (const language of languages) {
    expect(Object.keys(catalogues[language])).toEqual(Object.keys(catalogues.pl))
  }
})

test('no text is empty or begins or ends with a blank', () => {
  expect(offenders(all, ({ text }) => text.trim() !== text || text === '')).toEqual([])
})

// These say less in one language on purpose: a shorter SMS, a title without a count.
const fewer: Record<string, string[]> = {
  'en ui.errorSummary.title': ['n'],
  'uk sms.reminder.today': ['date'],
  'uk sms.cancelledByInstitution': ['time'],
  'uk sms.offer': ['time'],
}

test('translations use the same placeholders as the Polish text', () => {
  const polish = new Map(
    [...short, ...bodies]
      .filter(({ language }) => language === 'pl')
      .map((message) => [message.key, names(message)]),
  )
  const different = [...short, ...bodies].filter((message) => {
    const left = fewer[`${message.language} ${message.key}`] ?? []
    return (
      names(message).join() !==
      polish
        .get(message.key)
        ?.filter((name) => !left.includes(name))
        .join()
    )
  })
  expect(different.map(({ language, key }) => `${language} ${key}`)).toEqual([])
})

test('plurals carry every form that the language needs', () => {
  const forms = { pl: 'one few many other', en: 'one other', uk: 'one few many other' }
  const incomplete = offenders(all, (message) =>
    placeholders(parse(message))
      .filter(({ kind }) => kind === plural)
      .some(({ options }) => options.join(' ') !== forms[message.language]),
  )
  expect(incomplete).toEqual([])
})

const institution = [
  'inst',
  'instName',
  'instAddress',
  'phone',
  'smsPhone',
  'phoneHours',
  'site',
  'profileName',
]
const times = [
  'day',
  'dateWords',
  'time',
  'date',
  'end',
  'start',
  'until',
  'openTime',
  'oldDay',
  'oldTime',
  'untilDay',
  'untilTime',
  'zone',
]
const numbers = [
  'n',
  'total',
  'max',
  'minutes',
  'openBefore',
  'seconds',
  'bad',
  'booked',
  'done',
  'units',
  'elapsed',
]
const measures = [
  'megabits',
  'neededWidth',
  'neededHeight',
  'width',
  'height',
  'down',
  'up',
  'loss',
  'rtt',
  'browser',
  'version',
  'minimum',
]
const choices = [
  'recording',
  'reminders',
  'guardian',
  'device',
  'track',
  'by',
  'early',
  'check',
  'verdict',
  'encoding',
]
const people = ['name', 'officer', 'maskedEmail', 'typed', 'suggested', 'recipient', 'sender', 'auditor']
const things = [
  'page',
  'what',
  'topic',
  'branch',
  'code',
  'number',
  'reference',
  'kind',
  'incident',
  'tracks',
  'reason',
  'text',
]
const files = ['lines', 'megabytes', 'hash', 'delimiter', 'sign', 'shown', 'kept', 'list', 'prefix', 'other']
const administered = [
  'branches',
  'option',
  'options',
  'part',
  'line',
  'column',
  'signs',
  'most',
  'before',
  'language',
]
const operations = [
  ...[
    'ago',
    'channel',
    'names',
    'size',
    'path',
    'points',
    'delivered',
    'undelivered',
    'host',
    'free',
    'folder',
  ],
  ...['language', 'ombudsmanUrl', 'body', 'url'],
]
const days = ['desk', 'first', 'last', 'nextDateWords', 'validFrom', 'hours']
const plans = ['taken', 'all', 'from', 'to', 'breaks', 'visit', 'buffer', 'days', 'before', 'country']
const deviceNeeds = ['deviceWidth', 'deviceHeight', 'deviceMegabits', 'min', 'max']
const periods = ['period', 'visit', 'chat', 'notes', 'messages', 'length', 'usual', 'others']
const blocks = ['items', 'next', 'ended', 'visits']
const staffMail = ['email']
const urls = ['meetingUrl', 'deviceUrl', 'rulesUrl', 'cancelUrl', 'manageUrl', 'privacyUrl', 'recordingUrl']
const moreUrls = ['moveUrl', 'guardianUrl', 'bookUrl', 'summaryUrl', 'ratingUrl']
const sending = ['taken', 'refused', 'share', 'when', 'since', 'cause', 'status']
const figures = [
  'all',
  'least',
  'leastAt',
  'most',
  'mostAt',
  'nine',
  'share',
  'change',
  'client',
  'institution',
]
const moreFigures = [
  'offered',
  'scope',
  'parts',
  'days',
  'held',
  'from',
  'to',
  'score',
  'title',
  'id',
  'at',
  'position',
]
const known = new Set(
  [
    sending,
    staffMail,
    institution,
    times,
    numbers,
    measures,
    choices,
    people,
    things,
    operations,
    days,
    plans,
    deviceNeeds,
    periods,
    blocks,
    urls,
    moreUrls,
    files,
    administered,
    figures,
    moreFigures,
  ].flat(),
)

test('no text asks for an unknown placeholder', () => {
  const unknown = all.flatMap((message) =>
    names(message)
      .filter((name) => !known.has(name))
      .map((name) => `${message.key} {${name}}`),
  )
  expect(unknown).toEqual([])
})

describe('typography', () => {
  test('no text holds an ASCII apostrophe or quotation mark', () => {
    expect(offenders(all, ({ text }) => /['"]/.test(text))).toEqual([])
  })

  test('no sign of the copy deck for a non-breaking space is left', () => {
    expect(offenders(all, ({ text }) => text.includes('~'))).toEqual([])
  })

  const loneWord = {
    pl: /(?<=^|[\s\u00a0„«“({])[aiouwz] (?=\S)/im,
    uk: /(?<=^|[\s\u00a0„«“({])[аійоувзя] (?=\S)/im,
  }
  const isSms = ({ key }: Message): boolean => key.startsWith('sms.')

  test('a word of one letter never ends a line in Polish and Ukrainian', () => {
    const loose = offenders(all, (message) => {
      const { language, text } = message
      return !isSms(message) && language !== 'en' && loneWord[language].test(text)
    })
    expect(loose).toEqual([])
  })

  test('an SMS holds ordinary spaces only', () => {
    expect(offenders(all, (message) => isSms(message) && message.text.includes('\u00a0'))).toEqual([])
  })

  test('a phone number in a text is not broken between lines', () => {
    expect(
      offenders(all, (message) => !isSms(message) && /\d{2,3} \d{2,3} \d{2}/.test(message.text)),
    ).toEqual([])
  })
})

test('words that the tone of the service forbids stand nowhere in Polish', () => {
  const forbidden = /niestety|prosimy o|w celu|dokona[ćj]|celem|uprzejmie informujemy|(?:łeś|łaś)(?!\p{L})/iu
  expect(offenders(all, ({ language, text }) => language === 'pl' && forbidden.test(text))).toEqual([])
})

test('every e-mail has a subject and a body', () => {
  const keysOf = (suffix: string, keys: string[]): string[] =>
    keys
      .filter((key) => key.startsWith('email.') && key.endsWith(suffix))
      .map((key) => key.slice(0, -suffix.length))
  const subjects = keysOf('.subject', Object.keys(catalogues.pl))
  expect(keysOf('.body', Object.keys(emailCatalogue)).sort()).toEqual(subjects.sort())
})
