import { type BootTexts, type DeviceGoneKey, mediaTextKeys } from './boot'
import type { DeskPerson } from './desk-boot'
import type { RoomState } from './signalling'

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

/** Left open: `{time}`, `{elapsed}`, `{minutes}`, `{down}`, `{loss}`, `{rtt}`, `{name}`. */
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
