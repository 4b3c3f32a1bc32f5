import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { sampleStaff } from '../../src/main/demo/sample-staff'
import { createFolderStore } from '../../src/platform/folder-store'
import { openKeys } from '../../src/platform/keys'
import { openRecordingKey } from '../../src/recording/recording-key'
import { readPart } from '../../src/recording/read-part'
import { partName } from '../../src/recording/store-names'
import { type ChildProduct, freePort, startChildProduct } from '../support/child-product'
import { feedJournal, sampleCookie } from '../support/journal-feeder'
import { fourTracks, hashOf, journalSession } from '../support/journal-page'
import { addRunningVisits } from '../support/running-visits'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const recordings = 12
const batchesEach = 120
const kills = 4

let database: TestDatabase
let folder: string
let port: string
let server: ChildProduct

const start = () =>
  startChildProduct({
    ROLE: 'server',
    RATE_LIMITS: 'off',
    PORT: port,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-journal-'))
  database = await createTestDatabase(inject('postgresUrl'), { empty: true })
  port = String(await freePort())
  server = await start()
})
afterAll(async () => {
  await server.end('SIGKILL')
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test(`the server is killed ${kills} times while ${recordings} recordings come in: no batch is lost, acknowledged or not`, async () => {
  const keys = await openKeys(join(folder, 'keys'))
  const { db } = database
  const officerEmail = sampleStaff[0].email
  const visits = await addRunningVisits(db, { keys, officerEmail, count: recordings })
  const cookie = await sampleCookie(server.url)
  let acknowledged = 0
  const total = recordings * batchesEach
  const killAfter = Array.from({ length: kills }, (_, n) => Math.floor((total * (n + 1)) / (kills + 2)))
  let restarting: Promise<void> = Promise.resolve()
  /** What the server has said to have; after a kill it must never have less. */
  const promised = new Map<string, number>()
  const broken: string[] = []

  const feeds = visits.map((visitId) => {
    const session = journalSession()
    const feeder = feedJournal(
      { url: server.url, cookie, visitId, session: session.id },
      {
        onAck: (have) => {
          const before = promised.get(visitId) ?? 0
          if (have < before) broken.push(`${visitId}: ${before} was acknowledged, then only ${have}`)
          acknowledged += Math.max(0, have - before)
          promised.set(visitId, Math.max(before, have))
          const next = killAfter[0]
          if (next === undefined || acknowledged < next) return
          killAfter.shift()
          restarting = restarting.then(async () => {
            await server.end('SIGKILL')
            server = await start()
          })
        },
      },
    )
    const hashes: string[] = []
    for (let n = 0; n < batchesEach; n++) {
      const at = Date.now()
      const batch = session.next(
        n === 0
          ? fourTracks(at)
          : [
              {
                ...{ kind: 'frame', track: 1, at, capturedAt: null, key: true, rtpTime: n, number: n },
                payload: randomBytes(20_000),
              },
            ],
        at,
      )
      hashes.push(Buffer.from(hashOf(batch)).toString('hex'))
      feeder.add(batch)
    }
    return { visitId, session, feeder, hashes }
  })
  await Promise.all(feeds.map(({ feeder }) => feeder.until(batchesEach)))
  await restarting
  for (const { feeder } of feeds) feeder.close()
  expect(broken).toEqual([])
  expect(killAfter).toEqual([])

  const store = createFolderStore(join(folder, 'recordings'))
  for (const { visitId, session, hashes } of feeds) {
    const row = await db
      .selectFrom('recording')
      .select('wrapped_key')
      .where('visit_id', '=', visitId)
      .executeTakeFirstOrThrow()
    if (!row.wrapped_key) throw new Error('The key is gone')
    const key = openRecordingKey(keys, visitId, row.wrapped_key)
    const parts = await db
      .selectFrom('recording_part')
      .select(['number', 'first_batch'])
      .where('session_id', '=', session.id)
      .orderBy('number')
      .execute()
    const found: string[] = []
    for (const { number, first_batch: first } of parts) {
      const name = partName(visitId, session.id, number)
      if ((await store.lengthOf(name)) === undefined) continue
      const place = { visitId, sessionId: session.id, name, number: first, offset: 0 }
      for await (const { batch } of readPart(store, key, place))
        found.push(Buffer.from(batch.hash).toString('hex'))
    }
    expect(found).toEqual(hashes)
  }
})
