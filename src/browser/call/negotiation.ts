import { sessionId } from './sdp'

/** What a page knows when a description arrives. */
export interface NegotiationStanding {
  /** Gives way when both offer at once; exactly one side of a pair is polite. */
  polite: boolean
  /** An offer of ours is out and unanswered. */
  offering: boolean
  /** Session of the other side that our connection was made with; null before the first description. */
  remoteSession: string | null
}

export type NegotiationStep =
  | 'accept'
  /** Take our own offer back, then accept. */
  | 'roll_back'
  | 'ignore'
  /** The other side has started anew: so do we, and answer. */
  | 'renew_and_accept'
  /** Neither side's connection can go on with what the other one has: start anew and offer. */
  | 'renew_and_offer'

/** Perfect negotiation, plus connections that were made anew without a new page. */
export function negotiationStep(
  standing: NegotiationStanding,
  description: { type: string; sdp?: string | undefined },
): NegotiationStep {
  const { polite, offering, remoteSession } = standing
  const session = sessionId(description.sdp ?? '')
  if (session === null) return 'ignore'
  const isRenewed = remoteSession !== null && session !== remoteSession
  if (description.type === 'offer') {
    if (isRenewed) return 'renew_and_accept'
    if (!offering) return 'accept'
    if (!polite) return 'ignore'
    // Chromium shows no picture any more after an offer was taken back on a connection that had one, though pictures
    // arrive and are decoded: both begin anew instead, which the other side's rule above allows at any time
    return remoteSession === null ? 'roll_back' : 'renew_and_offer'
  }
  if (description.type === 'answer' && offering) return isRenewed ? 'renew_and_offer' : 'accept'
  return 'ignore'
}
