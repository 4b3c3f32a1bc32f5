import type { StaffTranslator } from '../../platform/i18n/translator'
import { failureMeaning } from '../../message/failure-meaning'
import type { ListedMessage } from '../../message/find-messages'

const tags: Record<ListedMessage['state'], string> = {
  queued: 'tag tag-wait',
  sending: 'tag tag-info',
  sent: 'tag tag-ok',
  delivered: 'tag tag-ok',
  undelivered: 'tag tag-bad',
  skipped: 'tag',
  expired: 'tag tag-bad',
  dead: 'tag tag-bad',
}

export const MessageTag = ({
  texts: { t },
  state,
}: {
  texts: StaffTranslator
  state: ListedMessage['state']
}) => <span class={tags[state]}>{t(`messages.state.${state}`)}</span>

/** What the provider answered, in words: its own code stands on the message's page. */
export const answerText = ({ t }: StaffTranslator, message: ListedMessage): string => {
  const { lastError, state } = message
  if (lastError !== null) return t(`messages.meaning.${failureMeaning(lastError)}`)
  if (state === 'delivered') return t('messages.answer.delivered')
  if (state === 'undelivered') return t('messages.answer.undelivered')
  return state === 'sent' ? t('messages.answer.sent') : '–'
}
