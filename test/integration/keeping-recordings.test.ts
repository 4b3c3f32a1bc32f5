import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { createLogger } from '../../src/platform/logger'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'
import { eraseRecording } from '../../src/recording/erase-recording'
import { holdRecording, releaseRecording } from '../../src/recording/hold-recording'
import { openPackage } from '../../src/recording/open-package'
import { recordingPrefix } from '../../src/recording/store-names'
import type { Staff } from '../../src/staff/staff'
import { makeRecording, type MadeRecording } from '../support/finalised-recording'
import { visitScene } from '../support/visit-scene'
import { addStaff, post, signIn } from '../support/visit-server'

const scene = visitScene()
let recording: MadeRecording
let keeper: Staff
let visitId: string

beforeEach(async () => {
  visitId = (await scene.bookAt('09:00')).id
  recording = await makeRecording(scene.world, { visitId, now: scene.now() })
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

describe('a package to take along', () => {
  const { recordingDownload: usual } = { recordingDownload: false }
  const allow = (yes: boolean) => {
    ;(scene.world.directory.institution.settings as { recordingDownload: boolean }).recordingDownload = yes
  }

  test('is refused where the institution does not allow it', async () => {
    allow(usual)
    const cookie = await signIn(scene.one, keeper)
    const { location } = await post(
      scene.one,
      `/pracownik/nagranie/${visitId}/ogladaj`,
      { powod: 'Sąd' },
      { cookie },
    )
    expect((await post(scene.one, `${location ?? ''}/paczka`, {}, { cookie })).status).toBe(403)
  })

  test('opens with its passphrase alone, and tells when a byte was changed', async () => {
    allow(true)
    const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-package-'))
    try {
      const cookie = await signIn(scene.one, keeper)
      const view = await post(
        scene.one,
        `/pracownik/nagranie/${visitId}/ogladaj`,
        { powod: 'Sąd' },
        { cookie },
      )
      const made = await post(scene.one, `${view.location ?? ''}/paczka`, {}, { cookie })
      const passphrase = /<code>([^<]+)</.exec(made.body)?.[1] ?? ''
      const address = /href="([^"]+\/paczka\/[^"]+)"/.exec(made.body)?.[1] ?? ''
      expect(passphrase).toMatch(/^(\w{5}-){4}\w{5}$/)
      const answer = await fetch(`${scene.one.url}${address}`, { headers: { cookie } })
      expect(answer.status).toBe(200)
      const bytes = Buffer.from(await answer.arrayBuffer())
      const archive = join(folder, 'package.tar')
      await writeFile(archive, bytes)

      const listing = spawn('tar', ['tf', archive])
      const [code] = (await once(listing, 'close')) as [number]
      expect(code).toBe(0)
      await expect(openPackage({ archive, passphrase: 'AAAAA', folder: join(folder, 'no') })).rejects.toThrow(
        'passphrase',
      )
      await openPackage({ archive, passphrase: passphrase.toLowerCase(), folder: join(folder, 'plain') })
      for (const [name, plain] of recording.files)
        expect((await readFile(join(folder, 'plain', name))).equals(plain), name).toBe(true)

      const at = bytes.length - 400_000
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      await writeFile(archive, bytes)
      await expect(openPackage({ archive, passphrase, folder: join(folder, 'changed') })).rejects.toThrow()

      await eraseRecording(scene.world.db, act())
      expect(await scene.world.query('select id from recording_package')).toEqual([])
      expect((await fetch(`${scene.one.url}${address}`, { headers: { cookie } })).status).toBe(410)
    } finally {
      allow(usual)
      await rm(folder, { recursive: true, force: true })
    }
  })
})
