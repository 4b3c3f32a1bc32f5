import type { VNode } from 'preact'
import { Button } from '../../ui/button'
import { errorOf, type FormError } from '../../ui/error-summary'
import { accountPath, ownPasswordPath } from '../door-paths'
import { shortestPassword } from '../password-rule'
import type { Staff } from '../staff'
import { DoorPage, type DoorTexts } from './door-page'
import { SecretField } from './secret-field'

/** A person's own new password; the current one is asked, too. */
export const ownPasswordPage = (
  texts: DoorTexts,
  { me, errors = [] }: { me: Staff; errors?: readonly FormError[] },
): VNode => {
  const { t } = texts.staffTexts
  return (
    <DoorPage
      texts={texts}
      title={t('account.password.change')}
      step={t('account.title')}
      errors={errors}
      back={accountPath}
    >
      <form action={ownPasswordPath} method="post">
        <input hidden type="email" name="email" autocomplete="username" value={me.email} readOnly />
        <SecretField
          texts={texts}
          name="obecne"
          label={t('account.password.current')}
          error={errorOf(errors, 'obecne')}
          autocomplete="current-password"
        />
        <SecretField
          texts={texts}
          name="haslo"
          label={t('desk.password.new')}
          hint={t('desk.password.new.hint', { n: shortestPassword })}
          error={errorOf(errors, 'haslo')}
          autocomplete="new-password"
        />
        <div class="next">
          <Button>{t('account.password.change')}</Button>
        </div>
      </form>
    </DoorPage>
  )
}
