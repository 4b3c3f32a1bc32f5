import type { VNode } from 'preact'
import { BranchChoice } from '../../staff/pages/branch-choice'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { planPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { replanningPath } from '../replanning-addresses'
import { AbsenceCard } from './absence-card'
import { RecentRuns } from './recent-runs'
import type { ShownReplanning } from './shown-replanning'
import { TouchedVisits } from './touched-visits'

/** Visits that lost their desk: what is proposed for each, and what was just done. */
export const replanningPage = (page: StaffPage, shown: ShownReplanning): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('replan.title')} current="plan">
      <main class="page">
        <div class="bar-top">
          <div>
            <nav class="way small" aria-label={t('admin.way')}>
              <a href={`${planPath}?oddzial=${shown.branch.code}`}>{t('plan.title')}</a>
            </nav>
            <h1>{t('replan.title')}</h1>
            {shown.branches.length === 1 && <p class="muted small">{shown.branch.name}</p>}
          </div>
          <BranchChoice
            page={page}
            branch={shown.branch}
            branches={shown.branches}
            action={replanningPath}
            textOf={({ id, name }) => {
              const { toDecide = 0 } = shown.counts.get(id) ?? {}
              return toDecide > 0 ? `${name} (${toDecide})` : name
            }}
          />
        </div>
        <div class="body replan">
          {shown.wasSentBefore && (
            <p class="n n-warn" role="status">
              <Icon name="alert" size={20} />
              {t('replan.sentBefore')}
            </p>
          )}
          <AbsenceCard page={page} shown={shown} />
          <RecentRuns page={page} shown={shown} />
          {shown.rows.length === 0 ? (
            <p class="card empty" role="status">
              {t('replan.none')}
            </p>
          ) : (
            <TouchedVisits page={page} shown={shown} />
          )}
        </div>
      </main>
    </StaffFrame>
  )
}
