import { expect, test } from 'vitest'
import type { CarriedOver } from './carry-over'
import { createLastingRecording } from './lasting-recording'
import type { Fact, SessionView, Start } from './recording'
import type { RecorderView } from './worker-messages'

const start: Start = { type: 'record', address: '/nagranie', visitId: 'v', session: 'first', ahead: 0 }
const well: SessionView = {
  connected: true,
  savedTo: 1000,
  waitingSeconds: 0,
  missing: [],
  spoolFailed: false,
  end: null,
}
const plan = (tap: string, take: boolean): Fact => ({
  type: 'plan',
  tap,
  label: { participant: 'client', kind: 'audio', side: 'remote' },
  plan: { take, expected: take },
})

interface FakeSession {
  session: string
  facts: Fact[]
  carried: CarriedOver
  /** What tells whether its file may go. */
  isSafe: Promise<boolean> | undefined
  view: (view: SessionView) => void
}

const unsaved: CarriedOver = {
  records: [{ kind: 'event', track: 0, at: 1, event: { type: 'paused', paused: true } }],
  lastTrack: 7,
  isWhole: true,
}

function scene(left = unsaved) {
  const sessions: FakeSession[] = []
  const views: RecorderView[] = []
  const recording = createLastingRecording(
    start,
    { askKeyFrame: () => undefined, onView: (view) => views.push(view) },
    ({ session }, { onView }, carried) => {
      const own: FakeSession = { session, facts: [], carried, isSafe: undefined, view: onView }
      sessions.push(own)
      return {
        frame: () => undefined,
        handle: (fact) => own.facts.push(fact),
        stop: () => Promise.resolve(),
        carryOver: () => left,
        hasCarried: Promise.resolve(true),
        giveUp(isSafe) {
          own.isSafe = isSafe
          return Promise.resolve()
        },
      }
    },
  )
  return { recording, sessions, views, newest: () => sessions[sessions.length - 1] }
}

test('a session that is refused for good is followed by a new one, told once, that knows what is true', async () => {
  const { recording, sessions, views, newest } = scene()
  recording.handle(plan('a', false))
  recording.handle(plan('a', true))
  recording.handle(plan('gone', true))
  recording.handle({ type: 'gone', tap: 'gone' })
  recording.handle({ type: 'pause', paused: true })
  sessions[0]?.view(well)
  sessions[0]?.view({ ...well, end: 'broken_chain' })
  expect(sessions).toHaveLength(2)
  expect(await sessions[0]?.isSafe).toBe(true)
  expect(newest()?.carried).toBe(unsaved)
  expect(newest()?.session).not.toBe('first')
  expect(newest()?.facts).toEqual([plan('a', true), { type: 'pause', paused: true }])
  newest()?.view({ ...well, savedTo: null })
  expect(views).toEqual([
    { ...well, restarts: 0 },
    { ...well, savedTo: null, restarts: 1 },
  ])
})

test('what could not be carried over whole stays on the computer', async () => {
  const { sessions } = scene({ ...unsaved, isWhole: false })
  sessions[0]?.view({ ...well, end: 'damaged' })
  expect(await sessions[0]?.isSafe).toBe(false)
})

test('a session of which nothing was taken is not followed by a third', () => {
  const { sessions, views, newest } = scene()
  sessions[0]?.view({ ...well, savedTo: null, end: 'forged' })
  newest()?.view({ ...well, savedTo: null, end: 'forged' })
  expect(sessions).toHaveLength(2)
  expect(views).toEqual([{ ...well, savedTo: null, end: 'forged', restarts: 1 }])
})

test.each(['done', 'refused', 'replaced', 'erased'] as const)('nothing begins anew after "%s"', (end) => {
  const { sessions, views } = scene()
  sessions[0]?.view({ ...well, end })
  expect(sessions).toHaveLength(1)
  expect(views).toEqual([{ ...well, end, restarts: 0 }])
})

test('a recording that is being stopped begins nothing anew', () => {
  const { recording, sessions } = scene()
  void recording.stop()
  sessions[0]?.view({ ...well, end: 'different' })
  expect(sessions).toHaveLength(1)
})
