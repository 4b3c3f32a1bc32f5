import type { VNode } from 'preact'
import type { Branch } from '../../institution/directory'
import type { StoredClosure } from '../../institution/schedule/schedule-store'
import { dayAndMonth, weekdayName } from '../../platform/i18n/dates'
import type { Day } from '../../platform/zone'
import { replanningAddress } from '../../replanning/replanning-addresses'
import { BranchChoice } from '../../staff/pages/branch-choice'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { closureRemovalPath, closuresPath, planAddress } from '../plan-address'
import { textOf, type Typed } from '../typed'
import { Done, StaffField, StaffSelect } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { shortTime } from './week-cell'

export interface ShownClosures {
  branch: Branch
  branches: readonly Branch[]
  desks: readonly { id: number; name: string }[]
  closures: readonly StoredClosure[]
  /** Public holidays of the coming year. */
  holidays: readonly { day: Day; name: string }[]
  /** Who may close the whole institution. */
  mayCloseAll: boolean
  /** Branches of the person with visits that wait for another time. */
  waiting: readonly { branch: Branch; n: number }[]
  isSaved: boolean
  typed: Typed
  mistakes: readonly FormProblem[]
}

/** Days and hours on which nobody works: the institution's, the branch's, one desk's; and public holidays. */
export const closuresPage = (page: StaffPage, shown: ShownClosures): VNode => {
  const { t } = page.staffTexts
  const { branch, waiting } = shown
  return (
    <StaffFrame page={page} title={t('plan.closures')} current="plan" failed={shown.mistakes.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <h1>{t('plan.closures')}</h1>
            {shown.branches.length < 2 && <p class="muted small">{branch.name}</p>}
          </div>
          <span class="grow" />
          <BranchChoice {...{ page, branch }} branches={shown.branches} action={closuresPath} />
          <a class="b" href={planAddress(branch, '')}>
            <Icon name="table" size={20} />
            {t('plan.toWeek')}
          </a>
        </div>
        <div class="body">
          {shown.isSaved && <Done>{t('admin.saved')}</Done>}
          {waiting.map(({ branch: { code, name }, n }) => (
            <p key={code} class="n n-warn">
              <Icon name="alert" size={20} />
              <span>
                {name}: {t('admin.replan.count', { n })}{' '}
                <a href={replanningAddress({ code })}>
                  {t('admin.replan')}
                  <span class="hide">: {name}</span>
                </a>
              </span>
            </p>
          ))}
          <div class="two-col plan">
            <div class="stack">
              <Closures page={page} shown={shown} />
              <HolidayList page={page} shown={shown} />
            </div>
            <AddForm page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

interface Part {
  page: StaffPage
  shown: ShownClosures
}

const words = (day: Day) => `${weekdayName(day, 'pl')}, ${dayAndMonth(day, 'pl')} ${day.slice(0, 4)}`

const Closures = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { closures, desks, branch, mayCloseAll } = shown
  const whose = ({ branchId, deskId }: StoredClosure) =>
    branchId === null
      ? t('plan.closure.all')
      : deskId === null
        ? t('plan.closure.branch')
        : (desks.find(({ id }) => id === deskId)?.name ?? t('plan.desk'))
  return (
    <div class="card">
      <h2 id="dni">{t('plan.closure.coming')}</h2>
      {closures.length === 0 ? (
        <p class="muted">{t('plan.closure.none')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="dni">
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('plan.closure.when')}</th>
                <th scope="col">{t('plan.closure.hours')}</th>
                <th scope="col">{t('plan.closure.whose')}</th>
                <th scope="col">{t('plan.closure.reason')}</th>
                <th scope="col">
                  <span class="hide">{t('plan.closure.remove')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {closures.map((closure) => (
                <tr key={closure.id}>
                  <td>
                    {words(closure.firstDay)}
                    {closure.lastDay !== closure.firstDay && <> – {words(closure.lastDay)}</>}
                  </td>
                  <td>
                    {closure.hours
                      ? `${shortTime(closure.hours[0])}–${shortTime(closure.hours[1])}`
                      : t('plan.closure.wholeDay')}
                  </td>
                  <td>{whose(closure)}</td>
                  <td>{closure.reason}</td>
                  <td class="num">
                    {(closure.branchId !== null || mayCloseAll) && (
                      <form method="post" action={closureRemovalPath}>
                        <input type="hidden" name="oddzial" value={branch.code} />
                        <input type="hidden" name="zamkniecie" value={closure.id} />
                        <button class="b">
                          {t('plan.closure.remove')}
                          <span class="hide">
                            : {closure.reason}, {words(closure.firstDay)}
                          </span>
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

const HolidayList = ({ page, shown: { holidays } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="swieta-lista">
      <h2 id="swieta-lista">{t('plan.holidays')}</h2>
      <p class="muted small">{t('plan.holidays.hint')}</p>
      <ul class="plain columns">
        {holidays.map(({ day, name }) => (
          <li key={day}>
            {words(day)}: {name}
          </li>
        ))}
      </ul>
    </section>
  )
}

const AddForm = ({ page, shown: { branch, desks, mayCloseAll, typed, mistakes } }: Part) => {
  const { t } = page.staffTexts
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  return (
    <section class="card panel" aria-labelledby="nowe">
      <h2 id="nowe">{t('plan.closure.add')}</h2>
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form class="stack" method="post" action={closuresPath}>
        <input type="hidden" name="oddzial" value={branch.code} />
        <StaffSelect
          {...field('kogo')}
          label={t('plan.closure.whose')}
          options={[
            ['oddzial', t('plan.closure.branch')],
            ...desks.map(({ id, name }) => [String(id), name] as const),
            ...(mayCloseAll ? [['wszystkie', t('plan.closure.all')] as const] : []),
          ]}
        />
        <div class="two">
          <StaffField {...field('od-dnia')} label={t('plan.closure.from')} type="date" />
          <StaffField {...field('do-dnia')} label={t('plan.closure.to')} type="date" />
        </div>
        <fieldset class="plain">
          <legend>{t('plan.closure.hoursOptional')}</legend>
          <div class="two">
            <StaffField {...field('od-godziny')} label={t('plan.window.from')} maxLength={5} />
            <StaffField {...field('do-godziny')} label={t('plan.window.to')} maxLength={5} />
          </div>
        </fieldset>
        <StaffField
          {...field('powod')}
          label={t('plan.closure.reason')}
          hint={t('plan.closure.reason.hint')}
          maxLength={100}
        />
        <button class="b b-go wide">{t('plan.change.check')}</button>
      </form>
    </section>
  )
}
