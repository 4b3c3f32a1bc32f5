import type { VNode } from 'preact'
import type { DeskVisit } from '../../contract/desk-live'
import type { Branch } from '../../institution/directory'
import { dateWords, timeOfDay, weekdayAndDate } from '../../platform/i18n/dates'
import type { Day } from '../../platform/zone'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import type { EarlyEnds } from '../early-ends'
import type { FoundVisits } from '../find-visits'
import { stateText } from '../state-text'
import { dayAddress } from './day-page'
import { ReplanLink } from './replan-link'

export interface ShownVisits {
  branch: Branch
  branches: readonly Branch[]
  days: readonly { day: Day; visits: number }[]
  today: Day
  timeZone: string
  search: { text: string; found: FoundVisits } | undefined
  /** Why visits of the last days ended early; undefined for who sees no statistics. */
  early: readonly EarlyEnds[] | undefined
  countedDays: number
  /** Visits of the branch that wait for another time; null for who does not decide about them. */
  toDecide: number | null
}

/** A branch's coming days, and its visits by number or name. */
export const visitsPage = (page: StaffPage, shown: ShownVisits): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('desk.nav.visits')} current="visits">
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.nav.visits')}</h1>
          <SearchForm page={page} shown={shown} />
          <ReplanLink page={page} branch={shown.branch} toDecide={shown.toDecide} />
        </div>
        <div class="body visits">
          {shown.search && <Found page={page} shown={shown} search={shown.search} />}
          <ComingDays page={page} shown={shown} />
          {shown.early && <EarlyEndsCard page={page} early={shown.early} days={shown.countedDays} />}
        </div>
      </main>
    </StaffFrame>
  )
}

interface Part {
  page: StaffPage
  shown: ShownVisits
}

const SearchForm = ({ page, shown: { branch, branches, search } }: Part) => {
  const { t } = page.staffTexts
  return (
    <form class="row f grow visit-search" method="post" role="search">
      {branches.length > 1 && (
        <>
          <label class="hide" for="oddzial">
            {t('admin.branches')}
          </label>
          <select id="oddzial" name="oddzial">
            {branches.map(({ code, name }) => (
              <option key={code} value={code} selected={code === branch.code}>
                {name}
              </option>
            ))}
          </select>
        </>
      )}
      <label class="hide" for="szukaj">
        {t('desk.search.label')}
      </label>
      <input
        id="szukaj"
        name="szukaj"
        class="grow"
        placeholder={t('desk.search.label')}
        value={search?.text ?? ''}
        autocomplete="off"
        aria-invalid={search?.found.ok === false}
        aria-describedby={search?.found.ok === false ? 'szukaj-blad' : undefined}
      />
      <button class="b b-go">
        <Icon name="search" size={20} />
        {t('desk.search.button')}
      </button>
    </form>
  )
}

const Found = ({ page, shown, search: { found } }: Part & { search: NonNullable<ShownVisits['search']> }) => {
  const { t } = page.staffTexts
  if (!found.ok)
    return (
      <p id="szukaj-blad" class="n n-warn" role="alert">
        <Icon name="alert" size={20} />
        {t(found.reason === 'too_long' ? 'desk.search.tooLong' : 'desk.search.tooShort')}
      </p>
    )
  return (
    <section class="card" aria-labelledby="znalezione">
      <h2 id="znalezione">{t('desk.search.found')}</h2>
      {found.visits.length === 0 ? (
        <p role="status">{t('desk.search.none')}</p>
      ) : (
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('desk.visit.time')}</th>
              <th scope="col">{t('desk.list.column.client')}</th>
              <th scope="col">{t('desk.visit.number')}</th>
              <th scope="col">{t('desk.list.column.topic')}</th>
              <th scope="col">{t('desk.list.column.state')}</th>
              <th scope="col">
                <span class="hide">{t('desk.visit.open')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.visits.map((visit) => (
              <FoundVisit key={visit.id} page={page} visit={visit} timeZone={shown.timeZone} />
            ))}
          </tbody>
        </table>
      )}
      {found.more && <p class="muted">{t('desk.search.more')}</p>}
    </section>
  )
}

const FoundVisit = ({ page, visit, timeZone }: { page: StaffPage; visit: DeskVisit; timeZone: string }) => {
  const startsAt = new Date(visit.startsAt)
  return (
    <tr>
      <td>
        {dateWords(startsAt, 'pl', timeZone)}, {timeOfDay(startsAt, timeZone)}
      </td>
      <td class="who">{visit.client}</td>
      <td>{visit.number}</td>
      <td>{visit.topic}</td>
      <td>{stateText(page.staffTexts, { state: visit.state, state_reason: visit.reason })}</td>
      <td class="num">
        <a
          href={`/pracownik/wizyta/${visit.id}`}
          aria-label={`${page.staffTexts.t('desk.visit.open')}: ${visit.client}`}
        >
          {page.staffTexts.t('desk.visit.open')}
        </a>
      </td>
    </tr>
  )
}

const ComingDays = ({ page, shown: { branch, days, today, timeZone } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card coming" aria-labelledby="najblizsze">
      <h2 id="najblizsze">
        {t('desk.coming.title')} <span class="muted small">{branch.name}</span>
      </h2>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('desk.coming.day')}</th>
            <th scope="col" class="num">
              {t('desk.coming.visits')}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, visits }) => (
            <tr key={day} class={visits === 0 ? 'past' : ''}>
              <td>
                <a href={dayAddress(branch, day)} aria-current={day === today ? 'date' : undefined}>
                  {weekdayAndDate(day, 'pl', timeZone)}
                </a>
              </td>
              <td class="num">{visits}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const EarlyEndsCard = ({
  page,
  early,
  days,
}: {
  page: StaffPage
  early: readonly EarlyEnds[]
  days: number
}) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="przed-czasem">
      <h2 id="przed-czasem">
        {t('desk.early.title')} <span class="muted small">{t('desk.early.days', { n: days })}</span>
      </h2>
      {early.length === 0 ? (
        <p>{t('desk.early.none')}</p>
      ) : (
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('desk.early.reason')}</th>
              <th scope="col" class="num">
                {t('desk.early.visits')}
              </th>
            </tr>
          </thead>
          <tbody>
            {early.map(({ reason, visits }) => (
              <tr key={reason} data-reason={reason}>
                <td>{t(`desk.end.${reason}`)}</td>
                <td class="num">{visits}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
