import { expect, test } from 'vitest'
import type { BuiltBatch } from './batch-builder'
import { createSpool } from './spool'
import { readSpool, readSpoolName, spoolCipher, type SpoolFile, spoolFileName } from './spool-format'

const session = '00010203-0405-4607-8809-0a0b0c0d0e0f'
const key = Buffer.alloc(32, 7).toString('base64')

const batch = (number: number): BuiltBatch => {
  const bytes = new Uint8Array(200).fill(number)
  new DataView(bytes.buffer).setFloat64(56, number * 250)
  return { number, bytes, builtAt: number * 250 }
}

function memoryFile() {
  let content = Buffer.alloc(0)
  let broken = false
  let writes = 0
  const file: SpoolFile = {
    read: (into, { at }) => content.copy(into, 0, at),
    write(bytes, { at }) {
      if (broken) throw new Error('QuotaExceededError')
      writes++
      content = Buffer.concat([content.subarray(0, at), bytes])
      return bytes.length
    },
    flush: () => undefined,
    truncate: (size) => {
      content = content.subarray(0, size)
    },
    getSize: () => content.length,
    close: () => undefined,
  }
  return {
    file,
    content: () => content,
    writes: () => writes,
    cut: (size: number) => {
      content = content.subarray(0, size)
    },
    damage: (at: number) => {
      content[at] = (content[at] ?? 0) ^ 1
    },
    breakDown: () => {
      broken = true
    },
  }
}

async function filled(numbers: number[]) {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  for (const number of numbers) spool.keep(batch(number))
  spool.flush()
  spool.unlock(key)
  await spool.settled()
  return memory
}

const numbersIn = async (file: SpoolFile, withKey = key, of = session): Promise<number[]> => {
  const found: number[] = []
  for await (const one of readSpool(file, await spoolCipher(withKey), of)) {
    expect(one).toEqual(batch(one.number))
    found.push(one.number)
  }
  return found
}

test('what is kept is read again, in order, and lies there sealed', async () => {
  const memory = await filled([1, 2, 3])
  expect(await numbersIn(memory.file)).toEqual([1, 2, 3])
  expect(memory.content().includes(Buffer.alloc(20, 2))).toBe(false)
})

test('nothing is written before the key is there', async () => {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  spool.keep(batch(1))
  spool.flush()
  await Promise.resolve()
  expect(memory.content()).toHaveLength(0)
  spool.unlock(key)
  await spool.settled()
  expect(await numbersIn(memory.file)).toEqual([1])
})

test('whoever closes the file waits for what is still to be written, but not for a key that never came', async () => {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  spool.keep(batch(1))
  spool.flush()
  await spool.settled()
  expect(memory.content()).toHaveLength(0)
  spool.unlock(key)
  await spool.settled()
  expect(await numbersIn(memory.file)).toEqual([1])
})

test('the file is emptied when all of it is durable, and kept while any of it is not', async () => {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  spool.unlock(key)
  for (const number of [1, 2]) spool.keep(batch(number))
  spool.acked(1)
  for (const number of [3, 4]) spool.keep(batch(number))
  await spool.settled()
  expect(await numbersIn(memory.file)).toEqual([2, 3, 4])
  spool.acked(4)
  await spool.settled()
  expect(memory.content()).toHaveLength(0)
})

test('what is acknowledged within moments never reaches the disk', async () => {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  spool.unlock(key)
  for (const number of [1, 2, 3, 4, 5, 6]) {
    spool.keep(batch(number))
    spool.acked(number - 1)
  }
  await spool.settled()
  expect(memory.writes()).toBe(0)
})

test('what waits for 0.4 s is written, and what comes after it at once', async () => {
  const memory = memoryFile()
  const spool = createSpool(Promise.resolve(memory.file), session, () => undefined)
  spool.unlock(key)
  for (const number of [1, 2]) spool.keep(batch(number))
  await spool.settled()
  expect(memory.writes()).toBe(0)
  spool.keep(batch(3))
  await spool.settled()
  expect(await numbersIn(memory.file)).toEqual([1, 2, 3])
  spool.keep(batch(4))
  await spool.settled()
  expect(await numbersIn(memory.file)).toEqual([1, 2, 3, 4])
  // Caught up: the next ones have their moment again
  spool.acked(4)
  spool.keep(batch(5))
  await spool.settled()
  expect(memory.content()).toHaveLength(0)
})

test('a last piece that is cut off or damaged ends the reading', async () => {
  const cut = await filled([1, 2, 3])
  cut.cut(cut.content().length - 1)
  expect(await numbersIn(cut.file)).toEqual([1, 2])
  const damaged = await filled([1, 2, 3])
  damaged.damage(damaged.content().length - 1)
  expect(await numbersIn(damaged.file)).toEqual([1, 2])
})

test('another key or another session opens nothing', async () => {
  const memory = await filled([1])
  expect(await numbersIn(memory.file, Buffer.alloc(32, 8).toString('base64'))).toEqual([])
  expect(await numbersIn(memory.file, key, session.replace('0f', '1f'))).toEqual([])
})

test('a full disk is told once and breaks nothing', async () => {
  const memory = memoryFile()
  let failures = 0
  const spool = createSpool(Promise.resolve(memory.file), session, () => failures++)
  spool.unlock(key)
  memory.breakDown()
  spool.keep(batch(1))
  spool.flush()
  spool.keep(batch(2))
  spool.flush()
  await spool.settled()
  expect(failures).toBe(1)
})

test('a file’s name tells visit and session and nothing else', () => {
  const visitId = 'a1a2a3a4-0405-4607-8809-0a0b0c0d0e0f'
  expect(readSpoolName(spoolFileName(visitId, session))).toEqual({ visitId, session })
  expect(readSpoolName('notes.txt')).toBeNull()
})
