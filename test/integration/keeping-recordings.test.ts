import { beforeEach, describe, expect, test } from 'vitest'
import { createLogger } from '../../src/platform/logger'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'
import { eraseRecording } from '../../src/recording/erase-recording'
import { holdRecording, releaseRecording } from '../../src/recording/hold-recording'
import { recordingPrefix } from '../../src/recording/store-names'
import type { Staff } from '../../src/staff/staff'
import { makeRecording } from '../support/finalised-recording'
import { visitScene } from '../support/visit-scene'
import { addStaff } from '../support/visit-server'

const scene = visitScene()
let keeper: Staff
let visitId: string

beforeEach(async () => {
  visitId = (await scene.bookAt('09:00')).id
  await makeRecording(scene.world, { visitId, now: scene.now() })
  const added = await addStaff(scene.world, { role: 'inspector', branchId: null })
  keeper = { ...added, role: 'inspector', branchId: null, topicIds: [] }
})

const act = (reason = 'Żądanie klienta') => {
  const { keys, bus } = scene.world
  return { visitId, staff: keeper, reason, now: scene.now(), keys, bus }
}
const runJob = () => {
  const { db, keys, bus, store } = scene.world
  return eraseExpiredRecordings(db, { now: scene.now(), keys, bus, store, log: createLogger('silent') })
}
const row = () =>
  scene.world.db.selectFrom('recording').selectAll().where('visit_id', '=', visitId).executeTakeFirstOrThrow()
const erasure = () =>
  scene.world.db
    .selectFrom('recording_erasure')
    .selectAll()
    .where('visit_id', '=', visitId)
    .executeTakeFirst()
const bytesLeft = () => scene.world.store.list(recordingPrefix(visitId))

describe('the time of a recording', () => {
  test('runs out: key, files and bytes go, the record of it stays', async () => {
    scene.world.clock.advance({ minutes: 30 * 24 * 60 - 1 })
    await runJob()
    expect((await row()).state).toBe('ready')
    scene.world.clock.advance({ minutes: 1 })
    await runJob()
    expect(await row()).toMatchObject({
      state: 'erased',
      wrapped_key: null,
      finalised_run: null,
      manifest: null,
    })
    expect(await bytesLeft()).toEqual([])
    expect(await erasure()).toMatchObject({ staff_id: null, reason: null, bytes_gone_at: null })
    scene.world.clock.advance({ minutes: 60 })
    await runJob()
    expect((await erasure())?.bytes_gone_at).toEqual(scene.now())
  })

  test('is stopped by a legal hold, and goes on when it is taken back', async () => {
    expect(await holdRecording(scene.world.db, act())).toEqual({ ok: true })
    expect(await holdRecording(scene.world.db, act())).toEqual({ ok: false, reason: 'changed' })
    scene.world.clock.advance({ minutes: 31 * 24 * 60 })
    await runJob()
    expect((await row()).state).toBe('ready')
    expect(await eraseRecording(scene.world.db, act())).toEqual({ ok: false, reason: 'held' })
    expect(await releaseRecording(scene.world.db, act('x'))).toEqual({ ok: false, reason: 'reason_missing' })
    expect(await releaseRecording(scene.world.db, act())).toEqual({ ok: true })
    await runJob()
    expect((await row()).state).toBe('erased')
  })

  test('a store that is away delays the bytes, never the erasure', async () => {
    await eraseRecording(scene.world.db, act())
    const { store } = scene.world
    const remove = store.removeAll.bind(store)
    store.removeAll = () => Promise.reject(new Error('away'))
    scene.world.clock.advance({ minutes: 60 })
    try {
      await runJob()
    } finally {
      store.removeAll = remove
    }
    expect((await erasure())?.bytes_gone_at).toBeNull()
    expect((await bytesLeft()).length).toBeGreaterThan(0)
    await runJob()
    expect((await erasure())?.bytes_gone_at).not.toBeNull()
    expect(await bytesLeft()).toEqual([])
  })
})

describe('an erasure', () => {
  test('meets a hold: one of them wins, never both', async () => {
    const [held, erased] = await Promise.all([
      holdRecording(scene.world.db, act()),
      eraseRecording(scene.world.db, act()),
    ])
    expect([held.ok, erased.ok].filter(Boolean)).toHaveLength(1)
    expect((await row()).state).toBe(erased.ok ? 'erased' : 'ready')
  })

  test('is not undone by a finalising that ends after it', async () => {
    await eraseRecording(scene.world.db, act())
    await expect(
      scene.world.query("update recording set state = 'ready' where visit_id = $1", [visitId]),
    ).rejects.toThrow('violates check constraint')
    expect((await row()).state).toBe('erased')
  })

  test('waits for the end of the visit', async () => {
    await scene.world.query("update visit set state = 'in_progress' where id = $1", [visitId])
    expect(await eraseRecording(scene.world.db, act())).toEqual({ ok: false, reason: 'in_progress' })
  })

  test('has happened once its record is there, though the process dies before the bytes are gone', async () => {
    const { db, keys, bus, store } = scene.world
    const killed = { ...store, removeAll: () => new Promise<never>(() => undefined) }
    scene.world.clock.advance({ minutes: 31 * 24 * 60 })
    void eraseExpiredRecordings(db, {
      now: scene.now(),
      keys,
      bus,
      store: killed,
      log: createLogger('silent'),
    })
    await expect.poll(async () => (await row()).state).toBe('erased')
    expect(await erasure()).toBeDefined()
    expect((await bytesLeft()).length).toBeGreaterThan(0)
    await runJob()
    expect(await bytesLeft()).toEqual([])
  })
})
