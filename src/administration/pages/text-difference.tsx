import { diffWordsWithSpace } from 'diff'
import type { StaffTranslator } from '../../platform/i18n/translator'

interface DifferenceProps {
  texts: StaffTranslator
  title: string
  before: string
  after: string
}

/** What was added to a text and taken out of it, word by word. */
export const TextDifference = ({ texts: { t }, title, before, after }: DifferenceProps) => (
  <section class="card" aria-label={title}>
    <h3>{title}</h3>
    {before === after ? (
      <p class="muted small">{t('admin.texts.difference.none')}</p>
    ) : (
      <p class="difference">
        {diffWordsWithSpace(before, after).map(({ value, added, removed }, index) => {
          if (added)
            return (
              <ins key={index}>
                <span class="hide">{t('admin.texts.difference.added')}: </span>
                {value}
              </ins>
            )
          if (removed)
            return (
              <del key={index}>
                <span class="hide">{t('admin.texts.difference.removed')}: </span>
                {value}
              </del>
            )
          return value
        })}
      </p>
    )}
  </section>
)
