import { type BootTexts, type DeviceGoneKey, mediaTextKeys, warningTextKeys } from './boot'
import type { DeskPerson } from './desk-boot'
import type { Settlement } from './settlement'
import type { RoomState } from './signalling'

/** What a script at the desk can ask for. */
export type DeskCallAddress =
  | 'day'
  | 'callIn'
  | 'release'
  | 'end'
  | 'note'
  | 'missed'
  | 'identity'
  | 'undoIdentity'
  | 'matters'
  | 'agreed'
  | 'application'
  | 'profile'
  | 'followUp'
  | 'warn'
  | 'ask'
  | 'extend'
  | 'takeOver'
  | 'interpreter'
  | 'recordingChoice'
  | 'recordingStop'

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
  settlement: Settlement
  certificateKinds: readonly { code: string; name: string }[]
  topics: readonly { code: string; name: string }[]
  branchCode: string
  /** The recorder's script, the journal's socket of this visit and of any (`{id}`). */
  recorder: { worker: string; socket: string; leftOvers: string }
  /** Whether the institution lets a visit go on without a recording. */
  recordingMayBeMissing: boolean
  /** Nothing is recorded while a document is shown. */
  recordingPausedForDocument: boolean
  /** Whether a visit goes on when the client takes the consent back. */
  recordingConsent: 'required' | 'optional'
  /** Where an interpreter comes in, once one is invited. */
  interpreterLink: string
  addresses: Record<DeskCallAddress, string>
}

/** Left open: `{time}`, `{n}`, `{tracks}`, `{elapsed}`, `{minutes}`, `{down}`, `{loss}`, `{rtt}`, `{name}`. */
export const deskCallTextKeys = [
  ...mediaTextKeys,
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
  'desk.call.speed',
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
  'call.share.stop',
  'desk.call.share',
  'desk.call.share.before',
  'desk.call.askShare',
  'desk.call.chat',
  'desk.call.chat.label',
  'desk.call.chat.send',
  'desk.call.chat.unsent',
  'desk.call.you',
  'desk.call.client',
  'desk.call.guardian',
  'desk.call.interpreter',
  'desk.call.screen',
  'desk.call.pictureInPicture',
  'desk.call.share.stop',
  'call.share.zoomIn',
  'call.share.zoomOut',
  'call.devices.short',
  'device.choose.camera',
  'device.choose.microphone',
  'device.choose.speaker',
  'desk.call.extend',
  'desk.call.extended',
  'call.deviceCame',
  'desk.shortcuts.title',
  'desk.shortcuts.open',
  'desk.shortcuts.use',
  'desk.shortcuts.microphone',
  'desk.shortcuts.camera',
  'desk.shortcuts.chat',
  'desk.shortcuts.identity',
  'desk.shortcuts.settle',
  'desk.shortcuts.end',
  'desk.call.warn',
  'desk.call.warn.choose',
  'desk.call.warn.sent',
  'desk.call.warn.seen',
  'desk.call.invite.interpreter',
  'desk.interpreter.name',
  'desk.interpreter.invite',
  'desk.interpreter.remove',
  'desk.interpreter.link',
  'desk.identity.title',
  'desk.identity.start',
  'desk.identity.next',
  'desk.identity.notNeeded',
  'desk.identity.step.face',
  'desk.identity.step.front',
  'desk.identity.step.back',
  'desk.identity.step.compare',
  'desk.identity.kind',
  'desk.identity.kind.idCard',
  'desk.identity.kind.passport',
  'desk.identity.kind.residenceCard',
  'desk.identity.kind.drivingLicence',
  'desk.identity.kind.mobile',
  'desk.identity.kind.foreign',
  'desk.identity.check.face',
  'desk.identity.check.name',
  'desk.identity.check.valid',
  'desk.identity.check.guardian',
  'desk.identity.checks.error',
  'desk.identity.ask.closer',
  'desk.identity.ask.tilt',
  'desk.identity.ask.still',
  'desk.identity.agrees',
  'desk.identity.disagrees',
  'desk.identity.reason',
  'desk.identity.reason.face',
  'desk.identity.reason.data',
  'desk.identity.reason.expired',
  'desk.identity.reason.unreadable',
  'desk.identity.reason.none',
  'desk.identity.reason.refused',
  'desk.identity.result.confirmed',
  'desk.identity.result.notConfirmed',
  'desk.identity.result.notNeeded',
  'desk.identity.by',
  'desk.identity.undo',
  'desk.identity.undo.reason',
  'desk.identity.notKept',
  'desk.identity.blocked.recording',
  'desk.identity.blocked.picture',
  'desk.identity.needed',
  'desk.settle.title',
  'desk.settle.general',
  'desk.settle.forms',
  'desk.settle.advice',
  'desk.settle.application',
  'desk.settle.application.kind',
  'desk.settle.application.purpose',
  'desk.settle.application.delivery',
  'desk.settle.application.save',
  'desk.settle.application.saved',
  'desk.settle.readBack',
  'desk.settle.choose',
  'desk.settle.profileConfirm',
  'desk.settle.profileConfirm.saved',
  'desk.settle.profileCreate',
  'desk.settle.saved',
  'desk.settle.followUp',
  'desk.settle.followUp.topic',
  'desk.settle.followUp.show',
  'desk.settle.followUp.none',
  'desk.settle.followUp.booked',
  'desk.end.agreed',
  'desk.end.agreed.hint',
  'desk.end.agreed.saved',
  'desk.recording.starting',
  'desk.recording.on',
  'desk.recording.saved',
  'desk.recording.interrupted',
  'desk.recording.interrupted.body',
  'desk.recording.missing',
  'desk.recording.missing.remoteVideo',
  'desk.recording.missing.remoteAudio',
  'desk.recording.missing.localVideo',
  'desk.recording.missing.localAudio',
  'desk.recording.missing.guestVideo',
  'desk.recording.missing.guestAudio',
  'desk.recording.broken',
  'desk.recording.restarted',
  'desk.recording.withdraw',
  'desk.recording.withdraw.required',
  'desk.recording.withdraw.optional',
  'desk.recording.withdraw.confirm',
  'desk.recording.spoolFailed',
  'desk.recording.unrecorded',
  'desk.recording.choice.wait',
  'desk.recording.choice.continue',
  'desk.recording.choice.continue.reason',
  'desk.recording.choice.end',
  'desk.recording.buffered',
  'desk.recording.caughtUp',
  'desk.recording.paused',
  'desk.recording.none',
  'desk.recording.unsent.done',
  'desk.recording.unsent.foreign',
  ...warningTextKeys,
] as const

export type DeskCallTextKey = (typeof deskCallTextKeys)[number] | DeviceGoneKey

export const deskCallCountedKeys = [
  'desk.call.left',
  'desk.call.client.reconnecting',
  'desk.call.warn.count',
  'desk.recording.unsent',
] as const

export type DeskCallCountedKey = (typeof deskCallCountedKeys)[number]
