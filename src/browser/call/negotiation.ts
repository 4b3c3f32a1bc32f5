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
  /** The other side has answered with a new connection that ours cannot go on with: start anew and offer. */
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
    return polite ? 'roll_back' : 'ignore'
  }
  if (description.type === 'answer' && offering) return isRenewed ? 'renew_and_offer' : 'accept'
  return 'ignore'
}
