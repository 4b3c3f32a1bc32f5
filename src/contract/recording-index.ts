import { z } from 'zod'
import { participants } from './signalling'

/** Milliseconds on the recording's clock: 0 is its first frame. */
const moment = z.int()

export const gapReasons = [
  /** The officer's page was loaded anew. */
  'reload',
  /** The other page was loaded anew, or its connection broke. */
  'connection',
  /** Nothing reached the server. */
  'interrupted',
  /** Frames were expected and did not come, or were damaged. */
  'missing',
  'camera_off',
  'paused',
  /** Gave up because the computer's memory for unsent frames was full. */
  'dropped',
] as const

export const chapterKinds = [
  'start',
  'identity_confirmed',
  'identity_not_confirmed',
  'identity_undone',
  'application',
  'profile',
  'warning',
  'unrecorded',
  'taken_over',
  'end',
] as const

/** What lies where in a finalised recording: what the player shows on the time line. */
export const recordingIndex = z.strictObject({
  version: z.literal(1),
  /** Moment 0, on the server's clock. */
  startsAt: z.iso.datetime(),
  durationMs: moment,
  files: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['person', 'screen']),
      participant: z.enum(participants),
      /** Where the file's own moment 0 lies. */
      offsetMs: moment,
      durationMs: moment,
    }),
  ),
  gaps: z.array(
    z.strictObject({
      fromMs: moment,
      toMs: moment,
      participant: z.enum(participants),
      kind: z.enum(['audio', 'video', 'screen']),
      why: z.enum(gapReasons),
    }),
  ),
  mutes: z.array(
    z.strictObject({
      fromMs: moment,
      toMs: moment,
      participant: z.enum(participants),
      kind: z.enum(['audio', 'video', 'screen']),
    }),
  ),
  /** Page loads of the officer after the first. */
  reloads: z.array(moment),
  chapters: z.array(z.strictObject({ atMs: moment, kind: z.enum(chapterKinds) })),
})
export type RecordingIndex = z.infer<typeof recordingIndex>

/** `recording.summary`: what may be told without opening the recording. */
export const recordingSummary = z.strictObject({
  seconds: z.number(),
  gaps: z.array(z.strictObject({ seconds: z.number(), why: z.enum(gapReasons) })),
  participants: z.array(z.enum(participants)),
  screens: z.int(),
})
export type RecordingSummary = z.infer<typeof recordingSummary>
