import type { Participant } from '../../contract/signalling'
import type { Kind } from './capture'

/** Who a connection leads to. */
export interface TappedPeer {
  pageId: string
  participant: Participant
}

/**
 * Somebody who wants the encoded frames of a call. Handed in by the officer's page alone; a call without one is
 * made as ever.
 */
export interface FrameTap {
  /** A connection was made: what was heard of an earlier one to the same page is over. */
  opened(peer: TappedPeer): void
  sends(peer: TappedPeer, sender: RTCRtpSender, slot: Kind | 'screen'): void
  receives(peer: TappedPeer, receiver: RTCRtpReceiver, streamId: string): void
  closed(peer: TappedPeer): void
}
