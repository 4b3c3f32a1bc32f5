import { expect, it } from 'vitest'
import { participants } from '../../contract/signalling'
import { givesWay, videoBitrate } from './roles'

it('gives the officer the best picture of the client, within 2 Mbps even with a guardian', () => {
  expect(videoBitrate('client', 'officer')).toBe(1_000_000)
  expect(videoBitrate('officer', 'client')).toBe(500_000)
  expect(videoBitrate('client', 'officer') + videoBitrate('client', 'guardian')).toBeLessThan(2_000_000)
})

it('lets exactly one of two people give way', () => {
  for (const one of participants)
    for (const other of participants)
      if (one !== other) expect(givesWay(one, other)).toBe(!givesWay(other, one))
})
