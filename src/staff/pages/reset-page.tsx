import type { VNode } from 'preact'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { resetPath } from '../door-paths'
import { doorPath } from '../staff-session'
import { DoorPage, type DoorTexts } from './door-page'

/** Asks where to send a link to a new password; the answer is the same for every address. */
export const resetPage = (
  texts: DoorTexts,
  { sent = false, error = false }: { sent?: boolean; error?: boolean },
): VNode => {
  const { t } = texts.staffTexts
  const problem = error ? t('desk.reset.error.empty') : undefined
  if (sent)
    return (
      <DoorPage texts={texts} title={t('desk.reset.sent.title')} back={doorPath}>
        <Notice kind="done" role="status">
          <p>{t('desk.reset.sent')}</p>
        </Notice>
        <p>{t('desk.reset.sent.none')}</p>
      </DoorPage>
    )
  return (
    <DoorPage
      texts={texts}
      title={t('desk.reset.title')}
      errors={problem === undefined ? [] : [{ field: 'email', text: problem }]}
      back={doorPath}
    >
      <p>{t('desk.reset.lead')}</p>
      <form action={resetPath} method="post">
        <Field
          t={texts.translators.pl}
          name="email"
          label={t('desk.signIn.email')}
          type="email"
          autocomplete="username"
          maxLength={254}
          error={problem}
        />
        <div class="next">
          <Button>{t('desk.reset.button')}</Button>
        </div>
      </form>
    </DoorPage>
  )
}
