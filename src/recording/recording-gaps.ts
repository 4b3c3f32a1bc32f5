import type { EventRecord, TrackKind } from '../contract/journal'
import type { gapReasons } from '../contract/recording-index'
import type { Participant } from '../contract/signalling'
import type { Claim } from './claims'
import { breakMs } from './track-scan'
import type { Stretch } from './video-lane'

export type GapReason = (typeof gapReasons)[number]

export interface Gap extends Stretch {
  participant: Participant
  kind: TrackKind
  why: GapReason
}

/** What is known beside the frames, on the server's clock. */
export interface Circumstances {
  /** Page loads of officers: from the first record to the last. */
  sessions: readonly Stretch[]
  events: readonly EventRecord[]
  /** Something of a journal is missing or was changed. */
  damaged: boolean
}

export interface Mute extends Stretch {
  participant: Participant
  kind: TrackKind
}

/** A page load takes a second or two; whatever takes longer is no page load any more. */
const longestReloadMs = 30_000
const nearMs = 1000

/** The stretches without frames between the first and the last of what somebody shows or says. */
export function gapsBetween(
  claims: readonly Claim[],
  kind: TrackKind,
): (Stretch & { sameTrack: boolean; sameSession: boolean })[] {
  return claims.flatMap((claim, index) => {
    const before = claims[index - 1]
    if (!before || claim.from - before.to < breakMs[kind]) return []
    const sameSession = before.sessionId === claim.sessionId
    return [
      {
        from: before.to,
        to: claim.from,
        sameSession,
        sameTrack: sameSession && before.track === claim.track,
      },
    ]
  })
}

/** Why frames are missing; undefined when nothing was to be expected: a muted microphone is no gap. */
export function whyGap(
  gap: Stretch & { participant: Participant; kind: TrackKind; sameTrack: boolean },
  { sessions, events, damaged }: Circumstances,
): GapReason | undefined {
  const covers = (stretch: Stretch) => overlap(stretch, gap) >= (gap.to - gap.from) / 2
  if (pauses(events, gap.to).some(covers)) return 'paused'
  const dropped = events.some(
    ({ at, event }) => event.type === 'dropped' && at >= gap.from - nearMs && at <= gap.to + nearMs,
  )
  if (dropped) return 'dropped'
  const muted = mutesOf(events, gap.to).some(
    (mute) => mute.participant === gap.participant && mute.kind === gap.kind && covers(mute),
  )
  if (muted) return gap.kind === 'audio' ? undefined : 'camera_off'
  const between = unrecorded(sessions, gap)
  if (between > nearMs / 4 && between >= (gap.to - gap.from) / 4) {
    if (damaged) return 'missing'
    return gap.to - gap.from <= longestReloadMs ? 'reload' : 'interrupted'
  }
  return gap.sameTrack || damaged ? 'missing' : 'connection'
}

const overlap = (a: Stretch, b: Stretch) => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))

/** For how much of the stretch no page recorded. */
function unrecorded(sessions: readonly Stretch[], { from, to }: Stretch): number {
  let at = from
  let sum = 0
  for (const session of [...sessions].sort((a, b) => a.from - b.from)) {
    if (session.to <= at) continue
    if (session.from >= to) break
    sum += Math.max(0, session.from - at)
    at = session.to
  }
  return sum + Math.max(0, to - at)
}

/** When somebody was muted, or a camera off. One that never ends does at `end`. */
export function mutesOf(events: readonly EventRecord[], end: number): Mute[] {
  const mutes: Mute[] = []
  const open = new Map<string, Mute>()
  for (const { at, event } of inOrder(events)) {
    if (event.type !== 'muted') continue
    const { participant, kind } = event
    const name = `${participant}:${kind}`
    const current = open.get(name)
    if (event.muted && !current) open.set(name, { participant, kind, from: at, to: end })
    else if (!event.muted && current) {
      mutes.push({ ...current, to: at })
      open.delete(name)
    }
  }
  return [...mutes, ...open.values()].filter(({ from, to }) => to > from)
}

function pauses(events: readonly EventRecord[], end: number): Stretch[] {
  const found: Stretch[] = []
  let from: number | undefined
  for (const { at, event } of inOrder(events)) {
    if (event.type !== 'paused') continue
    if (event.paused) from ??= at
    else if (from !== undefined) {
      found.push({ from, to: at })
      from = undefined
    }
  }
  return from === undefined ? found : [...found, { from, to: Math.max(from, end) }]
}

const inOrder = (events: readonly EventRecord[]) => [...events].sort((a, b) => a.at - b.at)
