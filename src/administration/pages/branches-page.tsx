import type { VNode } from 'preact'
import { branchVersion, type ListedBranch } from '../../institution/edit-branch'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { branchDesksPath, branchesPath, branchStatePath, newOne, oneOf } from '../places-address'
import { planAddress } from '../plan-address'
import { textOf, type Typed } from '../typed'
import { Done, StaffField, StaffSelect } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { SettingsFrame } from './settings-frame'

/** All branches, also closed ones. */
export const branchesPage = (
  page: StaffPage,
  { branches, isSaved }: { branches: readonly ListedBranch[]; isSaved: boolean },
): VNode => {
  const { t } = page.staffTexts
  return (
    <SettingsFrame
      page={page}
      title={t('admin.branches')}
      action={
        <a class="b b-go" href={oneOf(branchesPath, newOne)}>
          <Icon name="plus" size={20} />
          {t('places.branch.add')}
        </a>
      }
    >
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <div class="card list">
        <div class="scroll" tabIndex={0} role="region" aria-label={t('admin.branches')}>
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('places.code')}</th>
                <th scope="col">{t('places.branch.name')}</th>
                <th scope="col">{t('places.branch.address')}</th>
                <th scope="col">{t('places.branch.phone')}</th>
                <th scope="col" class="num">
                  {t('admin.desks')}
                </th>
                <th scope="col">{t('places.state')}</th>
              </tr>
            </thead>
            <tbody>
              {branches.map((branch) => (
                <tr key={branch.id} class={branch.active ? undefined : 'past'}>
                  <td>{branch.code}</td>
                  <td>
                    <a href={oneOf(branchesPath, branch.code)}>{branch.name}</a>
                  </td>
                  <td>
                    {branch.address === null ? (
                      <span class="muted">
                        {branch.city}, {t('places.unknown')}
                      </span>
                    ) : (
                      `${branch.address}, ${branch.postalCode ?? ''} ${branch.city}`
                    )}
                  </td>
                  <td class="nowrap">{branch.phone}</td>
                  <td class="num">{branch.desks}</td>
                  <td>
                    <span class={branch.active ? 'tag tag-ok' : 'tag'}>
                      {t(branch.active ? 'places.active' : 'places.inactive')}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </SettingsFrame>
  )
}

export interface ShownBranch {
  /** None: a new one. */
  branch: ListedBranch | undefined
  /** From which desks can be copied. */
  others: readonly ListedBranch[]
  isSaved: boolean
  monday: string
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

const valuesOf = (branch: ListedBranch | undefined): Typed => ({
  nazwa: branch?.name ?? '',
  miasto: branch?.city ?? '',
  adres: branch?.address ?? '',
  kod: branch?.postalCode ?? '',
  telefon: branch?.phone ?? '',
  wersja: branch ? branchVersion(branch) : '',
})

/** What people read of a branch; whether it works, and its first desks. */
export const branchPage = (page: StaffPage, shown: ShownBranch): VNode => {
  const { t } = page.staffTexts
  const { branch, isSaved, mistakes = [] } = shown
  const typed = shown.typed ?? valuesOf(branch)
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  return (
    <SettingsFrame
      page={page}
      title={branch ? branch.name : t('places.branch.new')}
      failed={mistakes.length > 0}
      from={{ path: branchesPath, text: t('admin.branches') }}
      action={
        branch?.active && (
          <a class="b" href={planAddress(branch, shown.monday)}>
            <Icon name="table" size={20} />
            {t('plan.title')}
          </a>
        )
      }
    >
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form
        class="card stack narrow"
        method="post"
        action={oneOf(branchesPath, branch ? branch.code : newOne)}
      >
        <input type="hidden" name="wersja" value={textOf(typed, 'wersja')} />
        {!branch && (
          <StaffField
            {...field('kod-oddzialu')}
            label={t('places.code')}
            hint={t('places.branch.code.hint')}
            maxLength={10}
          />
        )}
        <StaffField {...field('nazwa')} label={t('places.branch.name')} maxLength={200} />
        <div class="two">
          <StaffField {...field('kod')} label={t('places.branch.postalCode')} maxLength={6} />
          <StaffField {...field('miasto')} label={t('places.branch.city')} maxLength={100} />
        </div>
        <StaffField
          {...field('adres')}
          label={t('places.branch.address')}
          hint={t('places.branch.address.hint')}
          maxLength={200}
        />
        <StaffField {...field('telefon')} label={t('places.branch.phone')} type="tel" maxLength={40} />
        <p>
          <button class="b b-go b-big">{t('places.save')}</button>
        </p>
      </form>
      {branch && <State page={page} branch={branch} />}
      {branch?.active && branch.desks === 0 && <Desks page={page} shown={shown} branch={branch} />}
    </SettingsFrame>
  )
}

const State = ({ page, branch: { code, active } }: { page: StaffPage; branch: ListedBranch }) => {
  const { t } = page.staffTexts
  return (
    <form class="card stack narrow" method="post" action={branchStatePath}>
      <input type="hidden" name="oddzial" value={code} />
      <input type="hidden" name="czynny" value={active ? 'nie' : 'tak'} />
      <h2>{t(active ? 'places.branch.close' : 'places.branch.open')}</h2>
      <p class="muted">{t(active ? 'places.branch.close.note' : 'places.branch.open.note')}</p>
      <p>
        <button class={active ? 'b b-red' : 'b'}>
          {t(active ? 'places.branch.close' : 'places.branch.open')}
        </button>
      </p>
    </form>
  )
}

const Desks = ({ page, shown, branch }: { page: StaffPage; shown: ShownBranch; branch: ListedBranch }) => {
  const { t } = page.staffTexts
  return (
    <form class="card stack narrow" method="post" action={branchDesksPath}>
      <input type="hidden" name="oddzial" value={branch.code} />
      <h2>{t('places.branch.desks')}</h2>
      <p class="muted">{t('places.branch.desks.note')}</p>
      <StaffSelect
        name="jak"
        label={t('places.branch.desks.like')}
        value=""
        options={shown.others.map(({ code, name }) => [code, name] as const)}
      />
      <p>
        <button class="b">{t('plan.change.check')}</button>
      </p>
    </form>
  )
}
