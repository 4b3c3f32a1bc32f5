import type { CallTimes } from '../../contract/call-end'
import type { Participant, RoomState } from '../../contract/signalling'

/** Text of the waiting room; `n` for those that count minutes. */
export type WaitingStatus =
  | { key: 'wait.startsIn' | 'wait.late'; n: number }
  | {
      key:
        | 'wait.startsNow'
        | 'wait.lateLong'
        | 'wait.youLate'
        | 'wait.lateUnknown'
        | 'wait.noOfficer'
        | 'guardian.wait.clientMissing'
        | 'guardian.wait.clientHere'
    }

const minute = 60_000
/** Who comes this late is told that less time is left. */
const cameLateMinutes = 1

export function waitingStatus(
  you: Exclude<Participant, 'officer'>,
  present: readonly Participant[],
  times: CallTimes & Pick<RoomState, 'wait'>,
  now: Date,
): WaitingStatus {
  if (you !== 'client')
    return { key: present.includes('client') ? 'guardian.wait.clientHere' : 'guardian.wait.clientMissing' }
  switch (times.wait?.kind) {
    case 'minutes':
      return { key: 'wait.late', n: times.wait.minutes }
    case 'unknown':
      return { key: 'wait.lateUnknown' }
    case 'long':
      return { key: 'wait.lateLong' }
    case 'noOfficer':
      return { key: 'wait.noOfficer' }
    case undefined:
  }
  const starts = Date.parse(times.startsAt)
  const untilStart = starts - now.getTime()
  if (untilStart > minute) return { key: 'wait.startsIn', n: Math.ceil(untilStart / minute) }
  const came = Math.max(starts, times.waitingSince === null ? starts : Date.parse(times.waitingSince))
  return { key: came - starts > cameLateMinutes * minute ? 'wait.youLate' : 'wait.startsNow' }
}
