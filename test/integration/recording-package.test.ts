import { execFile, spawn } from 'node:child_process'
import { createHash, createPublicKey } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { randomKeys } from '../../src/platform/keys'
import { eraseRecording } from '../../src/recording/erase-recording'
import { openPackage } from '../../src/recording/open-package'
import type { Staff } from '../../src/staff/staff'
import { makeRecording, type MadeRecording } from '../support/finalised-recording'
import { visitScene } from '../support/visit-scene'
import { addStaff, post, signIn } from '../support/visit-server'

const scene = visitScene()
let recording: MadeRecording
let keeper: Staff
let cookie: string
let folder: string

const allow = (yes: boolean) => {
  ;(scene.world.directory.institution.settings as { recordingDownload: boolean }).recordingDownload = yes
}
beforeEach(async () => {
  const { id } = await scene.bookAt('09:00')
  recording = await makeRecording(scene.world, { visitId: id, now: scene.now() })
  const added = await addStaff(scene.world, { role: 'inspector', branchId: null })
  keeper = { ...added, role: 'inspector', branchId: null, topicIds: [] }
  cookie = await signIn(scene.one, keeper)
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-package-'))
})
afterEach(async () => {
  allow(false)
  await rm(folder, { recursive: true, force: true })
})

const viewAddress = async () =>
  (await post(scene.one, `/pracownik/nagranie/${recording.visitId}/ogladaj`, { powod: 'Sąd' }, { cookie }))
    .location ?? ''

/** Takes the recording along as the inspector does. */
async function takeAlong() {
  allow(true)
  const made = await post(scene.one, `${await viewAddress()}/paczka`, {}, { cookie })
  const passphrase = /<code>([^<]+)</.exec(made.body)?.[1] ?? ''
  const address = /href="([^"]+\/paczka\/[^"]+)"/.exec(made.body)?.[1] ?? ''
  const download = () => fetch(`${scene.one.url}${address}`, { headers: { cookie } })
  const answer = await download()
  expect(answer.status).toBe(200)
  const archive = join(folder, 'package.tar')
  const bytes = Buffer.from(await answer.arrayBuffer())
  await writeFile(archive, bytes)
  return { passphrase, archive, bytes, download }
}

const expectPlain = async (into: string) => {
  expect((await readdir(into)).sort()).toEqual([...recording.files.keys()].sort())
  for (const [name, plain] of recording.files)
    expect((await readFile(join(into, name))).equals(plain), name).toBe(true)
}

test('is refused where the institution does not allow it', async () => {
  allow(false)
  expect((await post(scene.one, `${await viewAddress()}/paczka`, {}, { cookie })).status).toBe(403)
})

test('is a tar with its manifest, signature and the one public key that checks it, and opens with its passphrase', async () => {
  const { passphrase, archive, download } = await takeAlong()
  expect(passphrase).toMatch(/^(\w{5}-){4}\w{5}$/)
  const { stdout } = await promisify(execFile)('tar', ['tf', archive])
  expect(stdout.trim().split('\n')).toEqual([
    ...['README.txt', 'package.json', 'manifest.json', 'manifest.sig', 'public-key-1.pem'],
    ...[...recording.files.keys()].sort().map((name) => `sealed/${name}`),
  ])
  await expect(openPackage({ archive, passphrase: 'AAAAA', folder: join(folder, 'no') })).rejects.toThrow(
    'passphrase',
  )
  await openPackage({ archive, passphrase: passphrase.toLowerCase(), folder: join(folder, 'plain') })
  await expectPlain(join(folder, 'plain'))

  const { keys, bus, db } = scene.world
  const act = { visitId: recording.visitId, staff: keeper, reason: 'Żądanie klienta', now: scene.now() }
  expect(await eraseRecording(db, { ...act, keys, bus })).toEqual({ ok: true })
  expect(await scene.world.query('select id from recording_package')).toEqual([])
  expect((await download()).status).toBe(410)
})

test('tells of every changed byte, of what was cut out or added, and of another signer', async () => {
  const { passphrase, archive, bytes } = await takeAlong()
  let tries = 0
  const opening = (publicKey?: string) =>
    openPackage({ archive, passphrase, folder: join(folder, `plain-${++tries}`), publicKey })
  const published = (await (await fetch(`${scene.one.url}/api/v1/recording-keys`)).json()) as {
    keys: { id: number; publicKey: string; current: boolean }[]
  }
  expect(published.keys.map(({ id, current }) => ({ id, current }))).toEqual([{ id: 1, current: true }])
  await opening(published.keys[0]?.publicKey)
  await expect(opening(randomKeys().publicKeys().get(1))).rejects.toThrow('signed by another key')

  const { stdout } = await promisify(execFile)('tar', ['tvRf', archive])
  const entries = stdout
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, block, length, name] = /^block (\d+): \S+ \S+ +(\d+) \S+ \S+ (\S+)$/.exec(line) ?? []
      return name === undefined ? [] : [{ name, at: (Number(block) + 1) * 512, length: Number(length) }]
    })
  expect(entries).toHaveLength(5 + recording.files.size)
  for (const { name, at, length } of entries.filter((entry) => entry.name !== 'README.txt'))
    for (const where of [at, at + Math.floor(length / 2), at + length - 1]) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(where) ^ 1, where)
      await writeFile(archive, changed)
      // The last byte of a text file is a line break: what it says stays the same
      if (where === at + length - 1 && /[.]pem$|package[.]json$/.test(name)) continue
      await expect(opening(), `${name} at ${where - at}`).rejects.toThrow()
    }

  for (const cut of [bytes.length - 1024, bytes.length - 300_000, 512]) {
    await writeFile(archive, bytes.subarray(0, cut))
    await expect(opening(), `cut to ${cut}`).rejects.toThrow()
  }
  await writeFile(archive, bytes)
  await writeFile(join(folder, 'x.webm'), 'x')
  await promisify(execFile)('tar', [
    ...['-C', folder, '--transform', 's,^,sealed/,', '-rf', archive, 'x.webm'],
  ])
  await expect(opening()).rejects.toThrow('was added')
})

/** `npm run recording:open-package`, with the passphrase typed. */
async function run(passphrase: string, ...words: string[]) {
  const child = spawn(
    process.execPath,
    ['scripts/run-ts.mjs', 'src/main/commands/recording-open-package.ts', ...words],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  const said = { out: '', err: '' }
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()))
  child.stdin.end(`${passphrase}\n`)
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...said }
}

test('is opened by the command on a machine that has nothing else of the product', async () => {
  const { passphrase, archive } = await takeAlong()
  const pem = scene.world.keys.publicKeys().get(1) ?? ''
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' })
  const opened = await run(passphrase, archive, join(folder, 'plain'))
  expect(opened).toMatchObject({ code: 0 })
  expect(opened.out.trim().split('\n')).toHaveLength(recording.files.size)
  expect(opened.err).toContain(createHash('sha256').update(der).digest('hex'))
  expect(opened.err).not.toContain(passphrase)
  await expectPlain(join(folder, 'plain'))

  await writeFile(join(folder, 'other.pem'), randomKeys().publicKeys().get(1) ?? '')
  const other = await run(passphrase, archive, join(folder, 'other'), join(folder, 'other.pem'))
  expect(other).toMatchObject({ code: 1, out: '' })
  expect(other.err).toContain('signed by another key')
  expect((await run('AAAAA-AAAAA', archive, join(folder, 'wrong'))).err).toContain('passphrase')
  expect((await run('', archive)).code).toBe(2)
})
