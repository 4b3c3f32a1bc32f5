import { timeOnButton } from '../../platform/i18n/dates'
import { Icon } from '../../ui/icons'
import { runField } from '../decision-fields'
import type { RecentRun } from '../recent-runs-store'
import { undoPath } from '../replanning-addresses'
import { staysReasons } from '../undo-store'
import type { Part } from './shown-replanning'

/** What was done within the last hour; what nobody was told of yet can be undone. */
export const RecentRuns = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  if (shown.runs.length === 0) return null
  return (
    <section class="card replan-runs" aria-labelledby="ostatnie">
      <h2 id="ostatnie">{t('replan.runs')}</h2>
      <ul>
        {shown.runs.map((run) => (
          <li key={run.id} class="row wrap">
            <div class="grow">
              <p>
                <b>{timeOnButton(run.createdAt, shown.timeZone)}</b> {run.staffName}: {outcomeText(page, run)}
              </p>
              <Fate page={page} shown={shown} run={run} />
            </div>
            {run.undoUntil && (
              <form method="post" action={undoPath}>
                <button class="b" name={runField} value={run.id}>
                  {t('replan.undo')}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const counted = ['moved', 'kept', 'offered', 'cancelled', 'refused', 'wanted', 'undone', 'dropped'] as const

const outcomeText = ({ staffTexts: { t } }: Part['page'], run: RecentRun): string => {
  const parts = counted
    .filter((what) => run[what] > 0)
    .map((what) => t(`replan.run.${what}`, { n: run[what] }))
  return parts.length === 0 ? t('replan.run.nothing') : parts.join(', ')
}

/** Whether clients have heard of it, and what undoing left. */
const Fate = ({ page, shown, run }: Part & { run: RecentRun }) => {
  const { t } = page.staffTexts
  if (run.undoUntil)
    return (
      <p class="st small">
        <Icon name="clock" size={16} />
        {t('replan.run.undoUntil', { time: timeOnButton(run.undoUntil, shown.timeZone) })}
      </p>
    )
  const stays = staysReasons.filter((reason) => run.stays[reason] > 0)
  if (stays.length > 0)
    return (
      <p class="st st-warn small">
        <Icon name="alert" size={16} />
        {stays.map((reason) => t(`replan.stays.${reason}`, { n: run.stays[reason] })).join(', ')}
      </p>
    )
  return run.moved + run.offered + run.cancelled > 0 ? (
    <p class="st st-ok small">
      <Icon name="done" size={16} />
      {t('replan.run.told')}
    </p>
  ) : null
}
