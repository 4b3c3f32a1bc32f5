import { describe, expect, test } from 'vitest'
import { dataClasses } from '../institution/kept-days'
import { readPeriods } from './read-periods'

const form = (changes: Record<string, string> = {}) => ({
  ...Object.fromEntries([...dataClasses, 'recording'].map((name) => [name, '30'])),
  visit: '365',
  ...changes,
})

const read = (body: unknown) =>
  readPeriods(body, { topics: ['benefits', 'relief'], stored: { gone: 10, relief: 20 } })

describe('periods as typed', () => {
  test('are whole days', () => {
    const { periods, errors } = read(form({ audit: ' 3650 ' }))
    expect(errors).toEqual({})
    expect(periods?.kept).toMatchObject({ visit: 365, audit: 3650, chat: 30 })
    expect(periods?.recording).toBe(30)
  })

  test.each(['', '0', '-1', '1.5', 'x', '36501', '1e3', '９'])('%s is none', (chat) => {
    expect(read(form({ chat }))).toMatchObject({ errors: { chat: 'days' }, periods: undefined })
  })

  test('nothing of a visit outlives the visit, its recording neither', () => {
    const { errors, periods } = read(form({ visit: '29', audit: '9999' }))
    expect(periods).toBeUndefined()
    expect(errors).toEqual({
      contact: 'outlives',
      chat: 'outlives',
      notes: 'outlives',
      deviceCheck: 'outlives',
      messages: 'outlives',
      recording: 'outlives',
    })
  })

  test('a form of nothing is refused', () => {
    expect(read(undefined).periods).toBeUndefined()
  })
})

describe('recordings of topics', () => {
  test('have a time of their own where one is typed; what is stored for topics of the past stays', () => {
    const { periods } = read(form({ 'nagranie-benefits': ' 730 ' }))
    expect(periods?.recordingOf).toEqual({ gone: 10, benefits: 730 })
  })

  test.each(['0', '12x', '1,5', '99999'])('are not kept „%s” days', (days) => {
    expect(read(form({ 'nagranie-relief': days }))).toMatchObject({
      errors: { 'nagranie-relief': 'days' },
      periods: undefined,
    })
  })
})
