import type { ComponentChildren } from 'preact'
import type { Translator } from '../platform/i18n/translator'

export interface SummaryRow {
  term: string
  value: ComponentChildren
  /** Where this answer is changed. */
  change?: string
}

/** Answers with 'Zmień' at each: term over value on a phone, side by side on a wide sheet. */
export const SummaryList = ({ t: { t }, rows }: { t: Translator; rows: readonly SummaryRow[] }) => (
  <dl class="sum">
    {rows.map(({ term, value, change }) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd>{value}</dd>
        {change !== undefined && (
          <dd class="act">
            <ChangeLink t={t} href={change} what={term} />
          </dd>
        )}
      </div>
    ))}
  </dl>
)

/** 'Zmień', read out with what it changes. */
export const ChangeLink = ({ t, href, what }: { t: Translator['t']; href: string; what: string }) => {
  const spoken = t('ui.changeHidden', { what: what.toLocaleLowerCase('pl') })
  const shown = t('ui.change')
  return (
    <a href={href}>
      {shown}
      {spoken.startsWith(shown) && <span class="hide">{spoken.slice(shown.length)}</span>}
    </a>
  )
}
