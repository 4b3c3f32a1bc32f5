import type { Participant } from '../../contract/signalling'
import type { VisitTimes } from '../call/visit-clock'

/** Text of the waiting room; `n` for those that count minutes. */
export type WaitingStatus =
  | { key: 'wait.startsIn' | 'wait.late'; n: number }
  | {
      key:
        | 'wait.startsNow'
        | 'wait.lateLong'
        | 'wait.youLate'
        | 'guardian.wait.clientMissing'
        | 'guardian.wait.clientHere'
    }

const minute = 60_000
/** Who comes this late is told that less time is left. */
const cameLateMinutes = 1
/** Below this nobody calls it a delay. */
const lateFromMinutes = 2
const tooLongMinutes = 20

export function waitingStatus(
  you: Exclude<Participant, 'officer'>,
  present: readonly Participant[],
  times: VisitTimes,
  now: Date,
): WaitingStatus {
  if (you === 'guardian')
    return { key: present.includes('client') ? 'guardian.wait.clientHere' : 'guardian.wait.clientMissing' }
  const starts = Date.parse(times.startsAt)
  const untilStart = starts - now.getTime()
  if (untilStart > minute) return { key: 'wait.startsIn', n: Math.ceil(untilStart / minute) }
  const came = Math.max(starts, times.waitingSince === null ? starts : Date.parse(times.waitingSince))
  const waited = Math.floor((now.getTime() - came) / minute)
  if (waited > tooLongMinutes) return { key: 'wait.lateLong' }
  if (waited >= lateFromMinutes) return { key: 'wait.late', n: roundedDelay(waited) }
  return { key: came - starts > cameLateMinutes * minute ? 'wait.youLate' : 'wait.startsNow' }
}

/** The text says "about": above five minutes a step every minute would only make one nervous. */
export function roundedDelay(minutes: number): number {
  return minutes < 5 ? minutes : Math.round(minutes / 5) * 5
}
