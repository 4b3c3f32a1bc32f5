import { expect, test } from 'vitest'
import { mutesOf, planTaps, recordedWay, type Tap } from './tap-plan'

const media = { microphone: true, camera: true, screen: null, soundOnly: false }
const client = { pageId: 'c', participant: 'client', connected: true, media, quality: 'good' } as const
const guardian = { ...client, pageId: 'g', participant: 'guardian' } as const
const own = { microphone: true, camera: true, screen: null }
const tap = (part: Partial<Tap>): Tap => ({
  id: 't',
  pageId: 'c',
  participant: 'client',
  side: 'remote',
  kind: 'video',
  streamId: 's',
  ...part,
})
const planOf = (
  one: Tap,
  peers: Parameters<typeof planTaps>[1] = [client],
  screens: string[] = [],
  mine = own,
) => planTaps([one], peers, mine, new Set(screens))[0]

test('the officer’s own tracks are taken on the way to the client, else on the first that is connected', () => {
  expect(recordedWay([guardian, client])).toBe(client)
  expect(recordedWay([guardian, { ...client, connected: false }])).toBe(guardian)
  expect(recordedWay([{ ...client, connected: false }])).toBeUndefined()
  const toGuardian = tap({ pageId: 'g', participant: 'guardian', side: 'local' })
  expect(planOf(toGuardian, [guardian, client])?.plan).toEqual({ take: false, expected: false })
  expect(planOf(toGuardian, [guardian])).toEqual({
    id: 't',
    label: { participant: 'officer', kind: 'video', side: 'local' },
    plan: { take: true, expected: true },
  })
})

test('a picture is a screen when signalling says so of its stream, and stays one', () => {
  expect(planOf(tap({}))?.label.kind).toBe('video')
  expect(planOf(tap({}), [client], ['s'])?.label.kind).toBe('screen')
  expect(planOf(tap({}), [client], ['s'])?.plan.expected).toBe(false)
  const sharing = { ...client, media: { ...media, screen: 's' } }
  expect(planOf(tap({}), [sharing], ['s'])?.plan.expected).toBe(true)
  expect(planOf(tap({ kind: 'audio' }), [client], ['s'])?.label.kind).toBe('audio')
})

test('expected is what a connected person says to send', () => {
  const expected = (part: object, kind: 'audio' | 'video' = 'video') =>
    planOf(tap({ kind }), [{ ...client, ...part }])?.plan.expected
  expect(expected({})).toBe(true)
  expect(expected({ connected: false })).toBe(false)
  expect(expected({ media: null })).toBe(false)
  expect(expected({ media: { ...media, camera: false } })).toBe(false)
  expect(expected({ media: { ...media, soundOnly: true } })).toBe(false)
  expect(expected({ media: { ...media, soundOnly: true } }, 'audio')).toBe(true)
  expect(planOf(tap({}), [])?.plan).toEqual({ take: true, expected: false })
})

test('own picture that the line does not carry is not expected', () => {
  const local = tap({ side: 'local' })
  expect(planOf(local, [{ ...client, quality: 'audio_only' }])?.plan).toEqual({ take: true, expected: false })
  expect(planOf(local, [client], [], { ...own, camera: false })?.plan.expected).toBe(false)
})

test('who is muted', () => {
  expect(
    mutesOf(
      [
        { ...client, media: { ...media, microphone: false } },
        { ...guardian, media: null },
      ],
      own,
    ),
  ).toEqual([
    { participant: 'client', kind: 'audio', muted: true },
    { participant: 'client', kind: 'video', muted: false },
    { participant: 'officer', kind: 'audio', muted: false },
    { participant: 'officer', kind: 'video', muted: false },
  ])
})
