import type { Branch } from '../../institution/directory'
import { replanningAddress } from '../../replanning/replanning-addresses'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'

interface ReplanLinkProps {
  page: StaffPage
  branch: Branch
  /** Visits that wait for a decision; null for who does not decide about them. */
  toDecide: number | null
}

/** Leads to the visits that lost their desk, and says how many there are. */
export const ReplanLink = ({ page: { staffTexts }, branch, toDecide }: ReplanLinkProps) =>
  toDecide === null ? null : (
    <a class="b" href={replanningAddress(branch)}>
      {toDecide > 0 && <Icon name="alert" size={20} />}
      {toDecide > 0 ? staffTexts.t('admin.replan.count', { n: toDecide }) : staffTexts.t('replan.title')}
    </a>
  )
