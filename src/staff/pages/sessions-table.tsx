import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { sessionsPath } from '../door-paths'
import type { ListedSession } from '../session-store'
import type { StaffPage } from './staff-frame'

interface SessionsTableProps {
  page: StaffPage
  sessions: readonly ListedSession[]
  current: string
  timeZone: string
}

/** Where a person is signed in, each to be ended, and all others at once. */
export const SessionsTable = ({ page, sessions, current, timeZone }: SessionsTableProps) => {
  const { t } = page.staffTexts
  const when = (at: Date) => `${dateWords(at, 'pl', timeZone)}, ${timeOfDay(at, timeZone)}`
  return (
    <section class="card sessions" aria-labelledby="sesje">
      <div class="row wrap">
        <h2 id="sesje" class="grow">
          {t('account.sessions')}
        </h2>
        {sessions.length > 1 && (
          <form action={sessionsPath} method="post">
            <input type="hidden" name="sesja" value="pozostale" />
            <button class="b">{t('account.sessions.endOthers')}</button>
          </form>
        )}
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="sesje">
        <table class="t">
          <thead>
            <tr>
              <th scope="col">{t('account.sessions.browser')}</th>
              <th scope="col">{t('account.sessions.way')}</th>
              <th scope="col">{t('account.sessions.since')}</th>
              <th scope="col">{t('account.sessions.seen')}</th>
              <th scope="col">
                <span class="hide">{t('account.sessions.end')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map(({ id, browser, way, createdAt, seenAt }) => {
              const name = browser === '' ? t('account.sessions.unknown') : browser
              const since = when(createdAt)
              return (
                <tr key={id}>
                  <th scope="row">{name}</th>
                  <td>{t(`account.way.${way}`)}</td>
                  <td class="nowrap">{since}</td>
                  <td class="nowrap">{when(seenAt)}</td>
                  <td class="num">
                    {id === current ? (
                      <span class="tag tag-ok">{t('account.sessions.this')}</span>
                    ) : (
                      <form action={sessionsPath} method="post">
                        <input type="hidden" name="sesja" value={id} />
                        <button
                          class="b"
                          aria-label={t('account.sessions.end.what', { browser: name, since })}
                        >
                          {t('account.sessions.end')}
                        </button>
                      </form>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
