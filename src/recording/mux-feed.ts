import type { FrameRecord } from '../contract/journal'
import type { Claim } from './claims'
import type { ScannedSession } from './journal-scan'
import type { MediaFile } from './media-file'
import type { PlannedFile } from './mux-plan'
import { createReorder, type Ordered, type Reorder } from './reorder'
import { createPlacing } from './track-clock'
import type { OpenWebm, WebmPacket } from './webm-track'

/** Where the frames of a track go; told in the order of arrival. */
export interface TrackFeed {
  add(frame: FrameRecord): Promise<void>
  /** The journal has been read up to this time of arrival. */
  until(at: number): Promise<void>
  finish(): Promise<void>
}

type Target = { file: MediaFile; claims: Claim[]; sound: boolean }

/** A moment is compared with the end of a claim that was computed the same way: only rounding lies between. */
const roundingMs = 0.01

const claimAt = (claims: readonly Claim[], at: number): Claim | undefined =>
  claims.find(({ from, to }) => at >= from - roundingMs && at <= to + roundingMs)

async function give(
  { file, claims, sound }: Target,
  frame: { at: number; key: boolean; number: number | null; data: Uint8Array },
): Promise<void> {
  const claim = claimAt(claims, frame.at)
  if (!claim) return
  if (sound) await file.sound(frame.at, frame.data)
  else await file.picture(frame, claim)
}

/** The feeds of all tracks that fill something, by session and track. */
export function createFeeds(
  sessions: readonly ScannedSession[],
  files: readonly { plan: PlannedFile; file: MediaFile }[],
): { feed(sessionId: string, track: number): TrackFeed | undefined; all: readonly TrackFeed[] } {
  const feeds = new Map<string, TrackFeed>()
  for (const { sessionId, tracks, webm } of sessions) {
    const targetsOf = (track: number): Target[] => {
      const isOf = (claim: Claim) => claim.sessionId === sessionId && claim.track === track
      return files.flatMap(({ plan, file }) => [
        { file, sound: true, claims: plan.soundClaims.filter(isOf) },
        { file, sound: false, claims: (plan.picture?.claims ?? []).filter(isOf) },
      ])
    }
    for (const [track, { description, steps }] of tracks) {
      const targets = targetsOf(track).filter(({ claims }) => claims.length > 0)
      if (targets.length === 0) continue
      const place = createPlacing(steps, description.clockRate)
      feeds.set(
        `${sessionId}:${track}`,
        frameFeed(createReorder<FrameRecord>(description.clockRate), async ({ frame, rtp }) => {
          const at = place(rtp)
          for (const target of targets)
            await give(target, { at, key: frame.key, number: frame.number, data: frame.payload })
        }),
      )
    }
    for (const [track, { opened }] of webm) {
      const targets = targetsOf(track).filter(({ claims }) => claims.length > 0)
      if (targets.length > 0) feeds.set(`${sessionId}:${track}`, webmFeed(opened, targets))
    }
  }
  return { feed: (sessionId, track) => feeds.get(`${sessionId}:${track}`), all: [...feeds.values()] }
}

function frameFeed(
  reorder: Reorder<FrameRecord>,
  take: (one: Ordered<FrameRecord>) => Promise<void>,
): TrackFeed {
  const takeAll = async (ready: readonly Ordered<FrameRecord>[]) => {
    for (const one of ready) await take(one)
  }
  return {
    // What waits must outlive the batch that it lies in, not hold it
    add: (frame) => takeAll(reorder.push({ ...frame, payload: frame.payload.slice() })),
    until: (at) => takeAll(reorder.until(at)),
    finish: () => takeAll(reorder.rest()),
  }
}

/** What a browser's recorder made was spooled by the first reading; here it is taken as far as the time has come. */
function webmFeed({ sound, picture }: OpenWebm, targets: readonly Target[]): TrackFeed {
  const lanes = [
    { packets: sound?.packets(), targets: targets.filter((target) => target.sound) },
    { packets: picture?.packets(), targets: targets.filter((target) => !target.sound) },
  ].map((lane) => ({
    ...lane,
    iterator: lane.packets?.[Symbol.asyncIterator](),
    next: undefined as WebmPacket | undefined,
    ended: false,
  }))
  const until = async (to: number) => {
    for (const lane of lanes) {
      while (lane.iterator && !lane.ended) {
        if (!lane.next) {
          const { value, done } = await lane.iterator.next()
          if (done === true) lane.ended = true
          else lane.next = value
          continue
        }
        if (lane.next.at > to) break
        for (const target of lane.targets) await give(target, { ...lane.next, number: null })
        lane.next = undefined
      }
    }
  }
  return { add: () => Promise.resolve(), until, finish: () => until(Infinity) }
}
