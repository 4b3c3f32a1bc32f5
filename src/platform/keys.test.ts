import { verify } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKeys, randomKeys } from './keys'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-keys-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const keyFile = () => join(folder, 'keys.json')

test('keys are made once: processes that start at the same moment all have the same', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(folder)))
  const sealed = opened[0]?.seal('Halina', 'visit.client:1') ?? Buffer.alloc(0)
  for (const keys of opened) expect(keys.unseal(sealed, 'visit.client:1')).toBe('Halina')
  expect(await readdir(folder)).toEqual(['keys.json'])
})

test('later starts read the file and change nothing', async () => {
  const sealed = (await openKeys(folder)).seal('Halina', 'visit.client:1')
  const before = await readFile(keyFile(), 'utf8')
  expect((await openKeys(folder)).unseal(sealed, 'visit.client:1')).toBe('Halina')
  expect(await readFile(keyFile(), 'utf8')).toBe(before)
})

test.runIf(process.platform !== 'win32')('nobody else on the machine can read the keys', async () => {
  await openKeys(folder)
  expect(((await stat(keyFile())).mode & 0o777).toString(8)).toBe('600')
  expect(((await stat(folder)).mode & 0o777).toString(8)).toBe('700')
})

describe('a damaged file is refused without quoting it, and left as it is:', () => {
  test.each([
    ['cut off', '{"current": 1, "ke', 'keys.json is not JSON'],
    ['empty', '', 'keys.json is not JSON'],
    ['something else', '{"current": 1, "keys": "secret"}', 'keys.json holds no key ring'],
    [
      'too short a key',
      '{"current": 1, "keys": [{"id": 1, "secret": "c2hvcnQ="}]}',
      'Key 1 is shorter than 32 bytes',
    ],
  ])('%s', async (_what, content, message) => {
    await writeFile(keyFile(), content)
    await expect(openKeys(folder)).rejects.toThrow(new Error(message))
    expect(await readFile(keyFile(), 'utf8')).toBe(content)
  })
})

test('after a rotation old data are read, new ones sealed with the new key, and hashes stay', async () => {
  const before = await openKeys(folder)
  const sealed = before.seal('a', 'x')
  const file = join(folder, 'keys.json')
  const ring = JSON.parse(await readFile(file, 'utf8')) as { current: number; keys: object[] }
  ring.keys.push({ id: 2, secret: Buffer.alloc(32, 7).toString('base64') })
  await writeFile(file, JSON.stringify({ ...ring, current: 2 }))
  const after = await openKeys(folder)
  expect(after.unseal(sealed, 'x')).toBe('a')
  expect(after.seal('a', 'x')[0]).toBe(2)
  expect(after.lookupHash('phone', '1').equals(before.lookupHash('phone', '1'))).toBe(true)
})

describe('signatures', () => {
  test('are proven by the public key of the key that made them, and by no other', () => {
    const keys = randomKeys()
    const { keyId, signature } = keys.sign('what is signed')
    expect(keys.verify('what is signed', keyId, signature)).toBe(true)
    expect(keys.verify('what is signed!', keyId, signature)).toBe(false)
    expect(keys.verify('what is signed', keyId + 1, signature)).toBe(false)
    expect(randomKeys().verify('what is signed', keyId, signature)).toBe(false)
    const pem = keys.publicKeys().get(keyId) ?? ''
    expect(verify(null, Buffer.from('what is signed'), pem, signature)).toBe(true)
  })

  test('the same key ring signs with the same key after a restart', async () => {
    const first = await openKeys(folder)
    expect((await openKeys(folder)).publicKeys()).toEqual(first.publicKeys())
  })
})
