import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import type { ChangeEffect } from '../../institution/schedule/change-schedule'
import { dayAndMonth, timeOfDay, weekdayName } from '../../platform/i18n/dates'
import { dayOf } from '../../platform/zone'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import type { AskedChange } from '../asked-change'
import { listOf, type Typed } from '../typed'

export interface ShownChange {
  asked: Pick<AskedChange, 'title' | 'says' | 'back'>
  effect: ChangeEffect
  /** Since the preview that was agreed to something else has changed. */
  isOther: boolean
  branches: readonly Branch[]
  topics: readonly Topic[]
  timeZone: string
  action: string
  /** What was typed: goes along, so that the same change is saved. */
  fields: Typed
}

const mostVisits = 100

/** What a change would do, before anything is saved. */
export const changePage = (page: StaffPage, shown: ShownChange): VNode => {
  const { t } = page.staffTexts
  const { asked, effect, isOther } = shown
  return (
    <StaffFrame page={page} title={asked.title} current="plan">
      <main class="page">
        <div class="bar-top">
          <h1>{asked.title}</h1>
        </div>
        <div class="body change">
          {isOther && (
            <p class="n n-warn" role="alert">
              <Icon name="alert" size={20} />
              <span>{t('plan.change.other')}</span>
            </p>
          )}
          <section class="card" aria-labelledby="zmiana">
            <h2 id="zmiana">{t('plan.change.what')}</h2>
            <ul class="plain">
              {asked.says.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
          <Figures page={page} effect={effect} />
          {effect.touched.length > 0 && <Touched page={page} shown={shown} />}
          {effect.branches.length > 1 && <Branches page={page} shown={shown} />}
          <form class="row wrap" method="post" action={shown.action}>
            <Carried fields={shown.fields} plan={effect.plan} />
            <button class="b b-go b-big">{t('plan.change.save')}</button>
            <a class="b b-big" href={asked.back}>
              {t('plan.change.back')}
            </a>
          </form>
        </div>
      </main>
    </StaffFrame>
  )
}

const Carried = ({ fields, plan }: { fields: Typed; plan: string }) => (
  <>
    {Object.keys(fields)
      .filter((name) => name !== 'plan')
      .flatMap((name) =>
        listOf(fields, name).map((value) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        )),
      )}
    <input type="hidden" name="plan" value={plan} />
  </>
)

const Figures = ({ page, effect }: { page: StaffPage; effect: ChangeEffect }) => {
  const { t } = page.staffTexts
  const sum = (name: 'appear' | 'vanish' | 'touched' | 'held' | 'restored') =>
    effect.branches.reduce((total, branch) => total + branch[name], 0)
  const figures = [
    { name: 'appear', text: t('plan.change.appear') },
    { name: 'vanish', text: t('plan.change.vanish') },
    { name: 'touched', text: t('plan.change.touched') },
    ...(sum('held') > 0 ? [{ name: 'held', text: t('plan.change.held') } as const] : []),
    ...(sum('restored') > 0 ? [{ name: 'restored', text: t('plan.change.restored') } as const] : []),
  ] as const
  return (
    <dl class="figures">
      {figures.map(({ name, text }) => (
        <div key={name} class="card" data-figure={name}>
          <dt>{text}</dt>
          <dd>{sum(name)}</dd>
        </div>
      ))}
    </dl>
  )
}

const Touched = ({
  page,
  shown: { effect, topics, branches, timeZone },
}: {
  page: StaffPage
  shown: ShownChange
}) => {
  const { t } = page.staffTexts
  const many = effect.branches.length > 1
  return (
    <div class="card">
      <h2 id="wizyty">{t('plan.touched.title')}</h2>
      <p class="n n-warn">
        <Icon name="alert" size={20} />
        <span>{t('plan.touched.note')}</span>
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="wizyty">
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('desk.visit.time')}</th>
              <th scope="col">{t('desk.visit.number')}</th>
              {many && <th scope="col">{t('recordings.column.branch')}</th>}
              <th scope="col">{t('plan.desk')}</th>
              <th scope="col">{t('desk.list.column.topic')}</th>
            </tr>
          </thead>
          <tbody>
            {effect.touched.slice(0, mostVisits).map((visit) => {
              const day = dayOf(visit.startsAt, timeZone)
              return (
                <tr key={visit.id}>
                  <td>
                    {weekdayName(day, 'pl')}, {dayAndMonth(day, 'pl')}, {timeOfDay(visit.startsAt, timeZone)}
                  </td>
                  <td>{visit.number}</td>
                  {many && <td>{branches.find(({ id }) => id === visit.branchId)?.name}</td>}
                  <td>{visit.deskName}</td>
                  <td>{topics.find(({ id }) => id === visit.topicId)?.texts.pl.name}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {effect.touched.length > mostVisits && (
        <p class="muted">{t('plan.touched.more', { n: effect.touched.length - mostVisits })}</p>
      )}
    </div>
  )
}

const Branches = ({ page, shown: { effect, branches } }: { page: StaffPage; shown: ShownChange }) => {
  const { t } = page.staffTexts
  return (
    <details class="card">
      <summary>{t('plan.change.byBranch')}</summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={t('plan.change.byBranch')}>
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('recordings.column.branch')}</th>
              <th scope="col" class="num">
                {t('plan.change.appear')}
              </th>
              <th scope="col" class="num">
                {t('plan.change.vanish')}
              </th>
              <th scope="col" class="num">
                {t('plan.change.touched')}
              </th>
            </tr>
          </thead>
          <tbody>
            {effect.branches.map(({ branchId, appear, vanish, touched }) => (
              <tr key={branchId}>
                <td>{branches.find(({ id }) => id === branchId)?.name}</td>
                <td class="num">{appear}</td>
                <td class="num">{vanish}</td>
                <td class="num">{touched}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
