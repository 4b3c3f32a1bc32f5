import type { VNode } from 'preact'
import type { Week, WeekCell, WeekDesk } from '../../institution/schedule/read-week'
import { dayAndMonth, weekdayName } from '../../platform/i18n/dates'
import { addDays, type Day } from '../../platform/zone'
import { replanningAddress } from '../../replanning/replanning-addresses'
import { BranchChoice } from '../../staff/pages/branch-choice'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { planPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { closuresAddress, planAddress } from '../plan-address'
import { Done } from './form-parts'
import type { ShownWeek } from './shown-week'
import { DeskCell } from './week-cell'

/** '23–27 listopada', or with both months. */
const weekWords = (first: Day, last: Day): string =>
  first.slice(0, 7) === last.slice(0, 7)
    ? `${Number(first.slice(8))}–${dayAndMonth(last, 'pl')}`
    : `${dayAndMonth(first, 'pl')} – ${dayAndMonth(last, 'pl')}`

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A row a desk, a column a day, a square a seat; what is chosen is edited at the right. */
export const weekPage = (page: StaffPage, shown: ShownWeek): VNode => {
  const { t } = page.staffTexts
  const { branch, monday, thisMonday, week, waiting } = shown
  const last = week.days.at(-1)?.day ?? monday
  return (
    <StaffFrame page={page} title={t('plan.title')} current="plan" failed={shown.failed}>
      <main class="page">
        <div class="bar-top">
          <nav class="seg" aria-label={t('plan.weeks')}>
            <a href={planAddress(branch, addDays(monday, -7))} aria-label={t('plan.week.before')}>
              <Icon name="back" size={20} />
            </a>
            <a
              href={planAddress(branch, thisMonday)}
              aria-current={monday === thisMonday ? 'date' : undefined}
            >
              {t('plan.week.this')}
            </a>
            <a href={planAddress(branch, addDays(monday, 7))} aria-label={t('plan.week.after')}>
              <Icon name="next" size={20} />
            </a>
          </nav>
          <div>
            <h1>{weekWords(monday, last)}</h1>
            {shown.branches.length < 2 && <p class="muted small">{branch.name}</p>}
          </div>
          <span class="grow" />
          <BranchChoice
            {...{ page, branch }}
            branches={shown.branches}
            action={planPath}
            kept={{ tydzien: shown.monday }}
          />
          <a class="b" href={closuresAddress(branch)}>
            <Icon name="calendar" size={20} />
            {t('plan.closures')}
          </a>
          <a class="b b-go" href={planAddress(branch, monday, { stanowisko: 'nowe' })}>
            <Icon name="plus" size={20} />
            {t('plan.desk.add')}
          </a>
        </div>
        <div class="body">
          {shown.isSaved && <Done>{t('admin.saved')}</Done>}
          {waiting > 0 && (
            <p class="n n-warn">
              <Icon name="alert" size={20} />
              <span>
                {t('admin.replan.count', { n: waiting })}{' '}
                <a href={replanningAddress(branch)}>{t('admin.replan')}</a>
              </span>
            </p>
          )}
          <div class="two-col plan">
            <section class="card week-box" aria-labelledby="tydzien" tabIndex={0}>
              <h2 class="hide" id="tydzien">
                {t('plan.week')}
              </h2>
              <WeekTable page={page} shown={shown} />
              <Legend page={page} />
            </section>
            {shown.panel}
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const WeekTable = ({ page, shown }: { page: StaffPage; shown: ShownWeek }) => {
  const { t } = page.staffTexts
  const { week, branch, monday, topics, chosen } = shown
  return (
    <table class="week">
      <thead>
        <tr>
          <th scope="col">{t('plan.desk')}</th>
          {week.days.map(({ day }) => (
            <th key={day} scope="col">
              {capital(weekdayName(day, 'pl'))}
              <span>{dayAndMonth(day, 'pl')}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {week.desks.length === 0 && (
          <tr>
            <td colSpan={week.days.length + 1}>{t('plan.desk.none')}</td>
          </tr>
        )}
        {week.desks.map((desk, row) => (
          <tr key={desk.id} class={desk.active ? undefined : 'desk-off'}>
            <th scope="row">
              <a
                href={planAddress(branch, monday, { stanowisko: String(desk.id) })}
                aria-current={chosen.deskId === desk.id && chosen.day === undefined ? 'true' : undefined}
              >
                {desk.name}
              </a>
              <span>
                {topics
                  .filter(({ id }) => desk.topicIds.includes(id))
                  .map(({ texts }) => texts.pl.name)
                  .join(', ')}
              </span>
              {desk.active && desk.topicIds.length === 0 && (
                <span class="tag tag-wait">{t('plan.desk.noTopics')}</span>
              )}
              {!desk.active && <span class="tag">{t('plan.desk.off')}</span>}
            </th>
            {week.days.map(({ day, closed }, column) => {
              if (closed !== null && isClosedForAll(week.desks, column))
                return row === 0 ? (
                  <td key={day} class="closed" rowSpan={week.desks.length}>
                    <b>{closed}</b>
                  </td>
                ) : null
              const cell = desk.cells[column]
              return (
                cell && (
                  <td key={day}>
                    <DeskCell page={page} shown={shown} desk={desk} cell={cell} closed={closed} />
                  </td>
                )
              )
            })}
          </tr>
        ))}
        {week.desks.length > 0 && <Totals page={page} week={week} />}
      </tbody>
    </table>
  )
}

/** A closed day is one field of the picture, unless a visit of it still waits, or a desk works nevertheless. */
const isClosedForAll = (desks: readonly WeekDesk[], column: number) =>
  desks.every(({ cells }) => cells[column]?.seats.length === 0)

const Totals = ({ page, week }: { page: StaffPage; week: Week }) => {
  const { t } = page.staffTexts
  const total = (column: number) => {
    const seats = week.desks.flatMap(({ cells }) => (cells[column] as WeekCell).seats)
    return { all: seats.length, taken: seats.filter(({ isTaken }) => isTaken).length }
  }
  return (
    <tr class="sumrow">
      <th scope="row">{t('plan.total')}</th>
      {week.days.map(({ day, closed }, column) => {
        const { all, taken } = total(column)
        return (
          <td key={day} class={all === 0 ? 'muted' : undefined}>
            {all === 0
              ? t(closed === null ? 'plan.total.none' : 'plan.total.closed')
              : t('plan.taken', { taken, all })}
            {all > 0 && (
              <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect class="meter-all" width="100" height="6" />
                <rect class="meter-taken" width={(100 * taken) / all} height="6" />
              </svg>
            )}
          </td>
        )
      })}
    </tr>
  )
}

const Legend = ({ page }: { page: StaffPage }) => {
  const { t } = page.staffTexts
  return (
    <div class="legend">
      <span>
        <i class="k" />
        {t('plan.legend.taken')}
      </span>
      <span>
        <i />
        {t('plan.legend.free')}
      </span>
      <span>
        <i class="w" />
        {t('plan.legend.withdrawn')}
      </span>
      <span>
        <i class="pause" />
        {t('plan.legend.break')}
      </span>
    </div>
  )
}
