import { randomUUID } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { journalCloseCodes } from '../../src/contract/close-codes'
import { createLogger } from '../../src/platform/logger'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'
import { eraseRecording } from '../../src/recording/erase-recording'
import { recordingPrefix } from '../../src/recording/store-names'
import type { Staff } from '../../src/staff/staff'
import { callIn } from '../../src/visit/call-in'
import {
  fourFrames,
  fourTracks,
  type JournalPage,
  journalSession,
  openJournal,
} from '../support/journal-page'
import { visitScene } from '../support/visit-scene'
import { addStaff } from '../support/visit-server'

const scene = visitScene()
const pages: JournalPage[] = []
afterEach(() => Promise.all(pages.splice(0).map((page) => page.close())))

const ms = () => scene.now().getTime()

/** A visit that is over, of whose recording one batch is durable and another still waits on the officer's computer. */
async function visitWithLateBatch() {
  const visit = await scene.meeting()
  await scene.open(scene.one, visit.clientPath).next('welcome')
  const ewa = await scene.officer(scene.two)
  await callIn(scene.world.db, { visitId: visit.id, staff: ewa.staff, ...scene.parts() })
  const session = journalSession()
  const open = (id = session.id) => {
    const page = openJournal(scene.two, { visitId: visit.id, cookie: ewa.cookie, session: id })
    pages.push(page)
    return page
  }
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await page.acked(1)
  const late = session.next(fourFrames(ms(), 'late'), ms())
  await scene.ask(scene.two, ewa.cookie, visit.id, '/zakoncz', { powod: 'settled' })
  return { visitId: visit.id, page, open, late }
}

const erase = async (visitId: string) => {
  const { db, keys, bus } = scene.world
  const added = await addStaff(scene.world, { role: 'inspector', branchId: null })
  const staff: Staff = { ...added, role: 'inspector', branchId: null, topicIds: [] }
  const reason = 'Żądanie klienta'
  expect(await eraseRecording(db, { visitId, staff, reason, now: scene.now(), keys, bus })).toEqual({
    ok: true,
  })
}
const runJob = () => {
  const { db, keys, bus, store } = scene.world
  return eraseExpiredRecordings(db, { now: scene.now(), keys, bus, store, log: createLogger('silent') })
}
const partsOf = (visitId: string) =>
  scene.world.query(
    `select 1 from recording_part part join recording_session session on session.id = part.session_id
     where session.visit_id = $1`,
    [visitId],
  )
const left = (visitId: string) => scene.world.store.list(recordingPrefix(visitId))

test('an erased recording closes the page that still sends, and takes nothing more of any', async () => {
  const { visitId, page, open, late } = await visitWithLateBatch()
  await erase(visitId)
  expect(await page.closed).toBe(journalCloseCodes.erased)
  await runJob()
  expect(await left(visitId)).toEqual([])
  const again = open()
  again.socket.once('open', () => again.sendBatch(late))
  expect(await again.closed).toBe(journalCloseCodes.erased)
  expect(again.notices).toEqual([])
  expect(await open(randomUUID()).closed).toBe(journalCloseCodes.refused)
  expect(await left(visitId)).toEqual([])
  expect(await partsOf(visitId)).toEqual([])
})

test('a recording that is erased while a page comes back to it refuses that page', async () => {
  for (const at of ['lengthOf', 'createLog'] as const) {
    await scene.world.reset()
    const { visitId, page, open, late } = await visitWithLateBatch()
    await page.close()
    const { store } = scene.world
    const usual = { lengthOf: store.lengthOf.bind(store), createLog: store.createLog.bind(store) }
    let met = false
    const meet = async () => {
      if (met) return
      met = true
      await erase(visitId)
      await runJob()
    }
    if (at === 'lengthOf')
      store.lengthOf = async (name) => {
        await meet()
        return usual.lengthOf(name)
      }
    else
      store.createLog = async (name) => {
        await meet()
        return usual.createLog(name)
      }
    try {
      const again = open()
      again.socket.once('open', () => again.sendBatch(late))
      expect(await again.closed, at).toBe(journalCloseCodes.erased)
      expect(met).toBe(true)
      expect(again.notices.filter(({ type }) => type === 'ack')).toEqual([])
    } finally {
      Object.assign(store, usual)
    }
    scene.world.clock.advance({ minutes: 31 })
    await runJob()
    expect(await left(visitId), at).toEqual([])
    expect(await partsOf(visitId), at).toEqual([])
  }
})

test('bytes that were on their way to the store when the recording was erased are gone, too', async () => {
  const { visitId, page, late } = await visitWithLateBatch()
  scene.world.faults.holdAppends()
  page.sendBatch(late)
  page.ask({ type: 'time', sentAt: 1 })
  await page.next('time')
  await erase(visitId)
  await runJob()
  scene.world.faults.mend()
  expect(await page.closed).toBe(journalCloseCodes.erased)
  scene.world.clock.advance({ minutes: 31 })
  await runJob()
  expect(await left(visitId)).toEqual([])
  expect(await partsOf(visitId)).toEqual([])
})
