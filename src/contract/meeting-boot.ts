import { type BootTexts, type DeviceGoneKey, mediaTextKeys, warningTextKeys } from './boot'
import type { RoomState } from './signalling'

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
  you: 'client' | 'guardian' | 'interpreter'
  /** Address of the room's WebSocket without its query. */
  room: string
  /** IANA name: clock times on the page are the institution's. */
  timeZone: string
  visit: MeetingVisit
  state: RoomState
  /** The demonstration: a test picture may stand in for a camera. */
  demo: boolean
}

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
  lightHint: 'swiatlo',
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
  recordingNews: 'nagranie-wiadomosc',
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
  interpreterPicture: 'tlumacz',
  interpreterVideo: 'obraz-tlumacza',
  interpreterPlate: 'podpis-tlumacza',
  sharedPicture: 'ekran-pracownika',
  sharedVideo: 'ekran-pracownika-obraz',
  sharedZoom: 'ekran-pracownika-powieksz',
  /** What the officer asks for or warns of, with its button. */
  card: 'prosba',
  cardTitle: 'prosba-tytul',
  cardBody: 'prosba-tresc',
  cardButton: 'prosba-rozumiem',
  documentFrame: 'ramka-dokumentu',
  watermark: 'znak-wodny',
  share: 'ekran',
  chatOpen: 'czat-otworz',
  chat: 'czat',
  chatList: 'czat-lista',
  chatForm: 'czat-formularz',
  chatText: 'czat-tekst',
  chatNote: 'czat-uwaga',
  chatClose: 'czat-zamknij',
  autoplay: 'wlacz-dzwiek',
  microphone: 'mikrofon',
  camera: 'kamera',
  switchCamera: 'przelacz-kamere',
  fullScreen: 'pelny-ekran',
  devicesOpen: 'urzadzenia-otworz',
  devices: 'urzadzenia',
  devicesClose: 'urzadzenia-zamknij',
  chooseCamera: 'wybierz-kamere',
  chooseMicrophone: 'wybierz-mikrofon',
  chooseSpeaker: 'wybierz-glosnik',
  hangUp: 'zakoncz',
  hangUpConfirm: 'zakonczyc',
  hangUpStay: 'zostaje',
  hangUpYes: 'koncze',
} as const

/** Left open for the page: `{name}` in call.deviceGone.*. */
export const meetingTextKeys = [
  ...mediaTextKeys,
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
  'wait.hint.light',
  'wait.hint.backlight',
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
  'call.deviceCame',
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
  'wait.noOfficer',
  'call.interpreter',
  'call.you',
  'call.share',
  'call.share.before',
  'call.share.stop',
  'call.share.officer',
  'call.share.zoomIn',
  'call.share.zoomOut',
  'call.chat',
  'call.chat.label',
  'call.chat.send',
  'call.chat.kept',
  'call.chat.empty',
  'call.chat.failed',
  'call.chat.tooLong',
  'call.recording.on',
  'call.recording.started',
  'call.recording.off',
  'call.recording.interrupted',
  'call.recording.resumed',
  'call.recording.paused',
  'call.recording.unrecorded',
  'identity.title',
  'identity.face',
  'identity.front',
  'identity.back',
  'identity.closer',
  'identity.glare',
  'identity.still',
  'identity.notKept',
  'identity.confirmed',
  'identity.notConfirmed',
  'identity.notNeeded',
  'warning.title',
  'warning.button',
  'warning.repeat',
  ...warningTextKeys,
  'call.shareAsked',
  'ui.close',
] as const

export type MeetingTextKey = (typeof meetingTextKeys)[number] | DeviceGoneKey

export const meetingCountedKeys = [
  'wait.startsIn',
  'wait.late',
  'wait.callIn.waiting',
  'call.timeLeft',
  'call.chat.unread',
] as const

export type MeetingCountedKey = (typeof meetingCountedKeys)[number]
