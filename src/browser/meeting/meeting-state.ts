import type { RoomView } from '../call/room'

/** What the page behind a meeting link shows; also its `data-state`. */
export type MeetingState = 'permission' | 'waiting' | 'invited' | 'left' | 'call' | 'elsewhere' | 'ended'

/** What only this page knows. */
export interface OwnSteps {
  /** Has entered the waiting room (in this tab, reloads included). */
  joined: boolean
  /** Has hung up during this call. */
  hungUp: boolean
}

const overStates: readonly string[] = ['completed', 'ended_early', 'cancelled', 'missed']

export function meetingState(
  room: Pick<RoomView, 'place' | 'state' | 'entered'>,
  own: OwnSteps,
): MeetingState {
  const { state } = room.state
  if (overStates.includes(state)) return 'ended'
  if (room.place !== 'here') return 'elsewhere'
  if (!own.joined) return 'permission'
  if (state !== 'in_progress') return 'waiting'
  if (room.entered) return 'call'
  return own.hungUp ? 'left' : 'invited'
}
