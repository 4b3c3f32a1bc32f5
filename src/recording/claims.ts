import type { Participant } from '../contract/signalling'
import type { TrackKind } from '../contract/journal'
import type { Span } from './track-scan'

/** One track of one session. */
export interface TrackName {
  sessionId: string
  track: number
}

/** The track that fills a stretch of time of what is seen or heard of a person. */
export interface Claim extends TrackName {
  from: number
  to: number
  /** Its first picture needs none before it. */
  startsWithKey: boolean
}

/** What one person shows or says: all tracks of it over all connections and page loads. */
export interface Slot {
  participant: Participant
  kind: TrackKind
  claims: readonly Claim[]
}

export interface NamedSpan extends TrackName, Span {}

/**
 * Who fills which time. The same sound travels over several connections, and a page load follows another: a track
 * keeps its place as long as it supplies frames, then that one follows which supplies them next.
 */
export function chooseClaims(spans: readonly NamedSpan[]): Claim[] {
  const claims: Claim[] = []
  const inOrder = [...spans].sort((a, b) => a.from - b.from || b.to - a.to || (nameOf(a) < nameOf(b) ? -1 : 1))
  let end = -Infinity
  for (const { sessionId, track, from, to, startsWithKey } of inOrder) {
    if (to <= end && claims.length > 0) continue
    // One that goes on after another has ended is in the middle of its pictures
    const joins = from > end
    claims.push({
      sessionId,
      track,
      from: joins ? from : end + joinMs,
      to,
      startsWithKey: joins && startsWithKey,
    })
    end = to
  }
  return claims.filter(({ from, to }) => from <= to)
}

/** Between the last frame of one track and the first of another. */
const joinMs = 1
const nameOf = ({ sessionId, track }: TrackName) => `${sessionId}:${String(track).padStart(5, '0')}`

/** A pause after which a shared screen is another one. */
const otherScreenMs = 30_000

/** Screen shares of a person, each with its claims: a short break, such as a page load, does not end one. */
export function screenShares(claims: readonly Claim[]): Claim[][] {
  const shares: Claim[][] = []
  for (const claim of claims) {
    const before = shares.at(-1)?.at(-1)
    if (before && claim.from - before.to <= otherScreenMs) shares.at(-1)?.push(claim)
    else shares.push([claim])
  }
  return shares
}
