import { gzipSync } from 'node:zlib'
import type { VNode } from 'preact'
import { expect, test } from 'vitest'
import { renderPage } from '../../platform/http/page'
import { type Language, languages } from '../../texts/catalogue'
import type { Answers } from '../answers'
import type { AskedConsent } from '../consents'
import { branchFoundPage, branchListPage, branchUnknownPage } from './branch-pages'
import { cancelledPage, cancelPage, tooLateToCancelPage } from './cancel-pages'
import { confirmationPage } from './confirmation-page'
import { detailsPage, fieldsOf } from './details-page'
import { findPage } from './find-page'
import { holdGonePage } from './hold-gone-page'
import { managePage } from './manage-page'
import { holdNotYoursPage, invalidLinkPage, limitPage, unknownResultPage } from './message-pages'
import { moveConfirmPage, movePage } from './move-pages'
import type { PageContext } from './page-context'
import {
  testBranch,
  testHold,
  testOffer,
  testPage,
  testTopic,
  testVisit,
  testWindows,
} from './page-for-tests'
import { postalPage } from './postal-page'
import { reviewPage } from './review-page'
import { startPage } from './start-page'
import { timesPage } from './times-page'
import { topicPage } from './topic-page'
import { withdrawRecordingPage } from './withdraw-recording-page'

const compressedLimit = 7000

const journey = {
  topic: testTopic,
  branch: testBranch,
  postalCode: '03829',
  country: undefined,
  earlierHold: testHold.id,
}
const answers: Answers = {
  firstName: 'Halina',
  lastName: 'Wiśniewska',
  phone: '+48601234567',
  email: 'halina.wisniewska@example.pl',
  guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
  language: 'pl',
}
const consents: AskedConsent[] = [
  { kind: 'privacy', version: '2026-1', label: 'consent.privacy.consent.label', required: true },
  { kind: 'recording', version: '2026-1', label: 'consent.recording.required.label', required: true },
  { kind: 'guardian', version: '2026-1', label: 'consent.guardian.label', required: true },
]
const times = {
  offered: testOffer,
  open: { first: '2026-12-21', last: '2027-02-18', windows: testWindows(1, 2, 3, 4, 5) },
  from: '2026-12-29',
  earlierFree: null,
}
const sold = { ...testOffer, days: [], firstFree: null, nextFrom: null }
const mistakes = ['firstName', 'lastName', 'phone', 'email'].map((field) => ({
  field,
  text: `Popraw ${field}`,
}))

const pages: Record<string, (page: PageContext) => VNode> = {
  start: startPage,
  topic: (page) => topicPage(page, journey),
  'topic, nothing chosen': (page) => topicPage(page, { ...journey, topic: undefined }, 'empty'),
  'postal code': (page) => postalPage(page, journey),
  'postal code, wrong': (page) => postalPage(page, journey, { key: 'postal.error.format', typed: '2' }),
  'branch found': (page) => branchFoundPage(page, journey, testBranch),
  'code unknown': (page) => branchUnknownPage(page, journey),
  'list of branches': (page) => branchListPage(page, journey, true),
  times: (page) => timesPage(page, { ...times, journey }),
  'times, taken': (page) =>
    timesPage(page, { ...times, journey, mistake: { kind: 'taken', startsAt: testHold.startsAt } }),
  'no times here': (page) =>
    timesPage(page, { ...times, journey, offered: sold, earlierFree: testHold.startsAt }),
  'no times at all': (page) => timesPage(page, { ...times, journey, offered: sold }),
  details: (page) =>
    detailsPage(page, { hold: testHold, journey, held: true, fields: fieldsOf(answers), errors: mistakes }),
  review: (page) => reviewPage(page, { hold: testHold, answers, journey, consents, warnings: [] }),
  'hold expired': (page) =>
    holdGonePage(page, { hold: testHold, journey, standing: 'expired', nearest: [testHold.startsAt] }),
  'hold lost': (page) => holdGonePage(page, { hold: testHold, journey, standing: 'lost', nearest: [] }),
  'hold of somebody else': holdNotYoursPage,
  'one visit a topic': (page) => limitPage(page, 'same_topic'),
  'so many visits': (page) => limitPage(page, 'too_many_visits'),
  'result unknown': unknownResultPage,
  confirmation: (page) => confirmationPage(page, testVisit, '/rezerwacja/x/kalendarz.ics'),
  find: (page) => findPage(page, { errors: mistakes.slice(3), numbersSent: true }),
  manage: (page) =>
    managePage(page, { visit: testVisit, now: new Date('2026-12-29T08:20:00Z'), done: 'moved' }),
  move: (page) =>
    movePage(page, { ...times, visit: testVisit, now: new Date('2026-12-29T08:20:00Z'), mistake: 'taken' }),
  'confirm the move': (page) => moveConfirmPage(page, testVisit, new Date('2026-12-30T08:00:00Z')),
  cancel: (page) => cancelPage(page, testVisit),
  cancelled: (page) => cancelledPage(page, testVisit, true),
  'too late to cancel': (page) => tooLateToCancelPage(page, testVisit),
  'withdraw the consent to the recording': (page) => withdrawRecordingPage(page, testVisit),
  'link that does not work': invalidLinkPage,
}

const everyPage = Object.entries(pages).flatMap(([name, make]) =>
  languages.map((language) => [name, language, make] as const),
)

const rendered = (make: (page: PageContext) => VNode, language: Language) =>
  renderPage(make(testPage(language)))

test.each(everyPage)(
  'the page „%s” in %s is light, has one heading and no script',
  (_name, language, make) => {
    const html = rendered(make, language)
    expect(gzipSync(html).length).toBeLessThanOrEqual(compressedLimit)
    expect(html.match(/<h1/g)).toHaveLength(1)
    expect(html).not.toMatch(/<script|<style| style=| on[a-z]+="/)
  },
)

test.each(everyPage)(
  'the page „%s” in %s gives every field a label and leads on in its language',
  (_name, language, make) => {
    const html = rendered(make, language)
    for (const [, id] of html.matchAll(/<(?:input|select)(?![^>]*type="hidden")[^>]* id="([^"]+)"/g))
      expect(html).toContain(`for="${id ?? ''}"`)
    const [, main = ''] = /<main(.*)<\/main>/s.exec(html) ?? []
    const inside = [...main.matchAll(/(?:href|action)="(\/[^"]*)"/g)].map(([, path]) => path)
    for (const path of inside)
      expect(path).toMatch({ pl: /^\/(?!en|uk)/, en: /^\/en(\/|$)/, uk: /^\/uk(\/|$)/ }[language])
  },
)

test.each(everyPage)('the page „%s” in %s uses each id once', (_name, language, make) => {
  const ids = [...rendered(make, language).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(ids).toHaveLength(new Set(ids).size)
})

test.each([
  ['pl', '1920 × 1080', '2,5 Mb/s'],
  ['en', '1920 × 1080', '2.5 Mbps'],
  ['uk', '1920 × 1080', '2,5 Мбіт/с'],
] as const)('the start page in %s asks of a device what the institution asks', (language, picture, line) => {
  const html = rendered(startPage, language).replaceAll('\u00a0', ' ')
  expect(html).toContain(picture)
  expect(html).toContain(line)
})

test('a visit that was led by country names it where its client looks after it, and in the choices so far', () => {
  const visit = { ...testVisit, row: { ...testVisit.row, country: 'DE' } }
  const now = new Date('2026-12-21T08:20:00Z')
  const byCountry = { ...journey, country: 'DE' }
  for (const make of [
    (page: PageContext) => managePage(page, { visit, now }),
    (page: PageContext) => movePage(page, { ...times, visit, now }),
    (page: PageContext) =>
      detailsPage(page, { hold: testHold, journey: byCountry, held: true, fields: undefined }),
  ])
    expect(rendered(make, 'pl')).toContain('Niemcy')
})
