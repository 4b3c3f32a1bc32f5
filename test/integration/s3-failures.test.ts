import { truncate, writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config/config'
import { recordingStore } from '../../src/main/open-store'
import type { ObjectStore } from '../../src/platform/object-store'
import { createS3Store } from '../../src/platform/s3-store'
import { bytesOf } from '../support/bytes-of'
import { type S3Server, startS3Server } from '../support/s3-server'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'

let s3: S3Server
let proxy: TcpProxy
/** Gives up soon; and one that waits as long as the product does. */
let hasty: ObjectStore
let patient: ObjectStore
let folder: string

beforeAll(async () => {
  s3 = await startS3Server()
  proxy = await startTcpProxy({ port: s3.port, host: '127.0.0.1' })
  const options = { ...s3.options, endpoint: `http://127.0.0.1:${proxy.port}` }
  hasty = createS3Store({ ...options, patienceMilliseconds: 1500 })
  patient = createS3Store(options)
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-s3-failures-'))
})
afterAll(async () => {
  await proxy.cut()
  await s3.drop()
  await rm(folder, { recursive: true, force: true })
})
let name = ''
let count = 0
beforeEach(() => {
  name = `failures/${++count}`
})
const textOf = async () => (await bytesOf(patient, name)).toString()

test('a store that is gone is said to be gone, by its address, and the same log goes on once it is back', async () => {
  const log = await patient.createLog(name)
  await log.append([Buffer.from('one ')])
  await proxy.cut()
  const address = `127.0.0.1:${proxy.port}`
  const message = `The store ${address} (bucket recordings) cannot be reached: ECONNREFUSED`
  await expect(log.append([Buffer.from('two ')])).rejects.toThrow(message)
  await expect(log.append([Buffer.from('two ')])).rejects.toThrow(message)
  for (const act of [
    () => patient.check(),
    () => patient.lengthOf(name),
    () => bytesOf(patient, name),
    () => patient.list('failures/'),
    () => patient.removeAll('failures/'),
    () => patient.createLog('failures/other'),
  ])
    await expect(act()).rejects.toThrow(message)
  expect(log.length).toBe(4)
  await proxy.restore()
  await log.append([Buffer.from('two ')])
  await log.append([Buffer.from('three')])
  expect(await textOf()).toBe('one two three')
  await patient.check()
})

test('a store that does not answer is given up in time, and what arrives late changes nothing', async () => {
  const log = await hasty.createLog(name)
  await log.append([Buffer.from('one ')])
  proxy.hold()
  await expect(log.append([Buffer.from('two ')])).rejects.toThrow('does not answer within 1.5 s')
  await expect(hasty.lengthOf(name)).rejects.toThrow('does not answer within 1.5 s')
  await expect(log.append([Buffer.from('other')])).rejects.toThrow('takes nothing else')
  proxy.release()
  await log.append([Buffer.from('two ')])
  await log.append([Buffer.from('three')])
  expect(await textOf()).toBe('one two three')
})

test('connections that break under way are replaced without anybody noticing', async () => {
  const log = await patient.createLog(name)
  for (let n = 0; n < 20; n++) {
    const appended = log.append([Buffer.from(`${n} `)])
    proxy.breakAll()
    await appended
  }
  expect(await textOf()).toBe(Array.from({ length: 20 }, (_, n) => `${n} `).join(''))
})

test('a server that is killed and comes back has all that was appended', async () => {
  const log = await patient.createLog(name)
  await log.append([Buffer.from('before ')])
  await s3.kill()
  await expect(log.append([Buffer.from('after')])).rejects.toThrow(Error)
  await s3.restart()
  await log.append([Buffer.from('after')])
  expect(await textOf()).toBe('before after')
})

test('a large file is put whole or not at all', async () => {
  const path = join(folder, 'large')
  await writeFile(path, '')
  await truncate(path, 40 * 1024 * 1024)
  proxy.hold()
  await expect(hasty.putFile(name, path)).rejects.toThrow('does not answer')
  proxy.release()
  expect(await patient.lengthOf(name)).toBeUndefined()
  await patient.putFile(name, path)
  expect(await patient.lengthOf(name)).toBe(40 * 1024 * 1024)
})

test('the store that the settings name works', async () => {
  const { endpoint, bucket, accessKey, secretKey } = s3.options
  const config = readConfig({
    RECORDINGS_STORE: `s3://${bucket}`,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY: accessKey,
    S3_SECRET_KEY: secretKey,
  })
  await recordingStore(config.recordings).check()
})

test('wrong keys and a bucket that is missing are said as what they are', async () => {
  const wrong = createS3Store({ ...s3.options, secretKey: 'guessed-wrong' })
  await expect(wrong.check()).rejects.toThrow('refuses: SignatureDoesNotMatch (403)')
  const missing = createS3Store({ ...s3.options, bucket: 'elsewhere' })
  await expect(missing.list('a/')).rejects.toThrow('refuses: NoSuchBucket (404)')
  await expect(missing.lengthOf('a')).rejects.toThrow('refuses: NoSuchBucket (404)')
  await expect(missing.check()).rejects.toThrow('refuses: NoSuchBucket (404)')
})

test('pages of a log that lack one between them are never joined', async () => {
  const log = await patient.createLog(`${name}/log`)
  for (const text of ['one ', 'two ', 'three']) await log.append([Buffer.from(text)])
  await s3.removeObject(`${name}/log/_0000000000000004`)
  await expect(bytesOf(patient, `${name}/log`)).rejects.toThrow('lacks the bytes from 4 on')
  await expect(patient.lengthOf(`${name}/log`)).rejects.toThrow('lacks the bytes from 4 on')
})

test('a log of thousands of pages is listed as one name, measured and read to its end', async () => {
  await s3.addObjects(
    Array.from({ length: 2500 }, (_, n) => [`${name}/a/_${String(n * 3).padStart(16, '0')}`, 'xyz']),
  )
  const log = await patient.createLog(`${name}/b`)
  await log.append([Buffer.from('b')])
  expect(await patient.list(`${name}/`)).toEqual([`${name}/a`, `${name}/b`])
  expect(await patient.lengthOf(`${name}/a`)).toBe(7500)
  expect((await bytesOf(patient, `${name}/a`, 7490)).toString()).toBe('zxyzxyzxyz')
  await patient.removeAll(`${name}/`)
  expect(await patient.list('failures/')).not.toContain(`${name}/a`)
  expect(await patient.lengthOf(`${name}/a`)).toBeUndefined()
})
