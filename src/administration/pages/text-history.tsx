import type { StaffTranslator } from '../../platform/i18n/translator'

/** A version in the history of any text, in words. */
export interface ShownHistory {
  id: string
  from: string
  saved: string
  who: string
  state: 'current' | 'planned' | 'withdrawn' | 'past'
  /** What it went back to. */
  note?: string | undefined
  href: string
}

const stateTags = { current: 'tag tag-ok', planned: 'tag tag-info', withdrawn: 'tag', past: 'tag tag-open' }

/** All versions of a text, the newest first. */
export const TextHistory = ({
  texts: { t },
  versions,
}: {
  texts: StaffTranslator
  versions: readonly ShownHistory[]
}) => (
  <section class="card" aria-labelledby="wersje">
    <h2 id="wersje">{t('admin.texts.history')}</h2>
    {versions.length === 0 ? (
      <p class="muted">{t('admin.texts.history.none')}</p>
    ) : (
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="wersje">
        <table class="t">
          <thead>
            <tr>
              {(['version', 'from', 'saved', 'who', 'state', 'difference'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`admin.texts.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {versions.map(({ id, from, saved, who, state, note, href }) => (
              <tr key={id} data-version={id} data-state={state}>
                <td>{id}</td>
                <td>{from}</td>
                <td>{saved}</td>
                <td>{who}</td>
                <td>
                  <span class={stateTags[state]}>{t(`admin.texts.state.${state}`)}</span>{' '}
                  {note !== undefined && <span class="muted small">{note}</span>}
                </td>
                <td>
                  <a
                    href={href}
                    aria-label={`${t('admin.texts.difference')}: ${t('admin.texts.version', { version: id })}`}
                  >
                    {t('admin.texts.difference')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)
