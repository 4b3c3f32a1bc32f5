import type { RoomState } from './signalling'
import type { DeskVisit } from './desk-live'

/**
 * What the server hands a live page: JSON in `<script type="application/json" id="boot">`, and a shell whose
 * elements carry the ids below. Texts are translated already; a `{name}` left in one is filled by the page.
 */
export const bootId = 'boot'

/** Texts by key, and texts that count: index 0, 1, 2 …, the last one for everything above. */
export interface BootTexts<Key extends string, Counted extends string> {
  texts: Readonly<Record<Key, string>>
  counted: Readonly<Record<Counted, readonly string[]>>
}

/** Instants are ISO text; what a person reads is formatted in the institution's time zone already. */
export interface MeetingVisit {
  number: string
  startsAt: string
  endsAt: string
  /** '9:25' */
  startTime: string
  endTime: string
  branch: string
  topic: string
  minutes: number
  recorded: boolean
  guardian: string | null
}

/** The page behind a meeting link while it is open: entry, waiting room, call. When the visit is over it reloads. */
export interface MeetingBoot extends BootTexts<MeetingTextKey, MeetingCountedKey> {
  now: string
  you: 'client' | 'guardian'
  /** Address of the room's WebSocket without its query. */
  room: string
  visit: MeetingVisit
  state: RoomState
  /** The demonstration: a test picture may stand in for a camera. */
  demo: boolean
}

/** `/sprawdz-urzadzenie`: own picture and sound level. */
export interface DevicePreviewBoot extends BootTexts<DeviceTextKey, never> {
  demo: boolean
}

export interface DeskPerson {
  id: number
  name: string
  role: 'officer' | 'supervisor' | 'administrator' | 'inspector'
  topicIds: readonly number[]
}

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
  visits: readonly DeskVisit[]
}

/** The officer's page of one visit. */
export interface DeskCallBoot extends BootTexts<DeskCallTextKey, DeskCallCountedKey> {
  now: string
  timeZone: string
  me: DeskPerson
  /** This officer conducts the visit: the page may enter the call and end it. */
  mine: boolean
  room: string
  visit: {
    id: string
    number: string
    startsAt: string
    endsAt: string
    minutes: number
    topic: string
    client: string
    guardian: string | null
    recorded: boolean
  }
  /** '10:15': the next visit of the branch on topics of this officer, for the clock's words. */
  nextTime: string | null
  state: RoomState
  demo: boolean
  addresses: { day: string; callIn: string; release: string; end: string; note: string; missed: string }
}

/** Answer to a desk form sent by `fetch` with `accept: application/json`; status 200, 409, 403 or 400. */
export type DeskAnswer =
  | { ok: true; /** Where a form without script is led. */ to: string }
  | { ok: false; reason: string; message: string; /** Name of the field at fault. */ field?: string }

/** Element ids of the meeting page. One of `entry`, `waiting`, `elsewhere` and `call` is shown at a time. */
export const meetingIds = {
  /** Header, sheet and footer: hidden while the call is shown. */
  frame: 'ramka',
  entry: 'wejscie',
  allow: 'wlacz',
  /** Filled with the picture's video; the same element is moved from entry to waiting room. */
  ownPicture: 'podglad',
  ownVideo: 'podglad-obraz',
  ownNote: 'podglad-opis',
  level: 'poziom',
  levelNote: 'poziom-opis',
  problem: 'klopot',
  testPicture: 'obraz-probny',
  enter: 'wejdz',
  enterNote: 'wejdz-opis',
  waiting: 'poczekalnia',
  waitingPicture: 'poczekalnia-obraz',
  waitingStatus: 'poczekalnia-stan',
  connection: 'polaczenie',
  invitation: 'zaproszenie',
  invitationEnter: 'zaproszenie-wejdz',
  invitationNote: 'zaproszenie-czas',
  sound: 'dzwiek',
  leave: 'wyjdz',
  elsewhere: 'gdzie-indziej',
  elsewhereTitle: 'gdzie-indziej-tytul',
  elsewhereBody: 'gdzie-indziej-opis',
  takeOver: 'przenies',
  call: 'rozmowa',
  ring: 'zegar',
  timeLeft: 'zostalo',
  recording: 'nagranie',
  /** Class `hide` while there is nothing to say, else `ask`. */
  callStatus: 'stan',
  stage: 'scena',
  officerVideo: 'obraz-pracownika',
  officerPlate: 'podpis-pracownika',
  /** Hidden while nobody else takes part. */
  guestPicture: 'gosc',
  guestVideo: 'obraz-goscia',
  guestPlate: 'podpis-goscia',
  selfPicture: 'obraz-wlasny',
  selfVideo: 'obraz-wlasny-wideo',
  autoplay: 'wlacz-dzwiek',
  microphone: 'mikrofon',
  camera: 'kamera',
  switchCamera: 'przelacz-kamere',
  fullScreen: 'pelny-ekran',
  hangUp: 'zakoncz',
  hangUpConfirm: 'zakonczyc',
  hangUpStay: 'zostaje',
  hangUpYes: 'koncze',
} as const

/** Element ids of the device page. */
export const deviceIds = {
  allow: meetingIds.allow,
  ownPicture: meetingIds.ownPicture,
  ownVideo: meetingIds.ownVideo,
  ownNote: meetingIds.ownNote,
  level: meetingIds.level,
  levelNote: meetingIds.levelNote,
  problem: meetingIds.problem,
  testPicture: meetingIds.testPicture,
} as const

/**
 * Element ids of the desk. `day` and `stage` are empty and belong to the page's script; everything else is
 * server-made and works without it. Forms send to `addresses`; `message` takes what went wrong.
 */
export const deskIds = {
  clock: 'zegar',
  /** Empty: waiting people and the day's table. */
  day: 'dzien',
  /** Empty: stage, controls, clock of the call. */
  stage: 'rozmowa',
  message: 'komunikat',
  state: 'stan-wizyty',
  callInForm: 'formularz-zapros',
  releaseForm: 'formularz-oddaj',
  noteForm: 'formularz-notatka',
  note: 'notatka',
  noteStatus: 'notatka-stan',
  endForm: 'formularz-zakoncz',
  endReason: 'powod',
  endNote: 'wyjasnienie',
} as const

const media = [
  'meet.allow',
  'meet.asking',
  'meet.preview',
  'meet.previewOff',
  'meet.level',
  'meet.level.heard',
  'meet.level.silent',
  'meet.ready',
  'meet.both.denied.title',
  'meet.both.denied.fix',
  'meet.both.systemDenied.title',
  'meet.both.systemDenied.fix',
  'meet.both.dismissed.title',
  'meet.both.dismissed.fix',
  'meet.both.notFound.title',
  'meet.both.notFound.fix',
  'meet.camera.denied.title',
  'meet.camera.denied.fix',
  'meet.camera.systemDenied.title',
  'meet.camera.systemDenied.fix',
  'meet.camera.inUse.title',
  'meet.camera.inUse.fix',
  'meet.camera.notFound.title',
  'meet.camera.notFound.fix',
  'meet.camera.failed.title',
  'meet.camera.failed.fix',
  'meet.microphone.denied.title',
  'meet.microphone.denied.fix',
  'meet.microphone.systemDenied.title',
  'meet.microphone.systemDenied.fix',
  'meet.microphone.inUse.title',
  'meet.microphone.inUse.fix',
  'meet.microphone.notFound.title',
  'meet.microphone.notFound.fix',
  'meet.microphone.failed.title',
  'meet.microphone.failed.fix',
  'meet.unsupported.title',
  'meet.unsupported.fix',
  'meet.insecure.title',
  'meet.insecure.fix',
  'meet.testPicture',
  'ui.retry',
] as const

export const deviceTextKeys = media
export type DeviceTextKey = (typeof deviceTextKeys)[number]

/** Left open for the page: `{name}` in call.deviceGone.*. */
export const meetingTextKeys = [
  ...media,
  'meet.title',
  'meet.enter',
  'meet.entering',
  'meet.joinWithoutCamera',
  'meet.joinWithoutCamera.note',
  'meet.joinWithoutMicrophone',
  'meet.joinWithoutMicrophone.note',
  'meet.joinWithoutDevices',
  'meet.joinWithoutDevices.note',
  'guardian.wait.clientMissing',
  'guardian.wait.clientHere',
  'wait.title',
  'wait.lead',
  'wait.startsNow',
  'wait.lateUnknown',
  'wait.lateLong',
  'wait.youLate',
  'wait.kept',
  'wait.callIn.title',
  'wait.callIn.button',
  'wait.reconnecting',
  'wait.reconnected',
  'wait.otherTab.title',
  'wait.otherTab.body',
  'wait.otherTab.button',
  'wait.leave.note',
  'call.title',
  'call.officer',
  'call.guardian',
  'call.mute',
  'call.unmute',
  'call.cameraOff',
  'call.cameraOn',
  'call.switchCamera',
  'call.fullScreen',
  'call.fullScreen.exit',
  'call.hangUp',
  'call.connecting',
  'call.connected',
  'call.joined.guardian',
  'call.left.guardian',
  'call.weak',
  'call.audioOnly',
  'call.videoBack',
  'call.reconnecting',
  'call.reconnected',
  'call.officerReconnecting',
  'call.officerCameraOff',
  'call.officerMuted',
  'call.connectionLost',
  'call.muted',
  'call.mutedTalking',
  'call.cameraIsOff',
  'call.autoplay',
  'call.picture.officer',
  'call.picture.guardian',
  'call.picture.client',
  'call.picture.you',
  'call.moved.title',
  'call.moved.back',
  'call.timeLeft.five',
  'call.timeLeft.one',
] as const
/** Made of one text with a choice in it: which device is gone. */
export type DeviceGoneKey =
  | 'call.deviceGone.camera'
  | 'call.deviceGone.microphone'
  | 'call.deviceGoneNone.camera'
  | 'call.deviceGoneNone.microphone'
export type MeetingTextKey = (typeof meetingTextKeys)[number] | DeviceGoneKey

export const meetingCountedKeys = [
  'wait.startsIn',
  'wait.late',
  'wait.callIn.waiting',
  'call.timeLeft',
] as const
export type MeetingCountedKey = (typeof meetingCountedKeys)[number]

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
] as const
export type DeskDayTextKey = (typeof deskDayTextKeys)[number]

/** `desk.day.booked` and `desk.day.done` are the halves of "3 umówione, 2 odbyte". */
export const deskDayCountedKeys = ['desk.list.late', 'desk.list.count'] as const
export type DeskDayCountedKey = (typeof deskDayCountedKeys)[number] | 'desk.day.booked' | 'desk.day.done'

/** Left open: `{time}`, `{elapsed}`, `{minutes}`, `{down}`, `{loss}`, `{rtt}`, `{name}`. */
export const deskCallTextKeys = [
  ...media,
  'call.mute',
  'call.unmute',
  'call.cameraOff',
  'call.cameraOn',
  'call.switchCamera',
  'call.fullScreen',
  'call.fullScreen.exit',
  'call.controls',
  'call.guardian',
  'call.muted',
  'call.mutedTalking',
  'call.autoplay',
  'call.joined.guardian',
  'call.left.guardian',
  'call.reconnecting',
  'call.reconnected',
  'call.picture.you',
  'call.picture.guardian',
  'wait.otherTab.button',
  'call.moved.title',
  'call.moved.back',
  'desk.call.clock',
  'desk.call.five',
  'desk.call.one',
  'desk.call.over',
  'desk.call.client.hidden',
  'desk.call.client.audioOnly',
  'desk.call.quality',
  'desk.call.picture',
  'desk.call.waitingForClient',
  'desk.call.devices.title',
  'desk.callIn',
  'desk.callIn.noAnswer',
  'desk.callIn.taken',
  'desk.release',
  'desk.state.booked',
  'desk.state.waiting',
  'desk.state.in_progress',
  'desk.state.completed',
  'desk.state.ended_early',
  'desk.visit.here',
  'desk.visit.notWaiting',
  'desk.visit.inCall',
  'desk.visit.away',
  'desk.visit.guardianHere',
  'desk.note.saved',
  'desk.end',
  'desk.end.back',
  'desk.end.reason.error',
  'desk.end.note.error',
  'desk.live.back',
  'desk.error.changed',
  'desk.error.otherOfficer',
] as const
export type DeskCallTextKey = (typeof deskCallTextKeys)[number] | DeviceGoneKey

export const deskCallCountedKeys = ['desk.call.left', 'desk.call.client.reconnecting'] as const
export type DeskCallCountedKey = (typeof deskCallCountedKeys)[number]
