import { describe, expect, test } from 'vitest'
import { parsePersonKey } from './person-key'

describe('what a person is looked for by', () => {
  test.each([
    [' 601 234 567 ', { by: 'phone', value: '+48601234567' }],
    ['+48601234567', { by: 'phone', value: '+48601234567' }],
    ['+44 7911 123456', { by: 'phone', value: '+447911123456' }],
    ['Halina@Example.org', { by: 'email', value: 'Halina@Example.org' }],
    ['ew-7k3f 94qx', { by: 'number', value: 'EW-7K3F-94QX' }],
    ['Halina Wiśniewska', undefined],
    ['halina@', undefined],
    ['12', undefined],
    ['', undefined],
  ])('%s', (typed, key) => {
    expect(parsePersonKey(typed)).toEqual(key)
  })
})
