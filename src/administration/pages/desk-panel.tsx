import type { Branch, Topic } from '../../institution/directory'
import { deskVersion } from '../../institution/edit-desk'
import type { WeekDesk } from '../../institution/schedule/read-week'
import type { Day } from '../../platform/zone'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { deskFormPath, deskStatePath } from '../plan-address'
import { listOf, textOf, type Typed } from '../typed'
import { StaffCheck, StaffField } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'

export interface ShownDesk {
  branch: Branch
  monday: Day
  topics: readonly Topic[]
  /** None: a new one. */
  desk: WeekDesk | undefined
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

/** What a desk is called and serves; and whether it works at all. */
export const DeskPanel = ({ page, shown }: { page: StaffPage; shown: ShownDesk }) => {
  const { t } = page.staffTexts
  const { topics, desk, typed, mistakes = [] } = shown
  const served = typed ? listOf(typed, 'temat').map(Number) : (desk?.topicIds ?? [])
  return (
    <section class="card panel" aria-labelledby="stanowisko">
      <h2 id="stanowisko">{desk ? desk.name : t('plan.desk.new')}</h2>
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form class="stack" method="post" action={deskFormPath}>
        <Place shown={shown} />
        {desk && (
          <input
            type="hidden"
            name="wersja"
            value={(typed && textOf(typed, 'wersja')) ?? deskVersion(desk)}
          />
        )}
        <StaffField
          name="nazwa"
          label={t('plan.desk.name')}
          value={typed ? textOf(typed, 'nazwa') : (desk?.name ?? '')}
          mistakes={mistakes}
          maxLength={60}
          required
        />
        <fieldset class="plain">
          <legend>{t('admin.topics')}</legend>
          {topics.map(({ id, texts }) => (
            <StaffCheck key={id} name="temat" value={String(id)} checked={served.includes(id)}>
              {texts.pl.name}
            </StaffCheck>
          ))}
        </fieldset>
        {desk && <p class="muted small">{t('plan.desk.topics.note')}</p>}
        <button class="b b-go wide">{t('plan.desk.save')}</button>
      </form>
      {desk && (
        <form class="stack" method="post" action={deskStatePath}>
          <Place shown={shown} />
          <input type="hidden" name="czynne" value={desk.active ? 'nie' : 'tak'} />
          <p class="muted small">{t(desk.active ? 'plan.desk.close.note' : 'plan.desk.open.note')}</p>
          <button class={desk.active ? 'b b-red wide' : 'b wide'}>
            {t(desk.active ? 'plan.desk.close' : 'plan.desk.open')}
          </button>
        </form>
      )}
    </section>
  )
}

const Place = ({ shown: { branch, monday, desk } }: { shown: ShownDesk }) => (
  <>
    <input type="hidden" name="oddzial" value={branch.code} />
    <input type="hidden" name="tydzien" value={monday} />
    <input type="hidden" name="stanowisko" value={desk?.id ?? 'nowe'} />
  </>
)

/** Beside the picture as long as nothing is chosen. */
export const PlanHint = ({ page }: { page: StaffPage }) => {
  const { t } = page.staffTexts
  return (
    <section class="card panel" aria-labelledby="jak">
      <h2 id="jak">{t('plan.hint.title')}</h2>
      <ul class="plain small">
        <li>{t('plan.hint.window')}</li>
        <li>{t('plan.hint.desk')}</li>
        <li>{t('plan.hint.closures')}</li>
        <li>{t('plan.hint.safe')}</li>
      </ul>
    </section>
  )
}
