import type { VNode } from 'preact'
import { periodWords } from '../../institution/kept-words'
import { type FormProblem, FormProblems, invalid } from '../../staff/pages/form-problems'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { personPath } from '../../staff/staff-places'
import { caseAddresses, fields } from '../person-addresses'
import { longestReason } from '../person-reason'
import type { ListedCase } from '../person-store'
import { instantWords } from '../person-words'

/** A search with mistakes, and what was typed. */
export interface RefusedSearch {
  problems: readonly FormProblem[]
  typed: string
  reason: string
}

interface ShownSearch {
  /** Of all inspectors, newest first; reasons opened. */
  cases: readonly (Omit<ListedCase, 'reason'> & { reason: string | null })[]
  refused: RefusedSearch | undefined
  contactDays: number
  now: Date
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownSearch
}

/** Where an inspector looks for a person, and what inspectors asked for of late. */
export const personSearchPage = (page: StaffPage, shown: ShownSearch): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('person.title')} current="person" failed={shown.refused !== undefined}>
      <main class="page">
        <div class="bar-top">
          <h1>{t('person.title')}</h1>
          <p class="muted small">{t('person.lead')}</p>
        </div>
        <div class="body stack personal">
          <SearchForm page={page} shown={shown} />
          <div class="card list">
            <div class="row">
              <h2>{t('person.recent')}</h2>
            </div>
            {shown.cases.length === 0 ? (
              <p class="empty">{t('person.recent.none')}</p>
            ) : (
              <Cases page={page} shown={shown} />
            )}
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const SearchForm = ({ page, shown: { refused, contactDays } }: Part) => {
  const { t } = page.staffTexts
  const problems = refused?.problems ?? []
  return (
    <section class="card" aria-labelledby="znajdz">
      <h2 id="znajdz">{t('person.find')}</h2>
      <form class="personal-form" action={personPath} method="post">
        <FormProblems texts={page.staffTexts} problems={problems} />
        <div class="f">
          <label for={fields.key}>{t('person.key')}</label>
          <input
            id={fields.key}
            name={fields.key}
            value={refused?.typed}
            required
            maxLength={320}
            autocomplete="off"
            aria-describedby="key-opis"
            {...invalid(problems, fields.key)}
          />
          <p id="key-opis" class="muted small">
            {t('person.key.hint', { period: periodWords(contactDays, 'pl') })}
          </p>
        </div>
        <div class="f">
          <label for={fields.reason}>{t('person.reason')}</label>
          <textarea
            id={fields.reason}
            name={fields.reason}
            rows={2}
            required
            maxLength={longestReason}
            aria-describedby="reason-opis"
            {...invalid(problems, fields.reason)}
          >
            {refused?.reason}
          </textarea>
          <p id="reason-opis" class="muted small">
            {t('person.reason.hint')}
          </p>
        </div>
        <button class="b b-go">
          <Icon name="search" size={20} />
          {t('person.find.button')}
        </button>
      </form>
    </section>
  )
}

const Cases = ({ page, shown: { cases, now, timeZone } }: Part) => {
  const { t } = page.staffTexts
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('person.recent')}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('person.recent.at')}</th>
            <th scope="col">{t('person.recent.by')}</th>
            <th scope="col">{t('person.recent.reason')}</th>
            <th scope="col" class="num">
              {t('person.recent.found')}
            </th>
            <th scope="col">{t('person.recent.what')}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => {
            const isOpen = one.staffId === page.me.id && one.expiresAt > now && one.visitIds.length > 0
            const at = instantWords(one.openedAt, timeZone)
            return (
              <tr key={one.id}>
                <td class="nowrap">{isOpen ? <a href={caseAddresses(one.id).page}>{at}</a> : at}</td>
                <td>{one.name}</td>
                <td class="words">
                  {one.reason ?? <span class="muted">{t('person.recent.reason.gone')}</span>}
                </td>
                <td class="num">{one.visitIds.length}</td>
                <td>
                  {[
                    t(`person.by.${one.foundBy}`),
                    one.exported > 0 && t('person.recent.exported'),
                    one.erased > 0 && t('person.recent.erased', { n: one.erased }),
                    one.waiting > 0 && t('person.recent.waiting', { n: one.waiting }),
                  ]
                    .filter((words) => words !== false)
                    .join(', ')}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
