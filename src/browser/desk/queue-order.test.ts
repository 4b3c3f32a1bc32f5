import { describe, expect, it } from 'vitest'
import type { DeskVisit } from '../../contract/desk-live'
import { arrangeQueue, nextToCallIn, queueChanges, waitingOf } from './queue-order'

const visit = (number: string, part: Partial<DeskVisit> = {}): DeskVisit => ({
  id: `id-${number}`,
  number,
  startsAt: '2026-12-29T09:15:00.000Z',
  endsAt: '2026-12-29T09:35:00.000Z',
  topic: 'Zasiłki',
  topicId: 1,
  client: `Klient ${number}`,
  guardian: null,
  language: 'pl',
  recordingConsent: true,
  device: null,
  state: 'waiting',
  reason: null,
  clientPresent: true,
  waitingSince: '2026-12-29T09:10:00.000Z',
  startedAt: null,
  officerId: null,
  officer: null,
  ...part,
})
const since = (time: string) => ({ waitingSince: `2026-12-29T${time}:00.000Z` })
const names = (cards: { visit: DeskVisit; gone: boolean }[]) =>
  cards.map((card) => card.visit.number + (card.gone ? ' gone' : ''))

const halina = visit('H', since('09:02'))
const jozef = visit('J', since('09:05'))
const anna = visit('A', since('09:08'))

describe('the waiting list', () => {
  it('shows who waits longest first, and nobody who does not wait', () => {
    const booked = visit('B', { state: 'booked', waitingSince: null })
    expect(waitingOf([anna, booked, jozef, halina]).map(({ number }) => number)).toEqual(['H', 'J', 'A'])
  })

  it('offers the longest waiting whose page is connected', () => {
    expect(nextToCallIn([jozef, halina], [1])).toBe('id-H')
    expect(nextToCallIn([jozef, { ...halina, clientPresent: false }], [1])).toBe('id-J')
    expect(nextToCallIn([{ ...halina, clientPresent: false }], [1])).toBe('id-H')
    expect(nextToCallIn([], [1])).toBeNull()
  })

  it('leaves people with other topics to colleagues', () => {
    expect(nextToCallIn([jozef, { ...halina, topicId: 3 }], [1, 2])).toBe('id-J')
    expect(nextToCallIn([halina], [2])).toBeNull()
  })

  it('says who came and who left', () => {
    const called = { ...halina, state: 'in_progress' as const }
    const { arrived, left } = queueChanges([halina, jozef], [called, jozef, anna])
    expect(arrived.map(({ number }) => number)).toEqual(['A'])
    expect(left.map(({ number }) => number)).toEqual(['H'])
  })
})

describe('the waiting list under the pointer', () => {
  const shown = arrangeQueue([], [halina, jozef], false)

  it('keeps every card in its place when somebody is called in elsewhere', () => {
    const called = { ...halina, state: 'in_progress' as const, officer: 'T. Sowa' }
    expect(names(arrangeQueue(shown, [called, jozef], true))).toEqual(['H gone', 'J'])
    expect(arrangeQueue(shown, [called, jozef], true)[0]?.visit.officer).toBe('T. Sowa')
  })

  it('lets new people in at the end, even those who have waited longer', () => {
    const earlier = visit('E', since('09:00'))
    expect(names(arrangeQueue(shown, [earlier, halina, jozef], true))).toEqual(['H', 'J', 'E'])
  })

  it('falls into order as soon as the pointer has left', () => {
    const earlier = visit('E', since('09:00'))
    const held = arrangeQueue(shown, [earlier, halina, jozef], true)
    expect(names(arrangeQueue(held, [earlier, halina, jozef], false))).toEqual(['E', 'H', 'J'])
  })
})
