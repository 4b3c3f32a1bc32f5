import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { systemClock } from '../../src/platform/clock'
import { openKeys } from '../../src/platform/keys'
import { createStaff } from '../../src/staff/create-staff'
import { addEntries, endpointFor } from '../support/backoffice-for-tests'
import { createTestDatabase, type TestDatabase } from '../support/template-database'
import { answering, startReceiver, verify, type WebhookReceiver } from '../support/webhook-receiver'

const entries = 120
/** One of the two processes dies right after the endpoint got these webhooks, before it can know. */
const deaths = [30, 31, 80]

let database: TestDatabase
let keysFolder: string
let receiver: WebhookReceiver
let workers: ChildProcess[] = []

const start = () => {
  const program = ['scripts/run-ts.mjs', 'test/support/webhook-process.ts', database.url, keysFolder]
  workers.push(spawn(process.execPath, program, { stdio: ['pipe', 'ignore', 'inherit'] }))
}
const kill = async (worker: ChildProcess | undefined) => {
  if (!worker) return
  workers = workers.filter((one) => one !== worker)
  const gone = once(worker, 'exit')
  if (worker.kill('SIGKILL')) await gone
}

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  keysFolder = await mkdtemp(join(tmpdir(), 'e-wizyta-keys-'))
  receiver = await startReceiver()
})
afterAll(async () => {
  await Promise.all(workers.map(kill))
  await receiver.close()
  await database.drop()
  await rm(keysFolder, { recursive: true, force: true })
})

test('processes killed again and again lose no webhook and repeat none but those in the air, under the same id', async () => {
  const { db } = database
  const parts = { db, keys: await openKeys(keysFolder), clock: systemClock }
  const admin = { email: 'a@example.org', name: 'Zofia Bąk', role: 'administrator' } as const
  await createStaff(db, { ...admin, password: 'nikt się nie loguje', branchId: null, topicIds: [] })
  const { id: staffId } = await db.selectFrom('staff').select('id').executeTakeFirstOrThrow()
  const { id: branchId } = await db.selectFrom('branch').select('id').executeTakeFirstOrThrow()
  const { secret } = await endpointFor(parts, receiver.url, { staffId })
  const ids = await addEntries(parts, { count: entries, branchId })

  let restarts = Promise.resolve()
  receiver.behave(async (answer, webhook) => {
    if (deaths.includes(receiver.received.length)) {
      restarts = restarts.then(() => kill(workers[0])).then(start)
      await restarts
    }
    answering(204)(answer, webhook)
  })
  start()
  start()

  await vi.waitFor(
    async () => {
      const open = await db
        .selectFrom('backoffice_entry')
        .select('id')
        .where('state', '<>', 'taken')
        .execute()
      expect(open).toEqual([])
    },
    { timeout: 50_000, interval: 100 },
  )
  expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set(ids))
  for (const webhook of receiver.received) verify(secret, webhook)
  // Each death repeats at most what was in the air on its four places, or had ended in the moment before
  const repeats = receiver.received.length - entries
  expect(repeats).toBeGreaterThanOrEqual(1)
  expect(repeats).toBeLessThanOrEqual(deaths.length * 12)
})
