import type { VNode } from 'preact'
import type { DeadLetters } from '../../message/dead-letters'
import { failureMeaning } from '../../message/failure-meaning'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { messagesPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { retryPath } from '../messages-addresses'
import { whenText } from './when'

export interface ShownDeadLetters {
  causes: readonly DeadLetters[]
  /** How many were put back into the queue just now. */
  retried: number | null
  timeZone: string
}

/** What could not be sent, by cause: each is mended once and then all of it is tried again. */
export const deadLettersPage = (page: StaffPage, { causes, retried, timeZone }: ShownDeadLetters): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('messages.dead')} current="messages">
      <main class="page">
        <div class="bar-top">
          <div>
            <p class="small">
              <a href={messagesPath}>{t('desk.nav.messages')}</a>
            </p>
            <h1>{t('messages.dead')}</h1>
          </div>
        </div>
        <div class="body stack">
          {retried !== null && (
            <p class={retried === 0 ? 'n' : 'n n-ok'} role="status">
              <Icon name={retried === 0 ? 'info' : 'done'} size={20} />
              {retried === 0 ? t('messages.dead.retried.none') : t('messages.dead.retried', { n: retried })}
            </p>
          )}
          <div class="card list log">
            {causes.length === 0 ? (
              <p class="empty">{t('messages.dead.none')}</p>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label={t('messages.dead')}>
                <table class="t">
                  <thead>
                    <tr>
                      <th scope="col">{t('messages.dead.cause')}</th>
                      <th scope="col">{t('messages.code')}</th>
                      <th scope="col">{t('messages.dead.from')}</th>
                      <th scope="col">{t('messages.dead.to')}</th>
                      <th scope="col" class="num">
                        {t('messages.dead.count')}
                      </th>
                      <th scope="col" class="num">
                        {t('messages.dead.helpful')}
                      </th>
                      <th scope="col">
                        <span class="hide">{t('messages.dead.retry')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {causes.map((cause) => (
                      <Cause
                        key={`${cause.channel} ${cause.error}`}
                        page={page}
                        cause={cause}
                        timeZone={timeZone}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </div>
          <p class="muted small">{t('messages.dead.note')}</p>
        </div>
      </main>
    </StaffFrame>
  )
}

const Cause = ({ page, cause, timeZone }: { page: StaffPage; cause: DeadLetters; timeZone: string }) => {
  const { t } = page.staffTexts
  const meaning = failureMeaning(cause.error)
  return (
    <tr>
      <th scope="row">
        {t(`messages.channel.${cause.channel}`)}: {t(`messages.meaning.${meaning}`)}
        <span class="small muted block">{t(`messages.fix.${meaning}`)}</span>
      </th>
      <td class="code">{cause.error || '–'}</td>
      <td class="nowrap">{whenText(cause.oldest, timeZone)}</td>
      <td class="nowrap">{whenText(cause.newest, timeZone)}</td>
      <td class="num">{cause.count}</td>
      <td class="num">{cause.helpful}</td>
      <td>
        {cause.helpful > 0 && (
          <form method="post" action={retryPath}>
            <input type="hidden" name="kanal" value={cause.channel} />
            <input type="hidden" name="powod" value={cause.error} />
            <button class="b">{t('messages.dead.retry')}</button>
          </form>
        )}
      </td>
    </tr>
  )
}
