import type { Quality } from '../call/quality-policy'

/** What the call page knows about its connections; instants in milliseconds of this device. */
export interface CallStanding {
  now: number
  /** Since when signalling is down; null while it is up. */
  downSince: number | null
  /** Since when nothing comes from the officer; null while sound or picture arrives. */
  silentSince: number | null
  officerPresent: boolean
  /** Officer and this page have been connected at least once in this call. */
  connectedOnce: boolean
  minutesLeft: number
  hasCamera: boolean
  cameraOn: boolean
  microphoneOn: boolean
  /** Into the microphone that is off. */
  talksMuted: boolean
  officerMicrophone: boolean
  officerCamera: boolean
  /** How our own line carries what we send to the officer. */
  ownWay: Quality
  /** The officer's line carries sound only. */
  officerSoundOnly: boolean
}

export type CallNotice =
  | 'call.connecting'
  | 'call.reconnecting'
  | 'call.connectionLost'
  | 'call.officerReconnecting'
  | 'call.timeLeft.five'
  | 'call.timeLeft.one'
  | 'call.audioOnly'
  | 'call.weak'
  | 'call.cameraIsOff'
  | 'call.muted'
  | 'call.mutedTalking'
  | 'call.officerMuted'
  | 'call.officerCameraOff'

/** Short breaks repair themselves before anybody has read about them. */
const patience = 2500
const lostAfter = 30_000

/** The one thing worth telling now, the most pressing first; null when all is well. */
export function callNotice(standing: CallStanding): CallNotice | null {
  return (
    connectionNotice(standing) ??
    (standing.talksMuted && !standing.microphoneOn ? 'call.mutedTalking' : null) ??
    qualityNotice(standing) ??
    timeNotice(standing.minutesLeft) ??
    deviceNotice(standing)
  )
}

function connectionNotice(standing: CallStanding): CallNotice | null {
  const { now, downSince, silentSince, officerPresent, connectedOnce } = standing
  if (silentSince === null) return null
  const silentFor = now - silentSince
  if (silentFor > lostAfter && (downSince !== null || officerPresent)) return 'call.connectionLost'
  if (!connectedOnce) return 'call.connecting'
  if (silentFor < patience) return null
  return downSince === null && !officerPresent ? 'call.officerReconnecting' : 'call.reconnecting'
}

function qualityNotice({ ownWay, officerSoundOnly }: CallStanding): CallNotice | null {
  if (ownWay === 'audio_only' || officerSoundOnly) return 'call.audioOnly'
  return ownWay === 'weak' ? 'call.weak' : null
}

function timeNotice(minutesLeft: number): CallNotice | null {
  if (minutesLeft === 5) return 'call.timeLeft.five'
  return minutesLeft === 1 ? 'call.timeLeft.one' : null
}

function deviceNotice(standing: CallStanding): CallNotice | null {
  if (standing.hasCamera && !standing.cameraOn) return 'call.cameraIsOff'
  if (!standing.microphoneOn) return 'call.muted'
  if (!standing.officerMicrophone) return 'call.officerMuted'
  return standing.officerCamera ? null : 'call.officerCameraOff'
}
