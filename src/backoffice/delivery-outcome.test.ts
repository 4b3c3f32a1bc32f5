import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Attempt, outcomeOf } from './delivery-outcome'
import { askedSeconds, defaultWebhookRetryPolicy as policy, giveUpAt } from './retry-policy'

const start = new Date('2026-12-21T08:00:00Z')
const end = giveUpAt(policy, start)
const answered = (status: number, retryAfter?: string): Attempt => ({ status, retryAfter })
const after = (attempt: Attempt, { n = 1, now = start, random = 0 } = {}) =>
  outcomeOf({ attempt: n, giveUpAt: end }, attempt, { now, policy, random })

describe('after a try a delivery', () => {
  test.each([200, 201, 202, 204])('is taken at %i', (status) =>
    expect(after(answered(status))).toEqual({
      state: 'delivered',
      dueAt: null,
      error: null,
      pausesEndpoint: false,
    }),
  )

  test.each([
    [answered(302), 'redirect'],
    [answered(400), 'status'],
    [answered(401), 'status'],
    [answered(500), 'status'],
    [{ error: 'timeout' } as const, 'timeout'],
    [{ error: 'private_address' } as const, 'private_address'],
  ])('waits for the next try: %o', (attempt, error) =>
    expect(after(attempt)).toMatchObject({ state: 'queued', error, dueAt: new Date(+start + 30_000) }),
  )

  test('stops its endpoint at 410 and waits there', () =>
    expect(after(answered(410))).toMatchObject({ state: 'queued', error: 'gone', pausesEndpoint: true }))

  test('ends when what it tells of was erased', () =>
    expect(after({ error: 'erased' })).toMatchObject({ state: 'withdrawn' }))

  test('waits as long as it was asked to, up to a day', () => {
    const dueIn = (retryAfter: string) => {
      const { dueAt } = after(answered(503, retryAfter))
      return ((dueAt?.getTime() ?? 0) - start.getTime()) / 1000
    }
    expect(dueIn('120')).toBe(120)
    expect(dueIn('999999')).toBe(86_400)
    expect(dueIn('Mon, 21 Dec 2026 09:00:00 GMT')).toBe(3600)
    expect(dueIn('soon')).toBe(30)
  })

  test('is given up after its time, not before a last try at the end of it', () => {
    const late = new Date(end.getTime() - 60_000)
    expect(after(answered(500), { n: 40, now: late })).toMatchObject({ state: 'queued', dueAt: end })
    expect(after(answered(500), { n: 41, now: end })).toMatchObject({ state: 'failed', error: 'status' })
  })
})

test('an endpoint that fails for a week is tried some fifty times, ever more seldom, and never too early', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 100 }), (chances) => {
      let now = start
      let tries = 0
      for (const random of chances) {
        tries += 1
        const { state, dueAt } = after(answered(500), { n: tries, now, random })
        if (state === 'failed') break
        const pause = ((dueAt?.getTime() ?? 0) - now.getTime()) / 1000
        if (dueAt?.getTime() !== end.getTime()) expect(pause).toBeGreaterThanOrEqual(20)
        expect(pause).toBeLessThanOrEqual(policy.longestSeconds)
        now = dueAt ?? now
      }
      expect(now).toEqual(end)
      expect(tries).toBeGreaterThan(45)
      expect(tries).toBeLessThan(80)
    }),
  )
})

test('a Retry-After in the past asks for nothing', () => {
  expect(askedSeconds('Mon, 21 Dec 2020 09:00:00 GMT', start)).toBe(0)
})
