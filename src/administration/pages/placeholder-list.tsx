import type { StaffTranslator } from '../../platform/i18n/translator'

interface PlaceholderListProps {
  texts: StaffTranslator
  allowed: readonly string[]
  required: readonly string[]
  choices: Readonly<Record<string, readonly string[]>>
  numbers: readonly string[]
  /** How a placeholder is used when it is not simply said. */
  open?: boolean
}

/** What may stand in braces, the necessary ones first. */
export const PlaceholderList = ({
  texts: { t },
  allowed,
  required,
  choices,
  numbers,
  open,
}: PlaceholderListProps) => {
  const inOrder = [...required, ...allowed.filter((name) => !required.includes(name))]
  const note = (name: string): string | undefined => {
    const options = choices[name]
    if (options) return t('admin.texts.placeholders.choice', { options: options.join(', ') })
    return numbers.includes(name) ? t('admin.texts.placeholders.number') : undefined
  }
  return (
    <details class="placeholders" open={open}>
      <summary>{t('admin.texts.placeholders')}</summary>
      <ul class="plain">
        {inOrder.map((name) => (
          <li key={name}>
            <code>{`{${name}}`}</code>{' '}
            {required.includes(name) && (
              <span class="tag tag-wait">{t('admin.texts.placeholders.required')}</span>
            )}{' '}
            <span class="muted small">{note(name)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
