import type { EventRecord, FrameRecord, TrackRecord } from '../contract/journal'
import type { JournalBatch } from './read-journal'
import { createTrackScan, type ScannedTrack, type TrackScan } from './track-scan'
import type { OpenWebm, WebmTrack } from './webm-track'

/** What the first reading of a session's journal tells. */
export interface ScannedSession {
  sessionId: string
  batches: number
  first: number
  last: number
  /** Hash of the last batch. */
  head: string
  /** Of all batches, in bytes. */
  bytes: number
  /** When the first and the last record came. */
  from: number
  to: number
  tracks: ReadonlyMap<number, ScannedTrack>
  webm: ReadonlyMap<number, { description: TrackRecord['description']; opened: OpenWebm }>
  events: readonly EventRecord[]
}

export interface JournalScan {
  add(batch: JournalBatch): Promise<void>
  finish(): Promise<ScannedSession>
}

/** First reading of a session: keeps what lies where, and no frame. */
export function createJournalScan(
  sessionId: string,
  openWebmTrack: (track: number) => Promise<WebmTrack>,
): JournalScan {
  const tracks = new Map<number, { description: TrackRecord['description']; scan: TrackScan }>()
  const webm = new Map<number, { description: TrackRecord['description']; track: WebmTrack }>()
  const events: EventRecord[] = []
  const found = { batches: 0, first: 0, last: 0, head: '', bytes: 0, from: Infinity, to: -Infinity }

  const addTrack = async ({ track, description }: TrackRecord) => {
    if (tracks.has(track) || webm.has(track)) return
    if (description.codec === 'webm') webm.set(track, { description, track: await openWebmTrack(track) })
    else if (description.clockRate > 0) tracks.set(track, { description, scan: createTrackScan(description) })
  }
  const addFrame = async (frame: FrameRecord) => {
    tracks.get(frame.track)?.scan.add(frame)
    await webm.get(frame.track)?.track.add(frame)
  }

  return {
    async add(batch) {
      found.batches++
      if (found.batches === 1) found.first = batch.number
      found.last = batch.number
      found.head = Buffer.from(batch.hash).toString('hex')
      found.bytes += batch.hash.byteOffset + batch.hash.length - (batch.sessionId.byteOffset - 4)
      for (const record of batch.records) {
        found.from = Math.min(found.from, record.at)
        found.to = Math.max(found.to, record.at)
        if (record.kind === 'track') await addTrack(record)
        else if (record.kind === 'frame') await addFrame(record)
        else events.push(record)
      }
      for (const { scan } of tracks.values()) scan.until(found.to)
    },
    async finish() {
      const opened: [number, { description: TrackRecord['description']; opened: OpenWebm }][] = []
      for (const [number, { description, track }] of webm) {
        const file = await track.open()
        if (file) opened.push([number, { description, opened: file }])
      }
      return {
        sessionId,
        ...found,
        tracks: new Map([...tracks].map(([number, { scan }]) => [number, scan.finish()])),
        webm: new Map(opened),
        events,
      }
    },
  }
}
