import type { Branch, Topic } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import type { Figure } from '../figures/figure'
import type { Statistics } from '../read-statistics'
import type { ReadFilter } from '../statistics-filter'

export interface ShownStatistics {
  statistics: Statistics
  figures: readonly Figure[]
  filter: ReadFilter
  /** What this person may choose. */
  branches: readonly Branch[]
  topics: readonly Topic[]
  timeZone: string
}

export interface Part {
  page: StaffPage
  shown: ShownStatistics
}
