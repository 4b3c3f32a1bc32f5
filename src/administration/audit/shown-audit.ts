import type { ChainState } from '../../audit/chain-state'
import type { FoundEntry } from '../../audit/find-entries'
import type { Branch } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import type { ReadAuditFilter } from './audit-filter'
import type { Names } from './read-names'

export interface ShownAudit {
  read: ReadAuditFilter
  found: { entries: readonly FoundEntry[]; more: boolean; names: Names }
  error: 'number' | 'day' | 'unknown' | null
  chain: ChainState
  people: readonly { id: number; name: string }[]
  branches: readonly Branch[]
  timeZone: string
}

/** What every part of the page is made with. */
export interface Part {
  page: StaffPage
  shown: ShownAudit
}
