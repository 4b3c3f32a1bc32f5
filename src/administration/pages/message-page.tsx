import type { VNode } from 'preact'
import { failureMeaning } from '../../message/failure-meaning'
import type { ListedMessage } from '../../message/find-messages'
import type { MessageResent } from '../../message/resend-message'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { messagesPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import { Done } from './form-parts'
import { messageAddresses, messagesOfVisit } from '../messages-addresses'
import { MessageTag } from './message-words'
import { whenText } from './when'

export interface ShownMessage {
  message: ListedMessage
  branch: string
  /** Whether it may be sent again; else why not. */
  resend: MessageResent
  /** Id of the copy, made for this page. */
  copyId: string
  /** The form was refused just now. */
  refused: boolean
  /** A copy of it was asked for just now. */
  resent: boolean
  timeZone: string
}

/** One message: what became of it, what it means, and sending it again. */
export const messagePage = (page: StaffPage, shown: ShownMessage): VNode => {
  const { t } = page.staffTexts
  const { message, branch, timeZone, resent } = shown
  const title = t(`messages.kind.${message.kind}`)
  const when = (instant: Date) => whenText(instant, timeZone)
  return (
    <StaffFrame page={page} title={title} current="messages">
      <main class="page">
        <div class="bar-top">
          <div class="grow">
            <p class="small">
              <a href={messagesPath}>{t('desk.nav.messages')}</a>
            </p>
            <h1 class="cap">{title}</h1>
          </div>
          <MessageTag texts={page.staffTexts} state={message.state} />
        </div>
        <div class="body with-side">
          <section class="card stack" aria-labelledby="wiadomosc">
            <h2 id="wiadomosc">{t('messages.what')}</h2>
            {resent && <Done>{t('messages.resent')}</Done>}
            <p>{t(`messages.state.${message.state}.meaning`)}</p>
            <dl class="kv one">
              <dt>{t('messages.column.recipient')}</dt>
              <dd>
                {message.recipient || '–'} ({t(`messages.channel.${message.channel}`)})
              </dd>
              <dt>{t('desk.visit.number')}</dt>
              <dd>
                <a href={messagesOfVisit(message.visitNumber)}>{message.visitNumber}</a>, {branch}
              </dd>
              <dt>{t('messages.created')}</dt>
              <dd>
                {when(message.createdAt)}
                {message.copy > 0 && ` (${t('messages.copy', { n: message.copy })})`}
              </dd>
              {message.finishedAt ? (
                <>
                  <dt>{t('messages.finished')}</dt>
                  <dd>{when(message.finishedAt)}</dd>
                </>
              ) : (
                <>
                  <dt>{t('messages.due')}</dt>
                  <dd>{when(message.dueAt)}</dd>
                </>
              )}
              <dt>{t('messages.uselessAfter')}</dt>
              <dd>{when(message.uselessAfter)}</dd>
              <dt>{t('backoffice.column.tries')}</dt>
              <dd>{message.attempts}</dd>
              <dt>{t('messages.channel.provider')}</dt>
              <dd>{message.provider ?? '–'}</dd>
              {message.providerId !== null && (
                <>
                  <dt>{t('messages.providerId')}</dt>
                  <dd class="code">{message.providerId}</dd>
                </>
              )}
              {message.lastError !== null && (
                <>
                  <dt>{t('messages.code')}</dt>
                  <dd class="code">{message.lastError}</dd>
                </>
              )}
            </dl>
            {message.lastError !== null && <Meaning page={page} error={message.lastError} />}
          </section>
          <Resend page={page} shown={shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

const Meaning = ({ page, error }: { page: StaffPage; error: string }) => {
  const { t } = page.staffTexts
  const meaning = failureMeaning(error)
  return (
    <div class="n n-warn">
      <Icon name="alert" size={20} />
      <p>
        {t(`messages.meaning.${meaning}`)} {t(`messages.fix.${meaning}`)}
      </p>
    </div>
  )
}

const Resend = ({ page, shown }: { page: StaffPage; shown: ShownMessage }) => {
  const { t } = page.staffTexts
  const { message, resend, copyId, refused } = shown
  return (
    <section class="card stack" aria-labelledby="ponownie">
      <h2 id="ponownie">{t('messages.resend')}</h2>
      {resend.ok ? (
        <form class="stack" method="post" action={messageAddresses(message.id).resend}>
          <input type="hidden" name="id" value={copyId} />
          <p class="small muted">{t('messages.resend.hint')}</p>
          <p>
            <button class="b b-go">
              <Icon name="send" size={20} />
              {t('messages.resend.button')}
            </button>
          </p>
        </form>
      ) : (
        <p role={refused ? 'alert' : undefined}>{t(`messages.resend.${resend.reason}`)}</p>
      )}
    </section>
  )
}
