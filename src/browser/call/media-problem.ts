/** Why there is no camera or microphone, as the texts tell them apart; `failed` is everything we cannot name. */
export type MediaProblem =
  'denied' | 'systemDenied' | 'dismissed' | 'inUse' | 'notFound' | 'failed' | 'insecure' | 'unsupported'

/** Name and message of what getUserMedia threw; old browsers use names of their own. */
export interface MediaFailure {
  name: string
  message: string
}

/** What the browser says about the permission itself, where it can be asked. */
export type Permission = 'granted' | 'denied' | 'prompt' | 'unknown'

const problemsByName: Record<string, MediaProblem> = {
  NotFoundError: 'notFound',
  DevicesNotFoundError: 'notFound',
  NotReadableError: 'inUse',
  TrackStartError: 'inUse',
  SecurityError: 'insecure',
  TypeError: 'insecure',
}

const refusals = ['NotAllowedError', 'PermissionDeniedError', 'PermissionDismissedError']

/** Tells the causes apart; never names one that the browser's answer does not show. */
export function mediaProblem(failure: MediaFailure, permission: Permission): MediaProblem {
  if (!refusals.includes(failure.name)) return problemsByName[failure.name] ?? 'failed'
  if (/system/i.test(failure.message)) return 'systemDenied'
  // The page may, the browser may not: only the system can have refused
  if (permission === 'granted') return 'systemDenied'
  if (/dismissed/i.test(failure.message) || failure.name === 'PermissionDismissedError') return 'dismissed'
  return 'denied'
}

/** What stands in the way before anybody is asked; null when the browser can open a camera. */
export function browserProblem(page: { secure: boolean; hasMediaDevices: boolean; hasPeers: boolean }) {
  if (!page.hasPeers) return 'unsupported'
  if (page.hasMediaDevices) return null
  return page.secure ? 'unsupported' : 'insecure'
}
