import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import type { Week } from '../../institution/schedule/read-week'
import type { Day } from '../../platform/zone'

/** A branch's week, and what is edited beside it. */
export interface ShownWeek {
  branch: Branch
  branches: readonly Branch[]
  topics: readonly Topic[]
  today: Day
  /** Monday of the shown week, and of the present one. */
  monday: Day
  thisMonday: Day
  week: Week
  timeZone: string
  /** Booked visits of the branch that wait for another time. */
  waiting: number
  isSaved: boolean
  /** What was typed beside it is wrong. */
  failed: boolean
  /** What is edited: marked in the picture. */
  chosen: { windowId?: number; deskId?: number; day?: Day }
  panel: VNode
}
