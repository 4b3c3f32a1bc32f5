import type { FrameRecord } from '../contract/journal'
import type { Claim } from './claims'
import type { ScannedSession } from './journal-scan'
import type { MediaFile } from './media-file'
import type { PlannedFile } from './mux-plan'
import { createReorder, type Ordered, type Reorder } from './reorder'
import { createPlacing } from './track-clock'
import type { PlacedFrame } from './video-lane'
import type { OpenWebm, WebmPacket } from './webm-track'

/** Where the frames of a track go; told in the order of arrival. */
export interface TrackFeed {
  add(frame: FrameRecord): void
  /** The journal has been read up to this time of arrival. */
  until(at: number): Promise<void>
}

/** What fills one lane of a file waits here, so that tracks that follow each other do so in the order of time. */
interface Lane {
  push(frame: PlacedFrame, claim: Claim): void
  /** Writes what belongs before `to`. */
  until(to: number): Promise<void>
}

interface Target {
  lane: Lane
  claims: Claim[]
  sound: boolean
}

function createLane(write: (frame: PlacedFrame, claim: Claim) => Promise<void>): Lane {
  let waiting: { frame: PlacedFrame; claim: Claim }[] = []
  return {
    push: (frame, claim) => void waiting.push({ frame, claim }),
    async until(to) {
      waiting.sort((a, b) => a.frame.at - b.frame.at)
      const stop = waiting.findIndex(({ frame }) => frame.at >= to)
      const ready = stop === -1 ? waiting : waiting.slice(0, stop)
      waiting = stop === -1 ? [] : waiting.slice(stop)
      for (const { frame, claim } of ready) await write(frame, claim)
    },
  }
}

/** A moment is compared with the end of a claim that was computed the same way: only rounding lies between. */
const roundingMs = 0.01

function give({ lane, claims }: Target, frame: PlacedFrame): void {
  const claim = claims.find(({ from, to }) => frame.at >= from - roundingMs && frame.at <= to + roundingMs)
  if (claim) lane.push(frame, claim)
}

export interface Feeds {
  feed(sessionId: string, track: number): TrackFeed | undefined
  /** The journals have been read up to this time of arrival, and nothing from before `placed` will come. */
  until(at: number, placed: number): Promise<void>
  finish(): Promise<void>
}

/** The feeds of all tracks that fill something, by session and track. */
export function createFeeds(
  sessions: readonly ScannedSession[],
  files: readonly { plan: PlannedFile; file: MediaFile }[],
): Feeds {
  const lanes = files.map(({ plan, file }) => ({
    plan,
    sound: createLane((frame) => file.sound(frame.at, frame.data)),
    picture: createLane((frame, claim) => file.picture(frame, claim)),
  }))
  const feeds = new Map<string, TrackFeed>()
  for (const { sessionId, tracks, webm } of sessions) {
    const targetsOf = (track: number): Target[] => {
      const isOf = (claim: Claim) => claim.sessionId === sessionId && claim.track === track
      return lanes.flatMap(({ plan, sound, picture }) => [
        { lane: sound, sound: true, claims: plan.soundClaims.filter(isOf) },
        { lane: picture, sound: false, claims: (plan.picture?.claims ?? []).filter(isOf) },
      ])
    }
    for (const [track, { description, steps }] of tracks) {
      const targets = targetsOf(track).filter(({ claims }) => claims.length > 0)
      if (targets.length === 0) continue
      const place = createPlacing(steps, description.clockRate)
      feeds.set(
        `${sessionId}:${track}`,
        frameFeed(createReorder<FrameRecord>(description.clockRate), ({ frame, rtp }) => {
          const at = place(rtp)
          for (const target of targets)
            give(target, { at, key: frame.key, number: frame.number, data: frame.payload })
        }),
      )
    }
    for (const [track, { opened }] of webm) {
      const targets = targetsOf(track).filter(({ claims }) => claims.length > 0)
      if (targets.length > 0) feeds.set(`${sessionId}:${track}`, webmFeed(opened, targets))
    }
  }
  const until = async (at: number, placed: number) => {
    for (const feed of feeds.values()) await feed.until(at)
    for (const { sound, picture } of lanes) {
      await sound.until(placed)
      await picture.until(placed)
    }
  }
  return {
    feed: (sessionId, track) => feeds.get(`${sessionId}:${track}`),
    until,
    finish: () => until(Infinity, Infinity),
  }
}

function frameFeed(reorder: Reorder<FrameRecord>, take: (one: Ordered<FrameRecord>) => void): TrackFeed {
  return {
    add(frame) {
      // What waits must outlive the batch that it lies in, not hold it
      reorder.push({ ...frame, payload: frame.payload.slice() }).forEach(take)
    },
    until: (at) => {
      reorder.until(at).forEach(take)
      return Promise.resolve()
    },
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
        for (const target of lane.targets) give(target, { ...lane.next, number: null })
        lane.next = undefined
      }
    }
  }
  return { add: () => undefined, until }
}
