import { EventEmitter, once } from 'node:events'
import { expect, test } from 'vitest'
import { keepPostmaster } from './keep-postmaster'
import type { Postmaster } from './postmaster'

const log = { warn: () => undefined, error: () => undefined }

function fakeServer(pid: number): { postmaster: Postmaster; die(): void } {
  const life = new EventEmitter()
  const exited = once(life, 'end').then(() => undefined)
  return { postmaster: { pid, port: 5432, exited }, die: () => life.emit('end') }
}

test('a server that fails to come back is tried again until it runs', async () => {
  const [first, second] = [fakeServer(1), fakeServer(2)]
  let attempts = 0
  const stopped: number[] = []
  const kept = keepPostmaster(
    first.postmaster,
    async () => {
      if (++attempts < 4) throw new Error('disk full')
      return second.postmaster
    },
    async ({ pid }) => {
      stopped.push(pid)
    },
    log,
    { firstDelayMilliseconds: 1, longestDelayMilliseconds: 2 },
  )
  first.die()
  await expect.poll(() => attempts).toBe(4)
  await kept.stop()
  expect(stopped).toEqual([2])
})

test('stop waits for no further attempt, and nothing is launched after it', async () => {
  const first = fakeServer(1)
  let attempts = 0
  const kept = keepPostmaster(
    first.postmaster,
    async () => {
      attempts++
      throw new Error('disk full')
    },
    async () => undefined,
    log,
    { firstDelayMilliseconds: 600_000, longestDelayMilliseconds: 600_000 },
  )
  first.die()
  await expect.poll(() => attempts).toBe(1)
  await kept.stop()
  expect(attempts).toBe(1)
})

test('a server that is stopped on purpose is not launched again', async () => {
  const server = fakeServer(1)
  let attempts = 0
  const kept = keepPostmaster(
    server.postmaster,
    async () => {
      attempts++
      return server.postmaster
    },
    async () => server.die(),
    log,
  )
  await kept.stop()
  expect(attempts).toBe(0)
})
