import type { VisitRow } from '../booking/visit-links'
import { may, type StaffAction } from '../staff/may'
import type { Staff } from '../staff/staff'

/** Why a person of the staff cannot act on a visit. */
export type Refusal = 'unknown' | 'not_allowed' | 'other_officer'

/**
 * Whether this person may act on the visit at all: at its branch, and as the officer who conducts it unless
 * the role lets them act for a colleague. A visit of another branch is not even known.
 */
export function refusalFor(
  staff: Staff,
  action: StaffAction,
  visit: Pick<VisitRow, 'branch_id' | 'officer_id'> | undefined,
): Refusal | undefined {
  if (!visit || !may(staff, 'see_visit', visit.branch_id)) return 'unknown'
  if (!may(staff, action, visit.branch_id)) return 'not_allowed'
  const conductsIt = visit.officer_id === null || visit.officer_id === staff.id
  if (action === 'conduct' && !conductsIt && !may(staff, 'conduct_for_others', visit.branch_id))
    return 'other_officer'
  return undefined
}
