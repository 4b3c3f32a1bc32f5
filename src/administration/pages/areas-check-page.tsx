import type { VNode } from 'preact'
import type { ApplyRefusal } from '../../institution/areas/apply-areas'
import type { AreaEffect } from '../../institution/areas/area-effect'
import type { AreaImport } from '../../institution/areas/areas-store'
import { dayInWords, timeOfDay } from '../../platform/i18n/dates'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { Icon } from '../../ui/icons'
import { areasAddresses, areasPath } from '../areas-addresses'
import { AreasEffect, counted } from './areas-effect'
import { AreasProblems, shownProblems } from './areas-problems'
import { SettingsWay } from '../../staff/pages/settings-way'

export interface ShownCheck {
  run: AreaImport
  /** In force while this is looked at. */
  version: number
  effect: AreaEffect
  /** Codes of branches that cannot have areas. */
  lost: readonly string[]
  expiresAt: Date
  refusal: ApplyRefusal | undefined
  nameOf: (code: string) => string
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownCheck
}

/** A dry run: every bad line, and what would come of the good ones. Nothing has changed yet. */
export const areasCheckPage = (page: StaffPage, shown: ShownCheck): VNode => {
  const { t } = page.staffTexts
  const { run, effect, nameOf } = shown
  const errors = run.facts?.errors ?? 0
  return (
    <StaffFrame page={page} title={t('admin.areas.check.title')} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: areasPath, text: t('admin.areas.title') }} />
            <h1>{t('admin.areas.check.title')}</h1>
          </div>
          <p class="muted small grow anywhere">{whatIsChecked(page.staffTexts, run)}</p>
        </div>
        <div class="body stack">
          <Verdict page={page} shown={shown} />
          <Figures page={page} shown={shown} />
          {run.problems.length > 0 && <Problems page={page} shown={shown} />}
          {errors > 0 && effect.branches.length > 0 && (
            <p class="muted">{t('admin.areas.check.effect.partly')}</p>
          )}
          {effect.changedAreas === 0 ? (
            errors === 0 && <p class="card">{t('admin.areas.same')}</p>
          ) : (
            <AreasEffect page={page} effect={effect} nameOf={nameOf} />
          )}
        </div>
      </main>
    </StaffFrame>
  )
}

const delimiterNames = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' } as const

const whatIsChecked = (
  { t }: StaffTranslator,
  { source, facts, fileName, restoredVersion }: AreaImport,
): string => {
  if (source !== 'file' || !facts) return t('admin.areas.check.restored', { version: restoredVersion ?? 0 })
  const { encoding, delimiter } = facts
  const isKnown = (sign: string): sign is keyof typeof delimiterNames => Object.hasOwn(delimiterNames, sign)
  return t('admin.areas.check.file', {
    name: fileName ?? '',
    encoding,
    delimiter: isKnown(delimiter)
      ? t(`admin.areas.check.delimiter.${delimiterNames[delimiter]}`)
      : t('admin.areas.check.delimiter.other', { sign: delimiter }),
  })
}

const Verdict = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { run, version, lost, refusal, effect } = shown
  const errors = run.facts?.errors ?? 0
  if (run.version !== null)
    return <Said tone="info">{t('admin.areas.check.applied', { version: run.version })}</Said>
  if (errors > 0) return <Said tone="bad">{t('admin.areas.check.bad', { n: errors })}</Said>
  if (lost.length > 0)
    return <Said tone="bad">{t('admin.areas.refused.branch_lost', { branches: lost.join(', ') })}</Said>
  const good = run.source === 'file' ? 'admin.areas.check.good' : 'admin.areas.check.good.restored'
  return (
    <>
      {refusal && (
        <Said tone="bad">{t(`admin.areas.refused.${refusal}`, { branches: lost.join(', ') })}</Said>
      )}
      {effect.gapCodesAfter > effect.gapCodesBefore && (
        <Said tone="bad">
          {t('admin.areas.check.gaps.more', { n: effect.gapCodesAfter - effect.gapCodesBefore })}
        </Said>
      )}
      {effect.changedAreas > 0 && (
        <form class="card row wrap" method="post" action={areasAddresses.apply(run.id)}>
          <HiddenFields values={{ wersja: String(version) }} />
          <p class="grow">
            {t(good, { version })} <span class="muted small">{untilWords(page.staffTexts, shown)}</span>
          </p>
          <button class="b b-go b-big">{t('admin.areas.check.apply')}</button>
        </form>
      )}
    </>
  )
}

const untilWords = ({ t }: StaffTranslator, { expiresAt, timeZone }: ShownCheck): string =>
  t('admin.areas.check.until', {
    day: dayInWords(expiresAt, 'pl', timeZone),
    time: timeOfDay(expiresAt, timeZone),
  })

const Said = ({ tone, children }: { tone: 'info' | 'bad'; children: string }) => (
  <p class={tone === 'bad' ? 'n n-warn' : 'n'} role={tone === 'bad' ? 'alert' : 'status'}>
    <Icon name={tone === 'bad' ? 'alert' : 'info'} size={20} />
    {children}
  </p>
)

const Figures = ({ page, shown: { run, effect } }: Part) => {
  const { t } = page.staffTexts
  const { facts } = run
  const figures = [
    ...(facts ? ([['lines', facts.lines]] as const) : []),
    ['areas', run.areas.size] as const,
    ...(facts
      ? ([
          ['errors', facts.errors],
          ['warnings', facts.warnings],
        ] as const)
      : []),
    ['moved', effect.movedCodes] as const,
  ]
  return (
    <dl class="kpis kpis-auto">
      {figures.map(([name, n]) => (
        <div key={name} class="kpi" data-figure={name}>
          <dt>{t(`admin.areas.check.${name}`)}</dt>
          <dd>{counted(n)}</dd>
        </div>
      ))}
      <div class="kpi" data-figure="gaps">
        <dt>{t('admin.areas.check.gaps')}</dt>
        <dd>
          {counted(effect.gapCodesAfter)}{' '}
          <span class="muted small">
            {t('admin.areas.check.gaps.before', { n: counted(effect.gapCodesBefore) })}
          </span>
        </dd>
      </div>
    </dl>
  )
}

const Problems = ({ page, shown: { run } }: Part) => {
  const { t } = page.staffTexts
  const total = (run.facts?.errors ?? 0) + (run.facts?.warnings ?? 0)
  const kept = run.problems.length
  return (
    <section class="card" aria-labelledby="bledy">
      <div class="row wrap">
        <h2 id="bledy" class="grow">
          {t('admin.areas.check.problems')}
        </h2>
        <a class="b" href={areasAddresses.problems(run.id)}>
          <Icon name="download" size={20} />
          {t('admin.areas.check.problems.all')}
        </a>
      </div>
      <AreasProblems page={page} problems={run.problems} />
      <p class="muted small">
        {kept > shownProblems &&
          t('admin.areas.check.problems.more', { shown: counted(shownProblems), total: counted(total) })}{' '}
        {total > kept && t('admin.areas.check.problems.most', { kept: counted(kept), total: counted(total) })}
      </p>
    </section>
  )
}
