import { expect, test, vi } from 'vitest'
import type { AppendLog } from '../platform/object-store'
import { createLogger } from '../platform/logger'
import { createJournalWriter, type Durable, type SealedBatch } from './journal-writer'

const batch = (number: number, size = 10): SealedBatch => ({
  number,
  hash: new Uint8Array(32).fill(number),
  pieces: [new Uint8Array(size).fill(number)],
})
const start = { number: 0, hash: new Uint8Array(32) }

/** A log whose appends end when the test says so. */
function slowLog() {
  const appends: { bytes: readonly Uint8Array[]; end: (error?: Error) => void }[] = []
  let length = 0
  const log: AppendLog = {
    get length() {
      return length
    },
    append: (bytes) =>
      new Promise((resolve, reject) => {
        appends.push({
          bytes,
          end: (error) => {
            if (error) reject(error)
            else {
              length += bytes.reduce((sum, piece) => sum + piece.length, 0)
              resolve()
            }
          },
        })
      }),
    close: () => Promise.resolve(),
  }
  return { log, appends }
}

const writing = () => {
  const { log, appends } = slowLog()
  const durable: Durable[] = []
  const writer = createJournalWriter(log, start, {
    onDurable: (one) => durable.push(one),
    logger: createLogger('silent'),
  })
  return { writer, appends, durable }
}
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

test('nothing is told to be durable before the store has it, and what came meanwhile goes as one', async () => {
  const { writer, appends, durable } = writing()
  writer.add([batch(1)])
  writer.add([batch(2)])
  writer.add([batch(3), batch(4)])
  await until(() => expect(appends).toHaveLength(1))
  expect(durable).toEqual([])
  appends[0]?.end()
  await until(() => expect(appends).toHaveLength(2))
  expect(durable.map(({ number }) => number)).toEqual([1])
  expect(appends[1]?.bytes).toHaveLength(3)
  appends[1]?.end()
  await until(() => expect(durable.map(({ number }) => number)).toEqual([1, 4]))
  expect(writer.durable()).toMatchObject({ number: 4, length: 40 })
})

test('a failed append is tried again with the same bytes until it goes through', async () => {
  const { writer, appends, durable } = writing()
  writer.add([batch(1)])
  await until(() => expect(appends).toHaveLength(1))
  writer.add([batch(2)])
  appends[0]?.end(new Error('disk full'))
  await until(() => expect(appends).toHaveLength(2))
  expect(appends[1]?.bytes).toEqual(appends[0]?.bytes)
  expect(durable).toEqual([])
  appends[1]?.end()
  await until(() => expect(durable).toHaveLength(1))
})

test('more than it may hold is not taken, and taken again once the store has caught up', async () => {
  const { writer, appends } = writing()
  const megabyte = 1024 * 1024
  writer.add([batch(1, megabyte)])
  await until(() => expect(appends).toHaveLength(1))
  for (const number of [2, 3, 4]) expect(writer.add([batch(number, megabyte)])).toBe(true)
  expect(writer.hasRoom()).toBe(false)
  expect(writer.add([batch(5, megabyte)])).toBe(false)
  appends[0]?.end()
  await until(() => expect(writer.hasRoom()).toBe(true))
})

test('closing while the store fails gives up what was never acknowledged', async () => {
  const { writer, appends, durable } = writing()
  writer.add([batch(1)])
  await until(() => expect(appends).toHaveLength(1))
  const closing = writer.close()
  appends[0]?.end(new Error('disk full'))
  await closing
  expect(durable).toEqual([])
  expect(writer.add([batch(2)])).toBe(false)
})
