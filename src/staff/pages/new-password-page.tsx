import type { VNode } from 'preact'
import { Button, LinkButton } from '../../ui/button'
import { resetPath } from '../door-paths'
import { staffLinkPath } from '../link/staff-link'
import type { StaffLink } from '../link/staff-link-store'
import { longestPassword, type PasswordFault, shortestPassword } from '../password-rule'
import { doorPath } from '../staff-session'
import { DoorPage, type DoorTexts } from './door-page'
import { SecretField } from './secret-field'

/** What is wrong with a new password, in words. */
export const faultText = ({ staffTexts: { t } }: DoorTexts, fault: PasswordFault): string =>
  t(`desk.password.error.${fault}`, { n: fault === 'too_long' ? longestPassword : shortestPassword })

/** Sets the first password of an invited person, or a new one. */
export const newPasswordPage = (
  texts: DoorTexts,
  { link, token, fault }: { link: StaffLink; token: string; fault?: PasswordFault },
): VNode => {
  const { t } = texts.staffTexts
  const { kind, name, email } = link
  const error = fault && faultText(texts, fault)
  return (
    <DoorPage
      texts={texts}
      title={t(kind === 'invitation' ? 'desk.password.invited.title' : 'desk.reset.title')}
      errors={error === undefined ? [] : [{ field: 'haslo', text: error }]}
    >
      <p>
        {kind === 'invitation'
          ? t('desk.password.invited.lead', { name, email })
          : t('desk.password.reset.lead', { email })}
      </p>
      <form action={staffLinkPath(token)} method="post">
        {/* For the browser's own store of passwords */}
        <input hidden type="email" name="email" autocomplete="username" value={email} readOnly />
        <SecretField
          texts={texts}
          name="haslo"
          label={t('desk.password.new')}
          hint={t('desk.password.new.hint', { n: shortestPassword })}
          error={error}
          autocomplete="new-password"
        />
        <div class="next">
          <Button>{t('desk.password.button')}</Button>
        </div>
      </form>
    </DoorPage>
  )
}

/** The link was used, is too old, or is none of ours. */
export const spentLinkPage = (texts: DoorTexts): VNode => {
  const { t } = texts.staffTexts
  return (
    <DoorPage texts={texts} title={t('desk.password.link.title')}>
      <p>{t('desk.password.link')}</p>
      <div class="next">
        <LinkButton href={resetPath}>{t('desk.reset.button')}</LinkButton>
      </div>
      <p>
        <a href={doorPath}>{t('desk.reset.back')}</a>
      </p>
    </DoorPage>
  )
}
