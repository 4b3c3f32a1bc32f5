import type { Branch } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import type { Replanning } from '../read-replanning'
import type { ShownAbsence } from '../shown-absence'
import type { TouchedCount } from '../touched-store'

/** What the page shows. */
export interface ShownReplanning extends Replanning {
  branch: Branch
  branches: readonly Branch[]
  /** By branch. */
  counts: ReadonlyMap<number, TouchedCount>
  absence: ShownAbsence
  now: Date
  timeZone: string
  /** Of the run that the form starts. */
  runId: string
  /** The form that led here had been sent before. */
  wasSentBefore: boolean
}

/** What each part of the page is made with. */
export interface Part {
  page: StaffPage
  shown: ShownReplanning
}
