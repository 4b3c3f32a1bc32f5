import { describe, expect, it } from 'vitest'
import { defaultReconnectPolicy, reconnectDelay } from './reconnect-policy'

describe('waiting before a new try', () => {
  const middle = (attempt: number) => reconnectDelay(defaultReconnectPolicy, attempt, 0.5)

  it('is short after a first loss and grows with every failed try', () => {
    expect(middle(0)).toBe(250)
    expect(middle(1)).toBe(450)
    expect(middle(4)).toBeGreaterThan(middle(3))
  })

  it('never grows beyond the longest wait, however long the outage lasts', () => {
    expect(middle(500)).toBe(2500)
  })

  it('is spread, so that everybody does not come back in the same moment', () => {
    expect(reconnectDelay(defaultReconnectPolicy, 500, 0)).toBe(1875)
    expect(reconnectDelay(defaultReconnectPolicy, 500, 1)).toBe(3125)
  })
})
