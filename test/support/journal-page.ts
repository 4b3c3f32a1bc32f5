import { createHash, randomUUID } from 'node:crypto'
import { type Batch, encodeBatch, type JournalRecord, sessionBytes } from '../../src/contract/journal'
import type { JournalNotice } from '../../src/contract/recording'
import { type LivePage, openSocket } from './live-page'
import type { VisitServer } from './visit-server'

/** A batch with its closing hash, as a page sends it. */
export function closed(batch: Batch): Buffer {
  const body = encodeBatch(batch)
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

export const hashOf = (batch: Uint8Array): Uint8Array => batch.subarray(-32)

/** The journal of one page load: makes batches that hang together, whether they are sent or not. */
export function journalSession(id: string = randomUUID()) {
  const sessionId = sessionBytes(id)
  let number = 0
  let before: Uint8Array = new Uint8Array(32)
  return {
    id,
    sessionId,
    /** The next batch; built at `at`, milliseconds on the server's clock. */
    next(records: readonly JournalRecord[], at: number): Buffer {
      const bytes = closed({ sessionId, number: ++number, before, builtAt: at, records })
      before = Uint8Array.from(hashOf(bytes))
      return bytes
    },
  }
}
export type JournalSession = ReturnType<typeof journalSession>

export interface JournalPage extends LivePage<JournalNotice> {
  sendBatch(bytes: Buffer): void
  ask(request: unknown): void
  /** Waits until everything up to the number is durable. */
  acked(number: number): Promise<void>
}

/** Opens the journal's socket as an officer's page does. */
export function openJournal(
  server: VisitServer,
  { visitId, cookie, session }: { visitId: string; cookie: string; session: string },
): JournalPage {
  const page = openSocket<JournalNotice>(server, `/pracownik/wizyta/${visitId}/nagranie?session=${session}`, {
    cookie,
  })
  return {
    ...page,
    sendBatch: (bytes) => page.sendRaw(bytes, { binary: true }),
    ask: (request) => page.sendRaw(JSON.stringify(request)),
    acked: async (number) => {
      await page.next('ack', ({ have }) => have >= number)
    },
  }
}

const describe = (track: number, kind: 'audio' | 'video', at: number): JournalRecord => ({
  kind: 'track',
  track,
  at,
  description: {
    participant: track < 3 ? 'client' : 'officer',
    kind,
    codec: kind === 'video' ? 'vp8' : 'opus',
    clockRate: kind === 'video' ? 90_000 : 48_000,
  },
})

/** The four tracks of a usual call. */
export const fourTracks = (at: number): JournalRecord[] => [
  describe(1, 'video', at),
  describe(2, 'audio', at),
  describe(3, 'video', at),
  describe(4, 'audio', at),
]

/** A frame of made-up bytes on each of the four tracks. */
export const fourFrames = (at: number, text = 'frame'): JournalRecord[] =>
  [1, 2, 3, 4].map((track) => ({
    kind: 'frame',
    track,
    at,
    capturedAt: null,
    key: true,
    rtpTime: at % 2 ** 32,
    number: null,
    payload: Buffer.from(`${text} ${track} ${at}`),
  }))
