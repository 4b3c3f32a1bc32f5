import type { VNode } from 'preact'
import type { Directory } from '../../institution/directory'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'
import { Button } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { isStaffRole } from '../staff'

export interface SignInError {
  reason: 'empty' | 'wrong' | 'locked'
  minutes?: number
}

/** Accounts of a demonstration, with the one password that all of them have. */
export interface SampleAccounts {
  accounts: readonly { email: string; name: string; role: string; branch: string }[]
  password: string
}

export interface SignInForm {
  /** Where signing in leads; undefined: to where the person's role begins. */
  next: string | undefined
  email?: string
  error?: SignInError
  /** Set when the last session ended for want of activity. */
  idleMinutes: number | null
}

interface SignInPageServices {
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
  samples: SampleAccounts | undefined
}

/** Name of the password field; the shared field takes no secrets. */
const passwordField = 'password'

/** The staff's door: e-mail and password. In a demonstration it shows the sample accounts. */
export const signInPage = (
  services: SignInPageServices,
  { next, email, error, idleMinutes }: SignInForm,
): VNode => {
  const { t } = services.staffTexts
  const texts = services.translators.pl
  const title = t('desk.signIn.title')
  return (
    <PublicFrame
      t={texts}
      language="pl"
      path="/pracownik"
      title={title}
      error={error !== undefined}
      aside={services.samples && <Samples {...services} samples={services.samples} />}
    >
      {error && <ErrorSummary t={texts} errors={[{ field: 'email', text: errorText(t, error) }]} />}
      <p class="step">{t('desk.title')}</p>
      <h1 class="q">{title}</h1>
      {idleMinutes !== null && (
        <Notice role="status">
          <p>{t('desk.signedOut.idle', { n: idleMinutes })}</p>
        </Notice>
      )}
      <form action="/pracownik" method="post">
        {next !== undefined && <input type="hidden" name="dalej" value={next} />}
        <Field
          t={texts}
          name="email"
          label={t('desk.signIn.email')}
          type="email"
          autocomplete="username"
          value={email}
          maxLength={254}
        />
        <div class="field">
          <label for={passwordField}>{t('desk.signIn.password')}</label>
          <input
            class="in"
            id={passwordField}
            name={passwordField}
            type="password"
            autocomplete="current-password"
          />
        </div>
        <div class="next">
          <Button>{t('desk.signIn.title')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}

const errorText = (t: StaffTranslator['t'], { reason, minutes = 1 }: SignInError): string => {
  if (reason === 'empty') return t('desk.signIn.error.empty')
  return reason === 'locked' ? t('desk.signIn.locked', { n: minutes }) : t('desk.signIn.error')
}

const Samples = ({
  staffTexts: { t },
  directory,
  samples,
}: SignInPageServices & { samples: SampleAccounts }) => (
  <aside class="aside" aria-labelledby="sample-accounts">
    <div class="box">
      <h2 id="sample-accounts">{t('demo.signIn.title')}</h2>
      <p>{t('demo.signIn.body')}</p>
      {samples.accounts.map(({ email, name, role, branch }) => (
        <p key={email}>
          <b>{name}</b>
          <br />
          {isStaffRole(role) && t(`admin.role.${role}`)},{' '}
          {directory.branchByCode(branch)?.name ?? t('demo.signIn.allBranches')}
          <br />
          <span class="nowrap">{email}</span>
        </p>
      ))}
      <p>
        {t('demo.signIn.password')}: <b class="nowrap">{samples.password}</b>
      </p>
    </div>
  </aside>
)
