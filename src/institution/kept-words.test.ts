import { describe, expect, test } from 'vitest'
import { periodWords } from './kept-words'

describe('a period in words', () => {
  test.each([
    [1, '1 dzień', '1 day', '1 день'],
    [90, '90 dni', '90 days', '90 днів'],
    [365, '1 rok', '1 year', '1 рік'],
    [730, '2 lata', '2 years', '2 роки'],
    [1825, '5 lat', '5 years', '5 років'],
    [1826, '1826 dni', '1,826 days', '1826 днів'],
  ])('%i', (days, pl, en, uk) => {
    expect(periodWords(days, 'pl')).toBe(pl)
    expect(periodWords(days, 'en')).toBe(en)
    expect(periodWords(days, 'uk').replaceAll('\u00a0', '')).toBe(uk)
  })
})
