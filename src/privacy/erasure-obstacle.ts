import { isActive, type VisitState } from '../contract/visit-state'

/** Why the data of a visit cannot be erased now. */
export type ErasureObstacle = 'ahead' | 'in_progress' | 'held' | 'entry_waiting'

/** What decides on it. */
export interface Erasable {
  state: VisitState
  /** Somebody stopped the erasure of its recording: the visit's data are part of the same dispute. */
  isHeld: boolean
  /** Another system of the institution has not taken what the client applied for. */
  entryWaits: boolean
}

/** Why not, the first of all reasons; undefined: nothing stands against it. */
export function erasureObstacle({ state, isHeld, entryWaits }: Erasable): ErasureObstacle | undefined {
  if (state === 'in_progress') return 'in_progress'
  if (isActive(state)) return 'ahead'
  if (isHeld) return 'held'
  return entryWaits ? 'entry_waiting' : undefined
}
