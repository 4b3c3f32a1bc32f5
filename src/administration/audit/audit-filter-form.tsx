import { auditActions } from '../../audit/audit-action'
import { auditPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { otherActors } from './audit-filter'
import type { Part } from './shown-audit'
import { actionWords } from './audit-words'
import { FilterSelect } from '../../staff/pages/filter-select'

const errorId = 'filtr-blad'

/** By person, action, visit, branch and period. */
export const AuditFilterForm = ({ page, shown: { read, people, branches, error } }: Part) => {
  const texts = page.staffTexts
  const { t } = texts
  const { typed } = read
  const select = (
    name: 'osoba' | 'co' | 'oddzial',
    { label, all, options }: { label: string; all: string; options: readonly (readonly [string, string])[] },
  ) => <FilterSelect {...{ name, label, all, options }} value={typed[name]} />
  const isDayError = error === 'day'
  const isNumberError = error === 'number' || error === 'unknown'
  const day = (name: 'od' | 'do', text: 'recordings.filter.from' | 'recordings.filter.to') => (
    <div class="f">
      <label for={name}>{t(text)}</label>
      <input
        id={name}
        name={name}
        type="date"
        value={typed[name]}
        aria-invalid={isDayError}
        aria-describedby={isDayError ? errorId : undefined}
      />
    </div>
  )
  const others = Object.entries(otherActors).map(
    ([value, kind]) => [value, t(`audit.actor.${kind}`)] as const,
  )
  const actions = auditActions
    .map((action) => [action, actionWords(texts, action)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, 'pl'))
  return (
    <form class="filter" method="get" action={auditPath} role="search" aria-label={t('audit.filter')}>
      {select('osoba', {
        label: t('audit.column.who'),
        all: t('audit.filter.everybody'),
        options: [...others, ...people.map(({ id, name }) => [String(id), name] as const)],
      })}
      {select('co', { label: t('audit.column.what'), all: t('audit.filter.everything'), options: actions })}
      <div class="f">
        <label for="wizyta">{t('audit.filter.visit')}</label>
        <input
          id="wizyta"
          name="wizyta"
          value={typed.wizyta}
          maxLength={40}
          autocomplete="off"
          aria-invalid={isNumberError}
          aria-describedby={isNumberError ? errorId : undefined}
        />
      </div>
      {branches.length > 1 &&
        select('oddzial', {
          label: t('recordings.filter.branch'),
          all: t('recordings.filter.branch.all'),
          options: branches.map(({ code, name }) => [code, name] as const),
        })}
      {day('od', 'recordings.filter.from')}
      {day('do', 'recordings.filter.to')}
      <div class="row">
        <button class="b b-go">
          <Icon name="search" size={20} />
          {t('recordings.filter.button')}
        </button>
        <a href={auditPath}>{t('recordings.filter.clear')}</a>
      </div>
      {error && (
        <p id={errorId} class="n n-warn" role="alert">
          <Icon name="alert" size={20} />
          {t(`audit.filter.error.${error}`)}
        </p>
      )}
    </form>
  )
}
