import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  activeStates,
  earlyEndReasons,
  isActive,
  nextState,
  parties,
  type VisitEvent,
  type VisitStanding,
  visitStates,
} from './visit-state'

const event: fc.Arbitrary<VisitEvent> = fc.oneof(
  fc.constantFrom<VisitEvent>(
    { type: 'client_arrived' },
    { type: 'called_in' },
    { type: 'released' },
    { type: 'completed' },
  ),
  fc.record({ type: fc.constant('ended_early' as const), reason: fc.constantFrom(...earlyEndReasons) }),
  fc.record({
    type: fc.constantFrom('cancelled' as const, 'missed' as const),
    by: fc.constantFrom(...parties),
  }),
)

/** A visit as its people live it, told apart from the table in the code. */
interface Model {
  over: boolean
  clientCame: boolean
  withOfficer: boolean
}

/** Whether the event makes sense to somebody who knows what happened so far. */
const makesSense = ({ over, clientCame, withOfficer }: Model, { type }: VisitEvent): boolean => {
  if (over) return false
  switch (type) {
    case 'client_arrived':
      return !clientCame
    case 'called_in':
      return clientCame && !withOfficer
    case 'released':
    case 'completed':
    case 'ended_early':
      return withOfficer
    case 'cancelled':
    case 'missed':
      return !withOfficer
    case 'cancellation_undone':
      return false
  }
}

const after = (model: Model, { type }: VisitEvent): Model => ({
  over: model.over || ['completed', 'ended_early', 'cancelled', 'missed'].includes(type),
  clientCame: model.clientCame || type === 'client_arrived',
  withOfficer: type === 'called_in' || (model.withOfficer && type !== 'released'),
})

describe('whatever is tried in whatever order', () => {
  const lives = fc.array(event, { maxLength: 40 })

  test('exactly what makes sense happens', () => {
    fc.assert(
      fc.property(lives, (events) => {
        let visit: VisitStanding = { state: 'booked', reason: null }
        let model: Model = { over: false, clientCame: false, withOfficer: false }
        for (const tried of events) {
          const next = nextState(visit.state, tried)
          expect(next !== undefined).toBe(makesSense(model, tried))
          if (!next) continue
          visit = next
          model = after(model, tried)
          expect(isActive(visit.state)).toBe(!model.over)
          expect(visit.state === 'in_progress').toBe(model.withOfficer && !model.over)
          expect(visit.state === 'waiting').toBe(model.clientCame && !model.withOfficer && !model.over)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('a reason stands with the ends that need one, and with nothing else', () => {
    fc.assert(
      fc.property(fc.constantFrom(...visitStates), event, (state, tried) => {
        const next = nextState(state, tried)
        if (!next) return
        expect(next.reason !== null).toBe(['cancelled', 'missed', 'ended_early'].includes(next.state))
        if (tried.type === 'ended_early') expect(next.reason).toBe(tried.reason)
        if (tried.type === 'cancelled' || tried.type === 'missed') expect(next.reason).toBe(tried.by)
      }),
    )
  })

  test('what is over stays over, unless a cancellation is undone', () => {
    for (const state of visitStates.filter((each) => !isActive(each)))
      fc.assert(fc.property(event, (tried) => nextState(state, tried) === undefined))
  })
})

test('a visit put back on the list can be called in again, as often as needed', () => {
  let state: VisitStanding['state'] = 'waiting'
  for (let time = 0; time < 3; time++) {
    state = nextState(state, { type: 'called_in' })?.state ?? 'missed'
    expect(state).toBe('in_progress')
    state = nextState(state, { type: 'released' })?.state ?? 'missed'
    expect(state).toBe('waiting')
  }
})

test('only a cancelled visit comes back, as a booked one, when its cancellation is undone', () => {
  for (const state of visitStates)
    expect(nextState(state, { type: 'cancellation_undone' })).toEqual(
      state === 'cancelled' ? { state: 'booked', reason: null } : undefined,
    )
})

test('a booked, waiting or running visit holds its seat; no other does', () => {
  expect(visitStates.filter(isActive)).toEqual([...activeStates])
})
