import type { chapterKinds, RecordingIndex, RecordingSummary } from '../contract/recording-index'
import type { Claim } from './claims'
import type { MuxedRecording } from './mux-recording'
import { type Circumstances, type Gap, gapsBetween, mutesOf, whyGap } from './recording-gaps'

/** Something that the database tells about the visit. */
export interface Chapter {
  at: Date
  kind: (typeof chapterKinds)[number]
}

export interface VisitFacts {
  startedAt: Date
  endedAt: Date | null
  chapters: readonly Chapter[]
}

/** How long after the last frame a visit may end before its end counts as not recorded. */
const endMs = 3000

/** A page that is just joining a call tells a moment of being muted that nobody meant. */
const shortestMuteMs = 200

/** What the player shows on the time line. */
export function buildIndex(muxed: MuxedRecording, visit: VisitFacts): RecordingIndex {
  const { plan, sessions } = muxed
  const events = sessions.flatMap((session) => session.events)
  const pages = sessions.filter(({ batches }) => batches > 0)
  const zero = plan.files.length > 0 ? plan.from : visit.startedAt.getTime()
  const gaps = [
    ...allGaps(muxed, { sessions: pages, events, damaged: muxed.damages.length > 0 }),
    ...unfinished(muxed, visit),
  ]
  const end = Math.max(zero, plan.to, ...gaps.map(({ to }) => to))
  const moment = (at: number) => Math.round(Math.min(Math.max(at, zero), end) - zero)
  const stretch = ({ from, to }: { from: number; to: number }) => ({ fromMs: moment(from), toMs: moment(to) })
  return {
    version: 1,
    startsAt: new Date(Math.round(zero)).toISOString(),
    durationMs: Math.round(end - zero),
    files: muxed.files.map(({ plan: { name, kind, participant, from, to } }) => ({
      name,
      kind,
      participant,
      offsetMs: moment(from),
      durationMs: Math.round(to - from),
    })),
    gaps: gaps
      .map(({ from, to, participant, kind, why }) => ({ ...stretch({ from, to }), participant, kind, why }))
      .sort((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs),
    mutes: mutesOf(events, end)
      .filter(({ from, to }) => to - from >= shortestMuteMs && to > zero)
      .map(({ from, to, participant, kind }) => ({
        ...stretch({ from, to }),
        participant,
        kind,
      })),
    reloads: pages
      .map(({ from }) => from)
      .sort((a, b) => a - b)
      .slice(1)
      .map(moment),
    chapters: visit.chapters
      .map(({ at, kind }) => ({ atMs: moment(at.getTime()), kind }))
      .sort((a, b) => a.atMs - b.atMs),
  }
}

function allGaps({ files }: MuxedRecording, circumstances: Circumstances): Gap[] {
  return files.flatMap(({ plan, missing }) => {
    const { participant, soundClaims, picture } = plan
    const kind = plan.kind === 'screen' ? 'screen' : 'video'
    const breaks = (claims: readonly Claim[], of: 'audio' | 'video' | 'screen') =>
      gapsBetween(claims, of).flatMap(({ from, to, sameTrack }) => {
        const why = whyGap({ from, to, sameTrack, participant, kind: of }, circumstances)
        return why ? [{ from, to, participant, kind: of, why }] : []
      })
    return [
      ...breaks(soundClaims, 'audio'),
      ...breaks(picture?.claims ?? [], kind),
      ...missing.map(({ from, to }): Gap => ({ from, to, participant, kind, why: 'missing' })),
    ]
  })
}

/** The visit went on, and nothing reached the server any more. */
function unfinished({ plan, sessions }: MuxedRecording, { endedAt }: VisitFacts): Gap[] {
  const ended = sessions.some(({ events }) => events.some(({ event }) => event.type === 'ended'))
  if (ended || !endedAt || plan.files.length === 0 || endedAt.getTime() - plan.to < endMs) return []
  return plan.files.flatMap(({ kind, participant, sound, to }): Gap[] =>
    kind === 'person' && plan.to - to < endMs
      ? [
          {
            from: to,
            to: endedAt.getTime(),
            participant,
            kind: sound ? 'audio' : 'video',
            why: 'interrupted',
          },
        ]
      : [],
  )
}

/** What may be told without opening the recording. */
export function summaryOf(index: RecordingIndex): RecordingSummary {
  const people = index.files.filter(({ kind }) => kind === 'person').map(({ participant }) => participant)
  return {
    seconds: index.durationMs / 1000,
    gaps: joined(index.gaps).map(({ fromMs, toMs, why }) => ({ seconds: (toMs - fromMs) / 1000, why })),
    participants: people,
    screens: index.files.length - people.length,
  }
}

/** Sound and picture of several people that are missing for one reason at one time are one gap to a reader. */
function joined(gaps: RecordingIndex['gaps']): { fromMs: number; toMs: number; why: Gap['why'] }[] {
  const found: { fromMs: number; toMs: number; why: Gap['why'] }[] = []
  for (const { fromMs, toMs, why } of gaps) {
    const same = found.find((one) => one.why === why && fromMs <= one.toMs)
    if (same) same.toMs = Math.max(same.toMs, toMs)
    else found.push({ fromMs, toMs, why })
  }
  return found
}
