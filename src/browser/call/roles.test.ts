import { expect, it } from 'vitest'
import { participants } from '../../contract/signalling'
import { givesWay, videoBitrate } from './roles'

it('gives the officer the best picture of the client, within 2 Mbps even with a guardian', () => {
  expect(videoBitrate('client', 'officer')).toBe(1_000_000)
  expect(videoBitrate('officer', 'client')).toBe(500_000)
})

it('fits four people into 2 Mbps in each direction, and the signs come first', () => {
  for (const me of participants) {
    const others = participants.filter((other) => other !== me)
    const sum = (rates: number[]) => rates.reduce((all, rate) => all + rate, 0)
    expect(sum(others.map((other) => videoBitrate(me, other)))).toBeLessThanOrEqual(1_800_000)
    expect(sum(others.map((other) => videoBitrate(other, me)))).toBeLessThanOrEqual(1_800_000)
  }
  expect(videoBitrate('interpreter', 'client')).toBeGreaterThan(videoBitrate('officer', 'client'))
})

it('lets exactly one of two people give way', () => {
  for (const one of participants)
    for (const other of participants)
      if (one !== other) expect(givesWay(one, other)).toBe(!givesWay(other, one))
})
