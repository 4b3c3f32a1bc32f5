import type { Participant } from '../../contract/signalling'

/** Bits per second of one picture. The officer must read a document; four people must fit a link of 2 Mbps. */
export function videoBitrate(from: Participant, to: Participant): number {
  if (from === 'officer') return 500_000
  if (to !== 'officer') return 300_000
  return from === 'client' ? 1_000_000 : 500_000
}

/** The officer never gives way in a negotiation, the guardian always: of two pages exactly one is polite. */
export function givesWay(me: Participant, other: Participant): boolean {
  const rank: Record<Participant, number> = { guardian: 0, client: 1, officer: 2 }
  return rank[me] < rank[other]
}
