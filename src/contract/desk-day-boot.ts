import type { BootTexts } from './boot'
import type { DeskPerson } from './desk-boot'
import type { DeskVisit } from './desk-live'

/** The officer's day. Addresses of one visit hold `{id}`. */
export interface DeskDayBoot extends BootTexts<DeskDayTextKey, DeskDayCountedKey> {
  now: string
  /** IANA name, for clock times on the page. */
  timeZone: string
  day: string
  today: boolean
  branch: { code: string; name: string }
  me: DeskPerson
  /** By the role; a visit on a topic that is not theirs is refused all the same. */
  mayCallIn: boolean
  mayMarkMissed: boolean
  /** Address of the WebSocket that sends `deskNotice`, with its query. */
  live: string
  addresses: { visit: string; callIn: string; missed: string }
  /** Sends what could not be sent before: its script, and the journal's socket of a visit (`{id}`). */
  recorder: { worker: string; leftOvers: string }
  visits: readonly DeskVisit[]
}

/** Left open: `{name}`, `{time}`, `{officer}`, `{n}`. */
export const deskDayTextKeys = [
  'desk.list.waiting',
  'desk.list.upcoming',
  'desk.list.inProgress',
  'desk.list.finished',
  'desk.list.missed',
  'desk.list.cancelled',
  'desk.list.empty.waiting',
  'desk.list.empty.today',
  'desk.list.column.time',
  'desk.list.column.client',
  'desk.list.column.topic',
  'desk.list.column.state',
  'desk.list.column.officer',
  'desk.list.guardian',
  'desk.list.recordingConsent.no',
  'desk.list.column.device',
  'desk.device.ok',
  'desk.device.warning',
  'desk.device.failed',
  'desk.device.unknown',
  'desk.state.booked',
  'desk.state.waiting',
  'desk.state.in_progress',
  'desk.state.completed',
  'desk.state.ended_early',
  'desk.state.cancelled_client',
  'desk.state.cancelled_institution',
  'desk.state.missed_client',
  'desk.state.missed_institution',
  'desk.callIn',
  'desk.callIn.next',
  'desk.callIn.taken',
  'desk.markMissed.client',
  'desk.markMissed.institution',
  'desk.live.lost',
  'desk.live.back',
  'desk.day.visits',
  'desk.day.empty',
  'desk.day.now',
  'desk.filter.all',
  'desk.filter.mine',
  'desk.waitingCount',
  'desk.waitingFor',
  'desk.topicOther',
  'desk.announce.waiting',
  'desk.announce.left',
  'desk.visit.open',
  'desk.visit.return',
  'desk.visit.away',
  'desk.error.changed',
  'desk.recording.unsent.done',
  'desk.recording.unsent.foreign',
] as const

export type DeskDayTextKey = (typeof deskDayTextKeys)[number]

/** `desk.day.booked` and `desk.day.done` are the halves of "3 umówione, 2 odbyte". */
export const deskDayCountedKeys = ['desk.list.late', 'desk.list.count', 'desk.recording.unsent'] as const

export type DeskDayCountedKey = (typeof deskDayCountedKeys)[number] | 'desk.day.booked' | 'desk.day.done'
