import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import type { Clock } from '../../src/platform/clock'
import { createFolderStore } from '../../src/platform/folder-store'
import { openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'
import { blackKeyFrame } from '../../src/recording/vp8'
import { bookThroughApi, callApi, freeTimes } from '../support/api-client'
import { type ChildProduct, startChildProduct } from '../support/child-product'
import { trackRecords } from '../support/journal-for-tests'
import { makeReachableFolder } from '../support/reachable-folder'
import { addRecordedVisit, addSession } from '../support/recorded-visit'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let folder: string
const databases: TestDatabase[] = []
let product: ChildProduct | undefined
beforeAll(async () => {
  folder = await makeReachableFolder('e-wizyta-drill-')
})
afterAll(async () => {
  await product?.end('SIGKILL')
  for (const database of databases) await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** A machine: a database and a data folder of its own. */
async function machine(name: string) {
  const database = await createTestDatabase(inject('postgresUrl'), { empty: true })
  databases.push(database)
  const data = join(folder, name)
  await mkdir(data)
  return { database, data, environment: { DATABASE_URL: database.url, DATA_DIR: data } }
}
type Machine = Awaited<ReturnType<typeof machine>>

const commandFiles: Record<string, string> = {
  backup: 'backup',
  'backup:verify': 'backup-verify',
  restore: 'restore',
  'audit:verify': 'audit-verify',
  'recording:verify': 'recording-verify',
}

/** The command lines of the guide between two of its headings, with the folders of this test. */
async function guide(heading: string): Promise<string[][]> {
  const text = await readFile('docs/guides/backup.md', 'utf8')
  const [, section = ''] = text.split(`## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  const lines = [...own.matchAll(/^npm run (.+)$/gm)].map(([, line = '']) => line)
  expect(lines.length).toBeGreaterThan(0)
  return lines.map((line) =>
    line
      .replaceAll('/mnt/backup', join(folder, 'backup'))
      .replaceAll('/etc/e-wizyta', folder)
      .replace(' --', '')
      .split(' '),
  )
}

async function command({ environment }: Machine, [name = '', ...args]: string[]) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(
    process.execPath,
    ['scripts/run-ts.mjs', `src/main/commands/${commandFiles[name] ?? ''}.ts`, ...args],
    { env: { PATH, HOME, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = (await once(child, 'close')) as [unknown]
  return { code, said }
}

const meetingLink = (output: string) => /http\S+(\/spotkanie\/\S+)/.exec(output)?.[1] ?? ''
const booking = async (url: string, n = 1) => {
  const [startsAt = ''] = await freeTimes(url, { branch: 'WAW3', topic: 'benefits', days: 10 })
  const email = `drill.${n}@example.org`
  const { status, body } = await bookThroughApi(url, {
    ...{ branch: 'WAW3', topic: 'benefits', startsAt, email },
    phone: `+4860100011${n}`,
  })
  expect(status).toBe(201)
  return { number: String(body['number']), email, startsAt }
}

/** A visit of two seconds, whose recording is finished. */
async function recorded(parts: Parameters<typeof addRecordedVisit>[0] & { clock: Clock }): Promise<string> {
  const openedAt = parts.clock.now()
  const { visitId } = await addRecordedVisit(parts, openedAt, new Date(openedAt.getTime() + 2000))
  const data = blackKeyFrame({ width: 64, height: 48 })
  const pictures = Array.from({ length: 20 }, (_, n) => ({ ms: n * 100, key: true, data }))
  const about = { track: 1, participant: 'client', kind: 'video', startsAt: openedAt.getTime() } as const
  await addSession(parts, visitId, trackRecords(pictures, about), { openedAt })
  await finaliseDueRecordings({ ...parts, folder: join(folder, 'work'), log: createLogger('silent') })
  return visitId
}

/** Signs in as the inspector, gives a reason and reads a file of the recording. */
async function play({ url, database }: { url: string; database: TestDatabase }, visitId: string) {
  const form = (path: string, fields: Record<string, string>, cookie = '') =>
    fetch(`${url}${path}`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) },
      headers: { origin: url, cookie },
    })
  const signedIn = await form('/pracownik', { email: 'adam.rys@example.org', password: samplePassword })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const opened = await form(`/pracownik/nagranie/${visitId}/ogladaj`, { powod: 'Próba odtworzenia' }, cookie)
  const view = opened.headers.get('location') ?? ''
  const { name } = await database.db
    .selectFrom('recording_file')
    .select('name')
    .where('participant', '=', 'client')
    .executeTakeFirstOrThrow()
  const file = await fetch(`${url}${view}/plik/${name}`, { headers: { cookie } })
  expect(file.status).toBe(200)
  return Buffer.from(await file.arrayBuffer())
}

test('what a machine held that is gone is there again on another one, by the commands of the guide', async () => {
  const first = await machine('first')
  product = await startChildProduct(first.environment)
  const booked = await booking(product.url)
  const link = meetingLink(product.output())
  const { db } = first.database
  const keys = await openKeys(join(first.data, 'keys'))
  const store = createFolderStore(join(first.data, 'recordings'))
  const now = new Date()
  const visitId = await recorded({ db, keys, store, clock: { now: () => now } })
  const played = await play({ ...first, url: product.url }, visitId)
  expect(played.length).toBeGreaterThan(500)

  // While the product runs
  await writeFile(join(folder, 'backup-passphrase'), 'correct horse battery staple\n')
  for (const line of await guide('Every day')) expect(await command(first, line)).toMatchObject({ code: 0 })
  for (const line of await guide('Every month')) {
    const verified = await command(first, line)
    expect(verified.said).toContain('It was restored for trial')
    expect(verified.code).toBe(0)
  }

  await product.end('SIGKILL')
  await first.database.drop()
  databases.shift()
  await rm(first.data, { recursive: true })

  const second = await machine('second')
  const [restore = [], ...checks] = await guide('When the machine is lost')
  const restored = await command(second, restore)
  expect(restored.said).toContain('The audit record and all recordings were read again and are unchanged.')
  expect(restored.code).toBe(0)
  for (const line of checks) expect(await command(second, line)).toMatchObject({ code: 0 })

  product = await startChildProduct(second.environment)
  const page = await fetch(`${product.url}${link}`)
  expect(page.status).toBe(200)
  expect(meetingLink(product.output())).toBe(link)
  const { status, body } = await callApi(product.url, '/visits/find', {
    number: booked.number,
    email: booked.email,
  })
  expect({ status, startsAt: body['startsAt'] }).toEqual({ status: 200, startsAt: booked.startsAt })
  expect((await play({ ...second, url: product.url }, visitId)).equals(played)).toBe(true)
  await booking(product.url, 2)
})

test('commands that are typed wrongly say how they are typed', async () => {
  const any = await machine('any')
  for (const line of [['backup'], ['backup', '--to', folder], ['restore'], ['backup:verify', '--what']]) {
    const { code, said } = await command(any, line)
    expect(code).toBe(2)
    expect(said).toContain('npm run ')
    expect(said).not.toMatch(/^\s+at /m)
  }
})
