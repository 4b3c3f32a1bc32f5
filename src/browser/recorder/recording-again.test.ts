import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { decodeBatch, type FrameRecord, type JournalRecord } from '../../contract/journal'
import type { BatchRefusal, JournalNotice } from '../../contract/recording'
import { createLastingRecording } from './lasting-recording'

const server = new WebSocketServer({ port: 0, host: 'localhost' })
await once(server, 'listening')
afterEach(() => {
  vi.unstubAllGlobals()
  server.close()
  for (const socket of server.clients) socket.terminate()
})

/** A server that takes two batches of the first session and then refuses it for good. */
function takeJournals(reason: BatchRefusal) {
  const sessions: JournalRecord[][] = []
  server.on('connection', (socket) => {
    const say = (notice: JournalNotice) => socket.send(JSON.stringify(notice))
    const taken: JournalRecord[] = []
    const isFirst = sessions.push(taken) === 1
    let have = 0
    say({ type: 'ready', have, now: Date.now(), spoolKey: Buffer.alloc(32).toString('base64') })
    socket.on('message', (data: Buffer, isBinary) => {
      const request = isBinary ? undefined : (JSON.parse(data.toString()) as { type: string; sentAt: number })
      if (request?.type === 'time') say({ type: 'time', sentAt: request.sentAt, now: Date.now() })
      else if (request) say({ type: 'done', have })
      else {
        const { number, records } = decodeBatch(data)
        if (isFirst && number > 2) say({ type: 'refused', number, reason, have })
        else if (number === have + 1) {
          taken.push(...records)
          have = number
          say({ type: 'ack', have })
        }
      }
    })
  })
  return sessions
}

const isFrame = (record: JournalRecord): record is FrameRecord => record.kind === 'frame'

test('a server that refuses a session for good in the middle has every frame of it in the end, once', async () => {
  const sessions = takeJournals('broken_chain')
  const address = `ws://localhost:${(server.address() as AddressInfo).port}/`
  vi.stubGlobal('self', { location: { href: address } })
  let restarts = 0
  const again = Promise.withResolvers<null>()
  const recording = createLastingRecording(
    { type: 'record', address, visitId: 'v', session: crypto.randomUUID(), ahead: 0 },
    {
      askKeyFrame: () => undefined,
      onView(view) {
        ;({ restarts } = view)
        if (restarts === 1) again.resolve(null)
      },
    },
  )
  const label = { participant: 'client', kind: 'audio', side: 'remote' } as const
  recording.handle({ type: 'plan', tap: 'a', label, plan: { take: true, expected: true } })
  let count = 0
  const speaking = setInterval(() => {
    const number = count++
    const facts = { ssrc: 5, mimeType: 'audio/opus', key: true, at: Date.now(), capturedAt: null }
    recording.frame('a', { ...facts, rtpTime: number * 960, number }, () => Uint8Array.of(number & 255))
  }, 20)
  await again.promise
  clearInterval(speaking)
  await recording.stop()

  expect(restarts).toBe(1)
  expect(sessions).toHaveLength(2)
  const [first = [], second = []] = sessions
  const numbers = [...first, ...second].filter(isFrame).map(({ number }) => number)
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index))
  // Each record of the second session is of a track that it describes itself
  const described = new Set(second.flatMap(({ kind, track }) => (kind === 'track' ? [track] : [])))
  expect(second.filter(({ kind, track }) => kind === 'frame' && !described.has(track))).toEqual([])
})
