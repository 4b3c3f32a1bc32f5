import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { addSampleStaff } from '../../src/main/demo/sample-staff'
import { createFolderStore } from '../../src/platform/folder-store'
import { openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { fakeClock } from '../support/fake-clock'
import { trackRecords } from '../support/journal-for-tests'
import { addRecordedVisit, addSession } from '../support/recorded-visit'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let database: TestDatabase
let folder: string
let store: ObjectStore
let visitId: string
let number: string

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'))
  await addSampleStaff(database.db)
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-commands-'))
  store = createFolderStore(join(folder, 'recordings'))
  const clock = fakeClock()
  const parts = { db: database.db, store, keys: await openKeys(join(folder, 'keys')), clock }
  const now = clock.now()
  ;({ visitId } = await addRecordedVisit(parts, now, new Date(now.getTime() + 1000)))
  const silence = Array.from({ length: 50 }, (_, n) => ({
    ...{ ms: n * 20, key: true },
    data: Uint8Array.of(0xf8, 0xff, 0xfe),
  }))
  const about = { track: 1, participant: 'client', kind: 'audio', startsAt: now.getTime() } as const
  await addSession(parts, visitId, trackRecords(silence, about), { openedAt: now })
  await finaliseDueRecordings({ ...parts, folder: join(folder, 'work'), log: createLogger('silent') })
  const visit = await database.db
    .selectFrom('visit')
    .select('number')
    .where('id', '=', visitId)
    .executeTakeFirstOrThrow()
  number = visit.number
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a command as an administrator does. */
async function command(name: string, ...args: string[]): Promise<{ code: unknown; said: string }> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, ['scripts/run-ts.mjs', `src/main/commands/${name}.ts`, ...args], {
    env: { PATH, HOME, DATABASE_URL: database.url, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [unknown]
  return { code, said }
}

test('a whole recording is found whole, and one that does not exist is said not to', async () => {
  const whole = await command('recording-verify')
  expect(whole).toMatchObject({ code: 0 })
  expect(whole.said).toContain(`${number}: whole (1 page loads, 2 files`)
  const unknown = await command('recording-verify', 'EW-0000-0000')
  expect(unknown).toMatchObject({ code: 2 })
  expect(unknown.said).toContain('There is no recording of EW-0000-0000.')
})

test('after the keys are rotated it is whole still', async () => {
  const rotated = await command('keys-rotate')
  expect(rotated).toMatchObject({ code: 0 })
  expect(rotated.said).toContain('The keys of 1 recordings were put under it')
  expect(await command('recording-verify', number)).toMatchObject({ code: 0 })
})

test('one that was changed is found', async () => {
  const [name = ''] = await store.list(`recordings/${visitId}/files/`)
  const path = join(folder, 'recordings', name)
  const bytes = await readFile(path)
  const changed = Buffer.from(bytes)
  changed[20] = (bytes[20] ?? 0) ^ 1
  await writeFile(path, changed)
  const broken = await command('recording-verify', visitId)
  await writeFile(path, bytes)
  expect(broken).toMatchObject({ code: 1 })
  expect(broken.said).toContain(`${number}: BROKEN`)
})
