import { beforeEach, expect, test } from 'vitest'
import { createLogger } from '../../src/platform/logger'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'
import { makeRecording } from '../support/finalised-recording'
import { visitScene } from '../support/visit-scene'
import { addStaff, get, signIn } from '../support/visit-server'

const scene = visitScene()
let visitId: string

beforeEach(async () => {
  visitId = (await scene.bookAt('09:00')).id
  await scene.world.query(
    "update visit set state = 'completed', started_at = $1, ended_at = $1, recording_consent = true where id = $2",
    [scene.now(), visitId],
  )
})

const made = (options: Partial<Parameters<typeof makeRecording>[1]> = {}) =>
  makeRecording(scene.world, { visitId, now: scene.now(), ...options })
const set = (change: string) =>
  scene.world.query(`update recording set ${change} where visit_id = $1`, [visitId])

/** What the desk's page of the visit says of its recording, and whether it leads there. */
async function notice(role: 'officer' | 'supervisor' = 'officer') {
  const staff = await addStaff(scene.world, { role, branchId: scene.world.branch.id })
  const { status, body } = await get(
    scene.one,
    `/pracownik/wizyta/${visitId}`,
    await signIn(scene.one, staff),
  )
  expect(status).toBe(200)
  const [, kind = '', inside = ''] =
    /<p class="(n(?: n-warn)?)"><svg[^>]*>.*?<\/svg><span>(.*?)<\/span><\/p>/s.exec(body) ?? []
  return {
    words: inside
      .replace(/<[^>]*>/g, '')
      .replaceAll('\u00a0', ' ')
      .trim(),
    isBad: kind === 'n n-warn',
    leads: inside.includes(`href="/pracownik/nagranie/${visitId}"`),
  }
}

const gaps = [
  { fromMs: 1000, toMs: 9000, participant: 'client', kind: 'video', why: 'reload' },
  { fromMs: 12_000, toMs: 16_000, participant: 'officer', kind: 'audio', why: 'missing' },
] as const

test('without a recording: none was agreed to, or it is missing; nothing of a visit that never began', async () => {
  expect(await notice()).toEqual({ words: 'Nagrania nie ma', isBad: true, leads: false })
  await scene.world.query('update visit set recording_consent = false')
  expect(await notice()).toMatchObject({ words: 'Bez nagrania: brak zgody klienta', isBad: false })
  await scene.world.query('update visit set started_at = null')
  expect((await notice()).words).toBe('')
})

test('while its files are made, when they are ready, and when that did not work', async () => {
  await made()
  expect(await notice()).toEqual({ words: 'Nagranie gotowe', isBad: false, leads: false })
  await set("state = 'failed'")
  expect(await notice()).toMatchObject({
    words: 'Nagrania nie udało się złożyć w całości. Zgłoś to administratorowi.',
    isBad: true,
  })
  await scene.world.query('delete from recording_file')
  await set(
    "state = 'open', finalised_run = null, finalised_version = null, finalised_at = null, manifest = null, manifest_signature = null",
  )
  expect(await notice()).toMatchObject({ words: 'Składamy nagranie', isBad: false })
  await set("finalise_error = 'enospc'")
  expect(await notice()).toMatchObject({
    words: 'Nie udało się złożyć nagrania. Próbujemy jeszcze raz.',
    isBad: true,
  })
})

test('with gaps: how many and how long; leading there those who may watch', async () => {
  await made({ gaps: [...gaps] })
  expect(await notice()).toEqual({ words: 'Nagranie gotowe · 2 luki, razem 12 s', isBad: true, leads: false })
  expect(await notice('supervisor')).toMatchObject({ isBad: true, leads: true })
})

test('once it is erased: when', async () => {
  await made()
  scene.world.clock.advance({ minutes: 31 * 24 * 60 })
  const { db, keys, bus, store } = scene.world
  await eraseExpiredRecordings(db, { now: scene.now(), keys, bus, store, log: createLogger('silent') })
  const { words, isBad } = await notice()
  expect(words).toMatch(/^Nagranie usunięte \d+ \S+ 20\d\d$/)
  expect(isBad).toBe(false)
})
