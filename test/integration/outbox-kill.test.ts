import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { systemClock } from '../../src/platform/clock'
import { inTransaction } from '../../src/platform/db'
import { openKeys } from '../../src/platform/keys'
import { messagingForTests } from '../support/messaging-for-tests'
import { addVisits } from '../support/sample-visits'
import { type SmtpForTests, smtpForTests } from '../support/smtp-for-tests'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

const messages = 300
/** The process dies right after the server took these messages, before it can know. */
const deaths = [50, 120, 121, 200]

let database: TestDatabase
let keysFolder: string
let server: SmtpForTests
let worker: ChildProcess | undefined

const start = () => {
  worker = spawn(
    process.execPath,
    ['scripts/run-ts.mjs', 'test/support/dispatcher-process.ts', database.url, server.url, keysFolder],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
}

const kill = async () => {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
}

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  keysFolder = await mkdtemp(join(tmpdir(), 'e-wizyta-keys-'))
  // One after the other: two deaths at once would leave a worker that nobody knows of
  let restarts = Promise.resolve()
  server = await smtpForTests({
    beforeAnswer: (received) => {
      if (deaths.includes(received)) restarts = restarts.then(kill).then(start)
      return restarts
    },
  })
})
afterAll(async () => {
  await kill()
  await server.close()
  await database.drop()
  await rm(keysFolder, { recursive: true, force: true })
})

test('a dispatcher killed again and again loses no message and repeats none but those in the air, under the same id', async () => {
  const keys = await openKeys(keysFolder)
  const { queue } = await messagingForTests({ db: database.db, keys, clock: systemClock })
  const now = systemClock.now()
  const startsAt = new Date(now.getTime() + 30 * 60_000)
  const visits = await addVisits(
    database.db,
    keys,
    now,
    Array.from({ length: messages }, (_, n) => ({ startsAt, email: `person${n}@example.pl` })),
  )
  await inTransaction(database.db, async (tx) => {
    for (const visit of visits) await queue.visitBooked(tx, visit)
  })
  start()

  await vi.waitFor(
    async () => {
      const rows = await database.db.selectFrom('message').select('state').execute()
      expect(rows.map(({ state }) => state)).toEqual(Array.from({ length: messages }, () => 'sent'))
    },
    { timeout: 50_000, interval: 200 },
  )

  const idsByPerson = new Map<string, string[]>()
  for (const { to, messageId = '' } of server.received) {
    const person = to[0]?.address ?? ''
    idsByPerson.set(person, [...(idsByPerson.get(person) ?? []), messageId])
  }
  expect([...idsByPerson.keys()].sort()).toEqual(visits.map(({ email }) => email).sort())
  for (const ids of idsByPerson.values()) {
    expect(new Set(ids).size).toBe(1)
    expect(ids.length).toBeLessThanOrEqual(1 + deaths.length)
  }
  // Each death repeats at least the message it struck, at most what was in the air on four connections
  // or ended in the moment before
  const repeats = server.received.length - messages
  expect(repeats).toBeGreaterThanOrEqual(1)
  expect(repeats).toBeLessThanOrEqual(deaths.length * 12)
})
