import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantAt } from '../platform/zone'
import { type FreeSeat, proposeSeats, type VisitToPlace } from './propose-seats'
import { defaultReplanPolicy as policy, isEnoughNotice } from './replan-policy'

const timeZone = 'Europe/Warsaw'
const now = instantAt('2026-12-28', '12:00', timeZone)
const at = (day: string, time: string) => instantAt(`2026-12-${day}`, time, timeZone)
const span = (startsAt: Date) => ({ startsAt, endsAt: new Date(startsAt.getTime() + 20 * 60_000) })
const benefits = 1
const pensions = 2

let ids = 0
const seat = (startsAt: Date, topicIds = [benefits]): FreeSeat => ({
  ...span(startsAt),
  id: ++ids,
  deskId: 1,
  topicIds,
})
const visit = (startsAt: Date, changes: Partial<VisitToPlace> = {}): VisitToPlace => {
  const id = `visit ${++ids}`
  return { ...span(startsAt), id, topicId: benefits, people: [id], ...changes }
}
const propose = (
  visits: VisitToPlace[],
  seats: FreeSeat[],
  taken: Parameters<typeof proposeSeats>[0]['taken'] = [],
) => proposeSeats({ visits, seats, taken, now, timeZone, policy })
/** Where the visit is proposed to go. */
const placeOf = (one: VisitToPlace, seats: FreeSeat[]) => propose([one], seats).get(one.id)?.seat?.startsAt

describe('a visit that lost its desk', () => {
  const lost = visit(at('30', '10:15'))

  test('keeps its time when another desk is free then', () => {
    const same = seat(at('30', '10:15'))
    expect(propose([lost], [seat(at('30', '10:40')), same]).get(lost.id)?.seat).toBe(same)
  })

  test('else goes to the nearest hour of its day, rather a later one', () => {
    const hours = ['09:00', '09:50', '10:40', '12:00'].map((time) => seat(at('30', time)))
    expect(placeOf(lost, hours)).toEqual(at('30', '10:40'))
  })

  test('else to its hour on the nearest day, rather a later one', () => {
    const days = [
      seat(at('29', '13:15')),
      seat(at('31', '09:00')),
      seat(at('31', '10:15')),
      seat(at('29', '10:15')),
    ]
    expect(placeOf(lost, days)).toEqual(at('31', '10:15'))
    expect(placeOf(lost, [seat(at('29', '13:15'))])).toEqual(at('29', '13:15'))
  })

  test('does not go where its topic is not served, or its client could not be told in time', () => {
    expect(placeOf(lost, [seat(at('30', '10:15'), [pensions])])).toBeUndefined()
    expect(
      placeOf(lost, [seat(at('28', '13:50')), seat(at('28', '14:05')), seat(at('29', '09:00'))]),
    ).toBeUndefined()
  })

  test('does not go where its client has another visit', () => {
    const other = { ...span(at('30', '10:35')), people: lost.people }
    const free = [seat(at('30', '10:40')), seat(at('30', '11:35'))]
    expect(propose([lost], free, [other]).get(lost.id)?.seat?.startsAt).toEqual(at('30', '11:35'))
  })

  test('may be given other times instead, nearest first, each once', () => {
    const hours = ['12:00', '10:40', '10:40', '09:50'].map((time) => seat(at('30', time)))
    const { seat: first, others } = propose([lost], hours).get(lost.id) ?? { others: [] }
    expect(first?.startsAt).toEqual(at('30', '10:40'))
    expect(others.map(({ startsAt }) => startsAt)).toEqual([at('30', '09:50'), at('30', '12:00')])
  })
})

test('the flexible desk is left to the visit that has no other', () => {
  const [one, other] = [visit(at('30', '09:00')), visit(at('30', '09:00'), { topicId: pensions })]
  const flexible = seat(at('30', '09:00'), [benefits, pensions])
  const found = propose([one, other], [flexible, seat(at('30', '09:00'), [benefits, 3])])
  expect(found.get(other.id)?.seat).toBe(flexible)
  expect(found.get(one.id)?.seat?.startsAt).toEqual(at('30', '09:00'))
})

describe('whatever is free and whoever lost a desk', () => {
  const instant = fc
    .tuple(
      fc.constantFrom('28', '29', '30', '31'),
      fc.constantFrom('09:00', '09:10', '09:25', '12:40', '15:00'),
    )
    .map(([day, time]) => at(day, time))
  const topics = fc.uniqueArray(fc.constantFrom(1, 2, 3), { minLength: 1 })
  const seats = fc.array(
    fc
      .record({ startsAt: instant, topicIds: topics })
      .map(({ startsAt, topicIds }) => seat(startsAt, topicIds)),
    { maxLength: 14 },
  )
  const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 2 })
  const visits = fc.array(
    fc
      .record({ startsAt: instant, topicId: fc.constantFrom(1, 2, 3), people })
      .map(({ startsAt, ...rest }) => visit(startsAt, rest)),
    { maxLength: 9 },
  )
  const taken = fc.array(
    fc.record({ startsAt: instant, people }).map((one) => ({ ...one, ...span(one.startsAt) })),
    {
      maxLength: 3,
    },
  )
  const meet = (a: { startsAt: Date; endsAt: Date }, b: { startsAt: Date; endsAt: Date }) =>
    a.startsAt < b.endsAt && b.startsAt < a.endsAt

  test('no seat is proposed twice; topic and notice are respected; nobody gets two visits at once', () => {
    fc.assert(
      fc.property(visits, seats, taken, (lost, free, others) => {
        const found = propose(lost, free, others)
        expect([...found.keys()].sort()).toEqual(lost.map(({ id }) => id).sort())
        const given = [...found.values()].flatMap(({ seat: one }) => (one ? [one] : []))
        expect(new Set(given.map(({ id }) => id)).size).toBe(given.length)
        for (const one of lost) {
          const { seat: place, others: more } = found.get(one.id) ?? { seat: null, others: [] }
          for (const candidate of [...(place ? [place] : []), ...more]) {
            expect(candidate.topicIds).toContain(one.topicId)
            const [from, to] = [one.startsAt, candidate.startsAt]
            expect(isEnoughNotice({ from, to, now }, policy)).toBe(true)
          }
          for (const other of more) expect(given).not.toContain(other)
          if (!place || place.startsAt.getTime() === one.startsAt.getTime()) continue
          const own = (them: readonly string[]) => them.some((person) => one.people.includes(person))
          expect(others.some((other) => own(other.people) && meet(other, place))).toBe(false)
          for (const other of lost) {
            const theirs = found.get(other.id)?.seat
            if (other !== one && theirs && own(other.people)) expect(meet(theirs, place)).toBe(false)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  test('nobody is left without a time that nobody else was given', () => {
    fc.assert(
      fc.property(visits, seats, (lost, free) => {
        const alone = lost.map((one) => ({ ...one, people: [one.id] }))
        const found = propose(alone, free)
        const given = new Set([...found.values()].map(({ seat: one }) => one?.id))
        for (const one of alone) {
          if (found.get(one.id)?.seat) continue
          const left = free.filter(
            ({ id, topicIds, startsAt }) =>
              !given.has(id) &&
              topicIds.includes(one.topicId) &&
              isEnoughNotice({ from: one.startsAt, to: startsAt, now }, policy),
          )
          expect(left).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})
