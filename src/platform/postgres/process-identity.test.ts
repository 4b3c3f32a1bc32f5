import { expect, test } from 'vitest'
import { identifyProcess, startFromStat, stillLives } from './process-identity'

const after = (state: string) => `${state} 1 13928 13928 0 -1 4194560 2 0 0 0 0 0 0 0 20 0 1 0 987654 1 2 3`

test('the start time is read past a name with spaces and brackets', () => {
  expect(startFromStat(`13928 (a) b (c) ${after('S')}`)).toBe('987654')
})

test.each(['Z', 'X'])('a process in state %s lives no more', (state) => {
  expect(startFromStat(`13928 (postgres) ${after(state)}`)).toBeUndefined()
})

test('our own process lives; another one that had its number before does not', async () => {
  const me = await identifyProcess(process.pid)
  expect(me).toBeDefined()
  expect(await stillLives({ pid: process.pid, mark: me?.mark ?? '' })).toBe(true)
  expect(await stillLives({ pid: process.pid, mark: 'earlier.1' })).toBe(false)
})

test('a process about which nothing more can be known counts as living', async () => {
  expect(await stillLives({ pid: process.pid, mark: '' })).toBe(true)
})
