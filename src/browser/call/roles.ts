import type { Participant } from '../../contract/signalling'

/** Bits per second of one picture. The officer must read a document; four people must fit a link of 2 Mbps. */
export function videoBitrate(from: Participant, to: Participant): number {
  if (from === 'officer') return 500_000
  // Signs are read from hands in motion: the interpreter is seen well by who needs the signs
  if (from === 'interpreter') return to === 'client' ? 600_000 : 300_000
  if (to === 'officer') return from === 'client' ? 1_000_000 : 400_000
  return to === 'interpreter' ? 400_000 : 250_000
}

/** While a document is before the camera, to the officer alone. */
export const documentBitrate = 1_500_000
/** A page of text that changes now and then. */
export const screenBitrate = 800_000

/** The officer never gives way in a negotiation, then in this order: of two pages exactly one is polite. */
export function givesWay(me: Participant, other: Participant): boolean {
  const rank: Record<Participant, number> = { interpreter: 0, guardian: 1, client: 2, officer: 3 }
  return rank[me] < rank[other]
}
