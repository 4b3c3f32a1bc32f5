import { expect, test } from 'vitest'
import { openDatabase } from '../platform/db'
import { forgetOffers, recentOffer } from './offer-cache'

/** Never connected to. */
const someDatabase = () => openDatabase('postgres://localhost/none').db

/** Counts how often it is asked, and answers when told to. */
const source = () => {
  const db = someDatabase()
  let loads = 0
  const waiting: (() => void)[] = []
  const ask = (key: string, atMs: number, branchId = 1) =>
    recentOffer(db, { branchId, key, now: new Date(atMs) }, () => {
      const load = ++loads
      return new Promise<number>((resolve) => waiting.push(() => resolve(load)))
    })
  const answerAll = () => {
    for (const answer of waiting.splice(0)) answer()
  }
  return { db, ask, answerAll, loads: () => loads }
}

test('callers who ask at once share one load, and so do those within a second', async () => {
  const { ask, answerAll, loads } = source()
  const together = Promise.all([ask('a', 0), ask('a', 10)])
  answerAll()
  expect(await together).toEqual([1, 1])
  expect(await ask('a', 999)).toBe(1)
  void ask('a', 1000)
  expect(loads()).toBe(2)
})

test('another question is asked separately', () => {
  const { ask, loads } = source()
  void ask('a', 0)
  void ask('b', 0)
  expect(loads()).toBe(2)
})

test('after a claim nobody is told what was loaded before it, not even by a load still under way', async () => {
  const { db, ask, answerAll } = source()
  const before = ask('a', 0)
  forgetOffers(db, 1)
  const after = ask('a', 1)
  answerAll()
  expect(await before).toBe(1)
  expect(await after).toBe(2)
  expect(await ask('a', 2)).toBe(2)
})

test('a claim at another branch forgets nothing', () => {
  const { db, ask, loads } = source()
  void ask('a', 0, 1)
  forgetOffers(db, 2)
  void ask('a', 1, 1)
  expect(loads()).toBe(1)
})

test('a failed load is told to those who waited and then tried again', async () => {
  const db = someDatabase()
  const asked = { branchId: 1, key: 'a', now: new Date(0) }
  await expect(recentOffer(db, asked, () => Promise.reject(new Error('no database')))).rejects.toThrow()
  expect(await recentOffer(db, asked, () => Promise.resolve('fine'))).toBe('fine')
})

test('a clock that goes back does not freeze an answer', () => {
  const { ask, loads } = source()
  void ask('a', 10_000)
  void ask('a', 0)
  expect(loads()).toBe(2)
})

test('it holds a bounded number of answers, the newest ones', () => {
  const { ask, loads } = source()
  for (let n = 0; n < 600; n++) void ask(`key ${n}`, 0)
  void ask('key 599', 0)
  expect(loads()).toBe(600)
  void ask('key 0', 0)
  expect(loads()).toBe(601)
})
