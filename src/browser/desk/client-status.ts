import type { PresentPage } from '../../contract/signalling'
import type { RemotePeer } from '../call/media-transport'

/** What the officer's page knows about the client; instants in milliseconds of this device. */
export interface ClientStanding {
  now: number
  present: readonly PresentPage[]
  peer: RemotePeer | undefined
  /** Since when the client's page is gone or nothing comes from it; null while all is well. */
  troubleSince: number | null
  /** Since when the client is invited and has not entered. */
  invitedSince: number | null
}

/** One line about the client; `n` counts seconds. */
export type ClientStatus =
  | { key: 'desk.call.client.reconnecting'; n: number }
  | {
      key:
        | 'desk.call.waitingForClient'
        | 'desk.callIn.noAnswer'
        | 'desk.visit.away'
        | 'desk.call.client.hidden'
        | 'desk.call.client.audioOnly'
        | 'desk.visit.inCall'
    }

const patience = 1500
const noAnswerAfter = 60_000
const countSecondsFor = 120_000

export function clientStatus(standing: ClientStanding): ClientStatus {
  const { now, present, peer, troubleSince, invitedSince } = standing
  const page = present.find(({ participant }) => participant === 'client')
  const trouble = troubleSince === null ? 0 : now - troubleSince
  if (page && !page.ready && !peer?.receiving) {
    const waited = invitedSince === null ? 0 : now - invitedSince
    return { key: waited > noAnswerAfter ? 'desk.callIn.noAnswer' : 'desk.call.waitingForClient' }
  }
  if (trouble > countSecondsFor) return { key: 'desk.visit.away' }
  if (trouble > patience || (!page && !peer))
    return { key: 'desk.call.client.reconnecting', n: Math.floor(trouble / 1000) }
  if (peer?.media?.soundOnly === true) return { key: 'desk.call.client.audioOnly' }
  return { key: peer?.media?.camera === false ? 'desk.call.client.hidden' : 'desk.visit.inCall' }
}

/** The same in three words, for the tag beside the client's name. */
export function shortStatus(
  status: ClientStatus,
): 'desk.visit.here' | 'desk.visit.away' | 'desk.visit.inCall' {
  switch (status.key) {
    case 'desk.call.waitingForClient':
    case 'desk.callIn.noAnswer':
      return 'desk.visit.here'
    case 'desk.call.client.reconnecting':
    case 'desk.visit.away':
      return 'desk.visit.away'
    case 'desk.call.client.hidden':
    case 'desk.call.client.audioOnly':
    case 'desk.visit.inCall':
      return 'desk.visit.inCall'
  }
}
