import { type DeskCallBoot, deskCallCountedKeys, deskCallTextKeys } from '../contract/desk-call-boot'
import {
  type DeskDayBoot,
  type DeskDayCountedKey,
  deskDayCountedKeys,
  deskDayTextKeys,
} from '../contract/desk-day-boot'
import { type DeskPerson } from '../contract/desk-boot'
import type { DeskVisit } from '../contract/desk-live'
import type { Settlement } from '../contract/settlement'
import type { RoomState } from '../contract/signalling'
import type { Branch, Directory } from '../institution/directory'
import type { TextArgs } from '../platform/i18n/message'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import type { Day } from '../platform/zone'
import type { VisitRow } from '../booking/visit-links'
import { type Client, nameOf } from '../message/sealed-client'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { staffCatalogue, type StaffTextKey, type TextKey } from '../texts/catalogue'
import { assetUrl } from '../ui/assets'
import { countedOf, deviceGoneTexts, textsOf } from '../visit/boot-texts'

/** Addresses of one visit at the desk; `{id}` for a page that knows many. */
export const visitAddresses = (id: string) => {
  const visit = `/pracownik/wizyta/${id}`
  return {
    visit,
    callIn: `${visit}/zapros`,
    release: `${visit}/oddaj`,
    end: `${visit}/zakoncz`,
    note: `${visit}/notatka`,
    missed: `${visit}/nieobecnosc`,
    room: `${visit}/pokoj`,
    identity: `${visit}/tozsamosc`,
    undoIdentity: `${visit}/tozsamosc/cofnij`,
    matters: `${visit}/sprawy`,
    agreed: `${visit}/ustalenia`,
    application: `${visit}/wniosek`,
    profile: `${visit}/profil`,
    followUp: `${visit}/kolejna`,
    warn: `${visit}/ostrzez`,
    ask: `${visit}/popros`,
    extend: `${visit}/przedluz`,
    takeOver: `${visit}/przejmij`,
    interpreter: `${visit}/tlumacz`,
    journal: `${visit}/nagranie`,
    recordingChoice: `${visit}/nagranie/wybor`,
    recordingStop: `${visit}/nagranie/cofnieta-zgoda`,
  }
}

const recorderScript = (): string => assetUrl('recorder-worker.js')

const mostMinutesLate = 120
const mostSeconds = 120
/** Bookings that may still come while the page is open. */
const spareVisits = 50

const person = ({ id, name, role, topicIds }: Staff): DeskPerson => ({ id, name, role, topicIds })

export interface DayFacts {
  staffTexts: StaffTranslator
  me: Staff
  branch: Branch
  day: Day
  today: Day
  timeZone: string
  now: Date
  visits: readonly DeskVisit[]
}

/** What the day page's script starts from. */
export function deskDayBoot(facts: DayFacts): DeskDayBoot {
  const { staffTexts, me, branch, day, today, timeZone, now, visits } = facts
  const { visit, callIn, missed } = visitAddresses('{id}')
  return {
    now: now.toISOString(),
    timeZone,
    day,
    today: day === today,
    branch: { code: branch.code, name: branch.name },
    me: person(me),
    mayCallIn: may(me, 'call_in', branch.id),
    mayMarkMissed: may(me, 'mark_missed', branch.id),
    live: `/pracownik/dzien/na-zywo?oddzial=${branch.code}&dzien=${day}`,
    addresses: { visit, callIn, missed },
    recorder: { worker: recorderScript(), leftOvers: visitAddresses('{id}').journal },
    visits,
    texts: textsOf(staffTexts.t, deskDayTextKeys),
    counted: dayCounts(staffTexts, visits.length + spareVisits),
  }
}

/** "3 umówione, 2 odbyte" is one message of two halves, each with a number of its own. */
function dayCounts({ t }: StaffTranslator, mostVisits: number): Record<DeskDayCountedKey, readonly string[]> {
  const summaries = Array.from({ length: mostVisits + 1 }, (_, n) =>
    t('desk.day.summary', { booked: n, done: n }).split(', '),
  )
  return {
    ...countedOf(t, deskDayCountedKeys, mostMinutesLate),
    'desk.day.booked': summaries.map(([booked]) => booked ?? ''),
    'desk.day.done': summaries.map(([, done]) => done ?? ''),
  }
}

export interface CallFacts {
  staffTexts: StaffTranslator
  texts: Translator
  me: Staff
  visit: VisitRow
  client: Client
  topic: string
  state: RoomState
  minutes: number
  nextTime: string | null
  timeZone: string
  now: Date
  demo: boolean
  dayAddress: string
  settlement: Settlement
  directory: Directory
  interpreterLink: string
}

/** What the call page's script starts from. */
export function deskCallBoot(facts: CallFacts): DeskCallBoot {
  const { staffTexts, texts, me, visit, client, state, now } = facts
  const { room, journal, ...addresses } = visitAddresses(visit.id)
  const { guardian } = client
  const { settings } = facts.directory.institution
  const translate = (key: StaffTextKey | TextKey, args: TextArgs): string =>
    isStaffKey(key) ? staffTexts.t(key, args) : texts.t(key, args)
  return {
    now: now.toISOString(),
    timeZone: facts.timeZone,
    me: person(me),
    mine: visit.state === 'in_progress' && visit.officer_id === me.id,
    room,
    visit: {
      id: visit.id,
      number: visit.number,
      startsAt: visit.starts_at.toISOString(),
      endsAt: visit.ends_at.toISOString(),
      minutes: facts.minutes,
      topic: facts.topic,
      client: nameOf(client) || texts.t('ui.erased'),
      guardian: guardian && nameOf(guardian),
      recorded: visit.recording_consent,
    },
    nextTime: facts.nextTime,
    state,
    demo: facts.demo,
    settlement: facts.settlement,
    certificateKinds: facts.directory.certificateKinds
      .filter(({ active }) => active)
      .map(({ code, texts: names }) => ({
        code,
        name: names.pl,
      })),
    topics: facts.directory.topics.map(({ code, texts: names }) => ({ code, name: names.pl.name })),
    branchCode: facts.directory.branchById(visit.branch_id)?.code ?? '',
    recorder: {
      worker: recorderScript(),
      socket: journal,
      leftOvers: visitAddresses('{id}').journal,
    },
    recordingMayBeMissing: settings.recordingMayBeMissing,
    recordingPausedForDocument: settings.recordingPausedForDocument,
    recordingConsent:
      facts.directory.recordingPolicy(visit.topic_id) === 'required' ? 'required' : 'optional',
    interpreterLink: facts.interpreterLink,
    addresses: { ...addresses, day: facts.dayAddress },
    texts: { ...textsOf(translate, deskCallTextKeys), ...deviceGoneTexts(texts.t) },
    counted: countedOf(staffTexts.t, deskCallCountedKeys, mostSeconds),
  }
}

const isStaffKey = (key: StaffTextKey | TextKey): key is StaffTextKey => Object.hasOwn(staffCatalogue, key)
