import type { Branch, Topic } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import type { Figure } from '../figures/figure'
import type { Period } from '../period'
import type { Statistics } from '../read-statistics'
import type { ReadFilter } from '../statistics-filter'

/** What is asked, and what may be. */
export interface ShownChoice {
  filter: ReadFilter
  /** What this person may choose. */
  branches: readonly Branch[]
  topics: readonly Topic[]
  timeZone: string
}

export interface ShownStatistics extends ShownChoice {
  filter: Extract<ReadFilter, { period: Period }>
  statistics: Statistics
  figures: readonly Figure[]
}

export interface Part {
  page: StaffPage
  shown: ShownStatistics
}
