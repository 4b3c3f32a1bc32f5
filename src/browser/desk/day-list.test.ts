import { describe, expect, it } from 'vitest'
import type { DeskVisit } from '../../contract/desk-live'
import { countsOf, minutesSince, missedBy, nowLineAt, stateTag, withNotice } from './day-list'

const visit = (number: string, time: string, part: Partial<DeskVisit> = {}): DeskVisit => ({
  id: `id-${number}`,
  number,
  startsAt: `2026-12-29T${time}:00.000Z`,
  endsAt: new Date(Date.parse(`2026-12-29T${time}:00.000Z`) + 20 * 60_000).toISOString(),
  topic: 'Zasiłki',
  topicId: 1,
  client: `Klient ${number}`,
  guardian: null,
  language: 'pl',
  recordingConsent: true,
  device: null,
  state: 'booked',
  reason: null,
  clientPresent: false,
  waitingSince: null,
  startedAt: null,
  officerId: null,
  officer: null,
  ...part,
})
const now = '2026-12-29T09:20:00.000Z'
const first = visit('1', '09:00')
const second = visit('2', '09:25')

describe('the day of a branch', () => {
  it('takes in a changed visit in its place, and a new one by its time', () => {
    const changed = { ...first, state: 'waiting' as const }
    const list = withNotice([first, second], { type: 'visit', now, visit: changed })
    expect(list.map(({ number, state }) => `${number} ${state}`)).toEqual(['1 waiting', '2 booked'])
    const between = visit('3', '09:12')
    const longer = withNotice(list, { type: 'visit', now, visit: between })
    expect(longer.map(({ number }) => number)).toEqual(['1', '3', '2'])
  })

  it('is replaced as a whole after a reconnect, so that nothing missed stays behind', () => {
    expect(withNotice([first, second], { type: 'day', now, visits: [second] })).toEqual([second])
  })

  it('counts what was booked without the cancelled, and what took place', () => {
    const list = [
      visit('1', '09:00', { state: 'completed' }),
      visit('2', '09:00', { state: 'ended_early' }),
      visit('3', '09:25', { state: 'cancelled' }),
      visit('4', '09:25'),
    ]
    expect(countsOf(list)).toEqual({ booked: 3, done: 2 })
  })

  it('draws the line of now before the first visit that has not begun', () => {
    expect(nowLineAt([first, second], new Date(now))).toBe(1)
    expect(nowLineAt([first, second], new Date('2026-12-29T08:00:00Z'))).toBe(0)
    expect(nowLineAt([first, second], new Date('2026-12-29T15:00:00Z'))).toBe(2)
  })

  it('counts whole minutes of waiting', () => {
    expect(minutesSince('2026-12-29T09:13:30.000Z', new Date(now))).toBe(6)
    expect(minutesSince('2026-12-29T09:30:00.000Z', new Date(now))).toBe(0)
  })

  it('names who cancelled or missed', () => {
    expect(stateTag({ ...first, state: 'missed', reason: 'institution' }).key).toBe(
      'desk.state.missed_institution',
    )
    expect(stateTag({ ...first, state: 'cancelled', reason: 'client' }).key).toBe(
      'desk.state.cancelled_client',
    )
  })

  it('calls a visit missed only when its time is over, by the side that was not there', () => {
    expect(missedBy(first, new Date('2026-12-29T09:19:00Z'))).toBeNull()
    expect(missedBy(first, new Date(now))).toBe('client')
    expect(missedBy({ ...first, state: 'waiting' }, new Date(now))).toBe('institution')
    expect(missedBy({ ...first, state: 'in_progress' }, new Date(now))).toBeNull()
  })
})
