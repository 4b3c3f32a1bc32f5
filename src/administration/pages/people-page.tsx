import type { VNode } from 'preact'
import type { Branch } from '../../institution/directory'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { type ListedPerson, personStates } from '../../staff/people/people-store'
import { staffRoles } from '../../staff/staff'
import { Icon } from '../../ui/icons'
import { newPersonPath, peoplePath, personPaths } from '../people-paths'
import { factorWords, StateTag } from './person-words'
import { FilterSelect } from '../../staff/pages/filter-select'

export interface ShownPeople {
  branches: readonly Branch[]
  /** As typed. */
  typed: Readonly<Record<'szukaj' | 'rola' | 'oddzial' | 'stan', string>>
  people: readonly ListedPerson[]
  count: number
  /** From 1. */
  pageNumber: number
  pages: number
  /** Accounts are made here, not only by the identity provider. */
  invites: boolean
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownPeople
}

/** The accounts of the staff. What is searched for is posted: a name has no place in an address. */
export const peoplePage = (page: StaffPage, shown: ShownPeople): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('people.title')} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} />
            <h1>{t('people.title')}</h1>
          </div>
          <span class="muted grow" role="status">
            {t('people.count', { n: shown.count })}
          </span>
          {shown.invites && (
            <a class="b b-go" href={newPersonPath}>
              <Icon name="plus" size={20} />
              {t('people.invite')}
            </a>
          )}
        </div>
        <form
          class="body recordings"
          method="post"
          action={peoplePath}
          role="search"
          aria-label={t('people.filter')}
        >
          <Filter page={page} shown={shown} />
          <div class="card list recording-list">
            {!shown.invites && <p class="n">{t('people.invite.off')}</p>}
            {shown.people.length === 0 ? (
              <p class="empty">{t('people.none')}</p>
            ) : (
              <People page={page} shown={shown} />
            )}
            <Pages page={page} shown={shown} />
          </div>
        </form>
      </main>
    </StaffFrame>
  )
}

const Filter = ({ page, shown: { branches, typed } }: Part) => {
  const { t } = page.staffTexts
  return (
    <div class="recording-filter">
      <div class="f">
        <label for="szukaj">{t('people.search')}</label>
        <input id="szukaj" name="szukaj" value={typed.szukaj} maxLength={100} autocomplete="off" />
      </div>
      <FilterSelect
        name="rola"
        label={t('account.role')}
        all={t('people.filter.role.all')}
        value={typed.rola}
        options={staffRoles.map((role) => [role, t(`admin.role.${role}`)] as const)}
      />
      {page.me.branchId === null && (
        <FilterSelect
          name="oddzial"
          label={t('account.branch')}
          all={t('people.filter.branch.all')}
          value={typed.oddzial}
          options={branches.map(({ code, name }) => [code, name] as const)}
        />
      )}
      <FilterSelect
        name="stan"
        label={t('people.column.state')}
        all={t('people.filter.state.all')}
        value={typed.stan}
        options={personStates.map((state) => [state, t(`people.state.${state}`)] as const)}
      />
      <div class="row">
        <button class="b b-go">
          <Icon name="search" size={20} />
          {t('people.filter.button')}
        </button>
        <a href={peoplePath}>{t('people.filter.clear')}</a>
      </div>
    </div>
  )
}

const People = ({ page, shown: { people, branches, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const branchName = (id: number | null) =>
    id === null ? t('account.allBranches') : branches.find((branch) => branch.id === id)?.name
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('people.title')}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('account.name')}</th>
            <th scope="col">{t('account.email')}</th>
            <th scope="col">{t('account.role')}</th>
            <th scope="col">{t('account.branch')}</th>
            <th scope="col">{t('people.column.factor')}</th>
            <th scope="col">{t('people.column.signedIn')}</th>
            <th scope="col">{t('people.column.state')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} class={person.state === 'closed' ? 'past' : ''}>
              <th scope="row" class="name">
                <a href={personPaths(person.id).page}>{person.name}</a>
              </th>
              <td>{person.email}</td>
              <td class="nowrap">{t(`admin.role.${person.role}`)}</td>
              <td>{branchName(person.branchId)}</td>
              <td class="nowrap">{factorWords(t, person)}</td>
              <td class="nowrap">
                {person.signedInAt
                  ? `${dateWords(person.signedInAt, 'pl', timeZone)}, ${timeOfDay(person.signedInAt, timeZone)}`
                  : t('people.never')}
              </td>
              <td>
                <StateTag t={t} state={person.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Other pages are asked for with the same form. */
const Pages = ({ page, shown: { pageNumber, pages } }: Part) => {
  const { t } = page.staffTexts
  if (pages <= 1) return null
  return (
    <p class="row">
      {pageNumber > 1 && (
        <button class="b" name="strona" value={pageNumber - 1}>
          {t('people.page.previous')}
        </button>
      )}
      <span class="muted">
        {pageNumber} / {pages}
      </span>
      {pageNumber < pages && (
        <button class="b" name="strona" value={pageNumber + 1}>
          {t('people.page.next')}
        </button>
      )}
    </p>
  )
}
