import { afterAll, expect, test } from 'vitest'
import { createS3Store } from '../../src/platform/s3-store'
import { readPart } from '../../src/recording/read-part'
import { openRecordingKey } from '../../src/recording/recording-key'
import { partName } from '../../src/recording/store-names'
import { callIn } from '../../src/visit/call-in'
import { bytesOf } from '../support/bytes-of'
import { fourFrames, fourTracks, journalSession, openJournal } from '../support/journal-page'
import { type S3Server, startS3Server } from '../support/s3-server'
import { visitScene } from '../support/visit-scene'

let s3: S3Server
const scene = visitScene(undefined, async () => {
  s3 = await startS3Server()
  return createS3Store(s3.options)
})
afterAll(() => s3.drop())

const ms = () => scene.now().getTime()

/** The numbers of all batches that lie in the store for the session, part by part, in their order. */
async function stored(visitId: string, sessionId: string): Promise<number[]> {
  const { db, keys, store } = scene.world
  const { wrapped_key: wrapped } = await db
    .selectFrom('recording')
    .select('wrapped_key')
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  if (!wrapped) throw new Error('erased')
  const key = openRecordingKey(keys, visitId, wrapped)
  const parts = await db
    .selectFrom('recording_part')
    .select(['number', 'first_batch as first'])
    .where('session_id', '=', sessionId)
    .orderBy('number')
    .execute()
  const numbers: number[] = []
  for (const { number, first } of parts) {
    const place = { visitId, sessionId, name: partName(visitId, sessionId, number), number: first, offset: 0 }
    for await (const { batch } of readPart(store, key, place)) numbers.push(batch.number)
  }
  return numbers
}

test('a recording goes on after its S3 store was away: nothing acknowledged meanwhile, nothing lost, all in order', async () => {
  const visit = await scene.meeting()
  const client = scene.open(scene.one, visit.clientPath)
  await client.next('welcome')
  const ewa = await scene.officer(scene.two)
  await callIn(scene.world.db, { visitId: visit.id, staff: ewa.staff, ...scene.parts() })
  const session = journalSession()
  const open = (server = scene.two) =>
    openJournal(server, { visitId: visit.id, cookie: ewa.cookie, session: session.id })

  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  for (let n = 2; n <= 10; n++) page.sendBatch(session.next(fourFrames(ms(), `number ${n}`), ms()))
  await page.acked(10)
  await client.next('room', ({ room }) => room.recording === 'on')

  await s3.kill()
  for (let n = 11; n <= 30; n++) page.sendBatch(session.next(fourFrames(ms(), `number ${n}`), ms()))
  page.ask({ type: 'time', sentAt: 1 })
  await page.next('time')
  const highest = () => Math.max(...page.notices.map((notice) => (notice.type === 'ack' ? notice.have : 0)))
  expect(highest()).toBe(10)
  await s3.restart()
  await page.acked(30)
  expect(await stored(visit.id, session.id)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))

  // On another process it goes on after what lies in the store
  const again = open(scene.one)
  expect((await again.next('ready')).have).toBe(30)
  again.sendBatch(session.next(fourFrames(ms(), 'geheim'), ms()))
  await again.acked(31)
  expect(await stored(visit.id, session.id)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
  const { store } = scene.world
  const names = await store.list(`recordings/${visit.id}/`)
  expect(names).toEqual([1, 2].map((part) => partName(visit.id, session.id, part)))
  for (const name of names) expect((await bytesOf(store, name)).includes('geheim')).toBe(false)
  await again.close()
})
