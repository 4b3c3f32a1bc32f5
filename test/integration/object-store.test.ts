import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFolderStore } from '../../src/platform/folder-store'
import type { ObjectStore } from '../../src/platform/object-store'
import { createS3Store } from '../../src/platform/s3-store'
import { bytesOf } from '../support/bytes-of'
import { type S3Server, startS3Server } from '../support/s3-server'

let files: string
let s3: S3Server
const stores: Record<string, ObjectStore> = {}

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'e-wizyta-object-store-'))
  s3 = await startS3Server()
  stores['a folder'] = createFolderStore(join(files, 'store'))
  stores['an S3 server'] = createS3Store(s3.options)
})
afterAll(async () => {
  await s3.drop()
  await rm(files, { recursive: true, force: true })
})

let fileCount = 0
async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(files, `file-${++fileCount}`)
  await writeFile(path, bytes)
  return path
}

let folderCount = 0
/** A prefix that no other test uses. */
const freshPrefix = () => `test-${++folderCount}/`

async function logOf(store: ObjectStore, name: string, ...pieces: (string | Uint8Array)[]) {
  const log = await store.createLog(name)
  for (const piece of pieces) await log.append([Buffer.from(piece)])
  await log.close()
}

describe.each(['a folder', 'an S3 server'])('a store in %s', (kind) => {
  const store = () => {
    const found = stores[kind]
    if (!found) throw new Error('no store')
    return found
  }
  const textOf = async (name: string) => (await bytesOf(store(), name)).toString()

  test('works, and says so', async () => {
    await store().check()
    expect(await store().list('check/')).toEqual([])
  })

  test('joins what was appended into one sequence of bytes', async () => {
    const name = `${freshPrefix()}journal/1`
    const log = await store().createLog(name)
    expect(await store().lengthOf(name)).toBe(0)
    expect(await textOf(name)).toBe('')
    await log.append([Buffer.from('one')])
    await log.append([Buffer.from('t'), Buffer.alloc(0), Buffer.from('wo')])
    expect(log.length).toBe(6)
    expect(await store().lengthOf(name)).toBe(6)
    await log.append([Buffer.from('three')])
    await log.close()
    expect(await textOf(name)).toBe('onetwothree')
  })

  test('gives any range of a log and of a file', async () => {
    const prefix = freshPrefix()
    const whole = randomBytes(5000)
    const cuts = [0, 1, 2, 700, 701, 2500, 4999, 5000]
    await logOf(store(), `${prefix}log`, ...cuts.slice(1).map((cut, n) => whole.subarray(cuts[n], cut)))
    await store().putFile(`${prefix}file.webm`, await fileOf(whole))
    const place = fc.oneof(fc.constantFrom(...cuts), fc.integer({ min: 0, max: 6000 }))
    await fc.assert(
      fc.asyncProperty(place, place, async (start, end) => {
        for (const name of ['log', 'file.webm']) {
          const bytes = await bytesOf(store(), prefix + name, start, end)
          expect(bytes.equals(whole.subarray(start, Math.max(start, end)))).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
    expect((await bytesOf(store(), `${prefix}log`, 4000)).equals(whole.subarray(4000))).toBe(true)
  })

  test('starts no log under a name that is taken, and puts a file in place of what was there', async () => {
    const prefix = freshPrefix()
    await logOf(store(), `${prefix}log`, 'kept')
    await logOf(store(), `${prefix}empty`)
    await store().putFile(`${prefix}file`, await fileOf(Buffer.from('first, and longer')))
    for (const name of ['log', 'empty', 'file'])
      await expect(store().createLog(prefix + name)).rejects.toThrow(Error)
    expect(await textOf(`${prefix}log`)).toBe('kept')
    for (const name of ['file', 'log']) {
      await store().putFile(prefix + name, await fileOf(Buffer.from('second')))
      expect(await textOf(prefix + name)).toBe('second')
      expect(await store().lengthOf(prefix + name)).toBe(6)
    }
    expect(await store().list(prefix)).toEqual(['empty', 'file', 'log'].map((name) => prefix + name))
  })

  test('puts an empty file, and none that cannot be read', async () => {
    const prefix = freshPrefix()
    await store().putFile(`${prefix}empty`, await fileOf(Buffer.alloc(0)))
    expect(await store().lengthOf(`${prefix}empty`)).toBe(0)
    expect(await textOf(`${prefix}empty`)).toBe('')
    await expect(store().putFile(`${prefix}gone`, join(files, 'no-such-file'))).rejects.toThrow(Error)
    expect(await store().list(prefix)).toEqual([`${prefix}empty`])
  })

  test('keeps a large file whole, and gives its middle without the rest', async () => {
    const name = `${freshPrefix()}large.webm`
    const bytes = randomBytes(30 * 1024 * 1024 + 17)
    await store().putFile(name, await fileOf(bytes))
    expect(await store().lengthOf(name)).toBe(bytes.length)
    expect((await bytesOf(store(), name)).equals(bytes)).toBe(true)
    const middle = [15_000_000, 17_500_000] as const
    expect((await bytesOf(store(), name, ...middle)).equals(bytes.subarray(...middle))).toBe(true)
    for await (const piece of store().read(name)) expect(piece.length).toBeLessThanOrEqual(1024 * 1024)
  })

  test('knows nothing of names that were never given', async () => {
    expect(await store().lengthOf('never/given')).toBeUndefined()
    await expect(bytesOf(store(), 'never/given')).rejects.toThrow(Error)
    expect(await store().list('never/')).toEqual([])
    await store().removeAll('never/')
  })

  test('lists and removes what lies under a prefix and nothing beside it', async () => {
    const prefix = freshPrefix()
    const inside = ['visit-1/files/a.webm', 'visit-1/journal/1', 'visit-1/journal/10', 'visit-1/journal/2']
    const beside = ['visit-10/journal/1', 'visit-2']
    for (const name of [...inside, ...beside]) await logOf(store(), prefix + name, 'a', 'b', 'c')
    const names = (list: string[]) => list.map((name) => prefix + name)
    expect(await store().list(`${prefix}visit-1/`)).toEqual(names(inside))
    expect(await store().list(prefix)).toEqual(names([...inside, ...beside]).sort())
    expect(await textOf(`${prefix}visit-1/journal/1`)).toBe('abc')
    await store().removeAll(`${prefix}visit-1/`)
    expect(await store().list(prefix)).toEqual(names(beside))
    for (const name of names(inside)) expect(await store().lengthOf(name)).toBeUndefined()
    await logOf(store(), `${prefix}visit-1/journal/1`, 'anew')
    expect(await textOf(`${prefix}visit-1/journal/1`)).toBe('anew')
  })

  test('keeps logs apart that are written at the same time', async () => {
    const prefix = freshPrefix()
    await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const log = await store().createLog(`${prefix}${n}`)
        for (let batch = 0; batch < 20; batch++) await log.append([Buffer.from(`${n}:${batch} `)])
        await log.close()
      }),
    )
    for (let n = 0; n < 12; n++) {
      const expected = Array.from({ length: 20 }, (_, batch) => `${n}:${batch} `).join('')
      expect(await textOf(`${prefix}${n}`)).toBe(expected)
    }
  })

  test('refuses names and prefixes that could lead elsewhere', async () => {
    const file = await fileOf(Buffer.from('x'))
    for (const name of [
      '',
      '/',
      '/a',
      'a/',
      'a//b',
      '../a',
      'a/../b',
      '.',
      'A',
      'a b',
      'a/_',
      'a/_0000000000000000',
    ])
      for (const act of [
        () => store().createLog(name),
        () => store().putFile(name, file),
        () => store().lengthOf(name),
        () => bytesOf(store(), name),
      ])
        await expect(act()).rejects.toThrow('is no name')
    for (const prefix of ['', '/', 'a', '../', 'a/../', '/a/', 'a//'])
      for (const act of [() => store().list(prefix), () => store().removeAll(prefix)])
        await expect(act()).rejects.toThrow(/is no (name|prefix)/)
  })
})

test('a process killed while it appends leaves everything that it said to be durable', async () => {
  const folder = join(files, 'killed')
  const path = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url))
  for (const kill of [1, 40, 200]) {
    const name = `log-${kill}`
    const child = spawn(
      process.execPath,
      ['--import', path('resolve-typescript.mjs'), path('append-process.ts'), folder, name],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const ended = once(child, 'close')
    let durable = 0
    let lines = 0
    for await (const line of createInterface(child.stdout)) {
      durable = Number(line)
      if (++lines === kill) child.kill('SIGKILL')
    }
    await ended
    expect(lines).toBeGreaterThanOrEqual(kill)
    const bytes = await bytesOf(createFolderStore(folder), name)
    expect(bytes.length).toBeGreaterThanOrEqual(durable)
    let at = 0
    for (let n = 0; at < durable; n++) {
      const length = 1000 + (n % 7) * 1000
      expect(bytes.subarray(at, at + length).equals(Buffer.alloc(length, n % 251))).toBe(true)
      at += length
    }
    expect(at).toBe(durable)
  }
})
