import type { VNode } from 'preact'
import type { Directory } from '../../institution/directory'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'
import { Button, LinkButton } from '../../ui/button'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { resetPath } from '../door-paths'
import { withNext } from '../next-page'
import { oidcPaths } from '../oidc/oidc-paths'
import { isStaffRole } from '../staff'
import { doorPath } from '../staff-session'

type ProviderTrouble = 'down' | 'failed' | 'role' | 'branch' | 'claims' | 'email' | 'closed'

export interface SignInError {
  reason: 'empty' | 'wrong' | 'locked' | 'off' | `provider.${ProviderTrouble}`
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
  /** A new password was set just now. */
  passwordSet?: boolean
}

interface SignInPageServices {
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
  samples: SampleAccounts | undefined
  /** Local accounts may sign in with their password. */
  passwords: boolean
  hasProvider: boolean
}

/** Name of the password field; the shared field takes no secrets. */
const passwordField = 'password'

/** The staff's door: the identity provider, or e-mail and password. In a demonstration it shows the sample accounts. */
export const signInPage = (
  services: SignInPageServices,
  { next, email, error, idleMinutes, passwordSet = false }: SignInForm,
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
      {error && <ErrorSummary t={texts} errors={[formError(t, error)]} />}
      <p class="step">{t('desk.title')}</p>
      <h1 class="q">{title}</h1>
      {idleMinutes !== null && (
        <Notice role="status">
          <p>{t('desk.signedOut.idle', { n: idleMinutes })}</p>
        </Notice>
      )}
      {passwordSet && (
        <Notice kind="done" role="status">
          <p>{t('desk.signIn.passwordSet')}</p>
        </Notice>
      )}
      {services.hasProvider && (
        <p class="next">
          <LinkButton href={withNext(oidcPaths.start, next)} kind={services.passwords ? 'second' : 'first'}>
            {t('desk.signIn.oidc')}
          </LinkButton>
        </p>
      )}
      {services.passwords && services.hasProvider && <p class="or">{t('desk.signIn.or')}</p>}
      {services.passwords && <PasswordForm services={services} next={next} email={email} />}
    </PublicFrame>
  )
}

const PasswordForm = ({
  services: { staffTexts, translators },
  next,
  email,
}: {
  services: SignInPageServices
  next: string | undefined
  email: string | undefined
}) => {
  const { t } = staffTexts
  return (
    <>
      <form action={doorPath} method="post">
        {next !== undefined && <input type="hidden" name="dalej" value={next} />}
        <Field
          t={translators.pl}
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
      <p class="next">
        <a href={resetPath}>{t('desk.signIn.forgot')}</a>
      </p>
    </>
  )
}

/** What concerns the provider or the whole door stands at no field. */
const formError = (t: StaffTranslator['t'], { reason, minutes = 1 }: SignInError): FormError => {
  if (reason === 'empty') return { field: 'email', text: t('desk.signIn.error.empty') }
  if (reason === 'locked') return { field: 'email', text: t('desk.signIn.locked', { n: minutes }) }
  if (reason === 'wrong') return { field: 'email', text: t('desk.signIn.error') }
  return { text: t(`desk.signIn.${reason}`) }
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
