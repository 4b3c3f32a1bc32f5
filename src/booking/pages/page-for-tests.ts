import type { Branch, Directory, Topic } from '../../institution/directory'
import { createTranslator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'
import { testSite, testWords } from '../../ui/site-for-tests'
import { setSite } from '../../ui/site'
import type { Hold } from '../hold'
import type { OfferedTimes } from '../offer-times'
import type { VisitRow } from '../visit-links'
import type { PageContext } from './page-context'
import type { ShownVisit } from './visit-page-context'

const texts = (language: Language) => ({
  name: `Emerytury i renty (${language})`,
  hint: 'Wniosek o emeryturę lub rentę, staż pracy, wysokość świadczenia, dorabianie, renta rodzinna',
  prepare: ['dokument tożsamości'],
})

export const testTopic: Topic = {
  id: 2,
  code: 'pensions',
  position: 2,
  routing: 'postal',
  addressOf: 'home',
  requiresIdentity: false,
  recording: 'required',
  texts: { pl: texts('pl'), en: texts('en'), uk: texts('uk') },
}

const branches: Branch[] = Array.from({ length: 43 }, (_, index) => ({
  id: index + 1,
  code: `B${index + 1}`,
  name: `Oddział w mieście ${(index * 7919).toString(36)}`,
  city: `Miasto ${(index * 104_729).toString(36)}`,
  address: 'ul. Podskarbińska 25',
  postalCode: '03-829',
  phone: null,
  sample: false,
}))

export const testBranch = branches[0] as Branch

const settings = {
  visitMinutes: 20,
  openBeforeMinutes: 15,
  holdMinutes: 15,
  activeVisitsPerPerson: 3,
  device: { width: 1920, height: 1080, megabits: 2.5 },
}

const institutionTexts = { ...testWords, name: testWords.instName, short: testWords.inst }

const directory = {
  institution: {
    timeZone: 'Europe/Warsaw',
    phoneE164: '+48225601600',
    texts: { pl: institutionTexts, en: institutionTexts, uk: institutionTexts },
    settings,
  },
  legalText: () => undefined,
  branches,
  topics: ['benefits', 'pensions', 'business', 'profile', 'relief'].map((code, index) => ({
    ...testTopic,
    code,
    id: index + 1,
  })),
  recordingPolicy: () => 'required',
  branchForCountry: () => undefined,
} as unknown as Directory

/** A page in a language, on an institution of our own. */
export const testPage = (language: Language, path = '/'): PageContext => {
  setSite(testSite)
  return { t: createTranslator(language, testWords), language, path, directory }
}

export const testHold: Hold = {
  id: '01a2979d-5fb8-7bda-af92-a3aabc025c08',
  branchId: 1,
  topicId: 2,
  startsAt: new Date('2026-12-29T08:25:00Z'),
  endsAt: new Date('2026-12-29T08:45:00Z'),
  heldUntil: new Date('2026-12-21T08:15:00Z'),
  extended: false,
  postalCode: '03829',
  country: null,
  language: 'pl',
  answers: null,
  visitId: null,
}

const clockTimes = ['08:00', '08:25', '08:50', '09:15', '09:40', '10:35', '11:00', '11:25', '11:50', '12:15']

const offeredDay = (day: string) => ({
  day,
  times: clockTimes.map((time, index) => ({
    startsAt: new Date(`${day}T${time}:00Z`),
    free: index % 3 !== 1,
  })),
})

export const testOffer: OfferedTimes = {
  days: [offeredDay('2026-12-29'), offeredDay('2026-12-30')],
  firstFree: new Date('2026-12-29T08:00:00Z'),
  nextFrom: '2026-12-31',
  previousFrom: '2026-12-28',
  lastDay: '2027-02-18',
}

/** Open on these weekdays. */
export const testWindows = (...weekdays: number[]) =>
  weekdays.map((weekday) => ({ weekday, validFrom: '2026-01-01', validTo: null, onHolidays: false }))

const manage = `/wizyta/${'A'.repeat(46)}`

export const testVisit: ShownVisit = {
  row: {
    id: '01a297d4-4280-75e9-9390-5f08ee48f1c7',
    number: 'EW-7K3F-94QX',
    starts_at: testHold.startsAt,
    ends_at: testHold.endsAt,
    state: 'booked',
    recording_consent: true,
    country: null,
    language: 'pl',
  } as VisitRow,
  branch: testBranch,
  topic: testTopic,
  maskedEmail: 'h•••a@example.pl',
  guardianName: 'Tomasz Wiśniewski',
  reminders: { sms: true, email: true },
  paths: {
    manage,
    move: `${manage}/termin`,
    resend: `${manage}/wyslij`,
    recording: `${manage}/nagranie`,
    cancel: `/anuluj/${'A'.repeat(46)}`,
    meeting: `/spotkanie/${'A'.repeat(46)}`,
  },
  guardianUrl: `https://ewizyta.example.pl/spotkanie/${'B'.repeat(46)}`,
}
