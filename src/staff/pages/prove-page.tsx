import type { VNode } from 'preact'
import { Button, LinkButton } from '../../ui/button'
import type { FormError } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { HiddenFields } from '../../ui/hidden-fields'
import { provePasskeyPaths, provePath } from '../door-paths'
import type { Factors } from '../factor/factor-store'
import { oidcPaths } from '../oidc/oidc-paths'
import { DoorPage, type DoorTexts } from './door-page'
import { PasskeyForm } from './passkey-form'
import { SecretField } from './secret-field'

/** What a person can prove themself with. */
export type Means = 'factor' | 'password' | 'provider'

export interface ProveError {
  reason: 'empty' | 'wrong' | 'locked'
  minutes?: number
}

interface Shown {
  means: Means
  factors: Factors
  /** The person is signed in and was only asked again. */
  again: boolean
  next: string | undefined
  error: ProveError | undefined
}

/** Asks for the second factor, or for whatever the person can prove themself with. */
export const provePage = (texts: DoorTexts, shown: Shown): VNode => {
  const { t } = texts.staffTexts
  const { means, factors, again, next } = shown
  const error = errorOf(texts, shown)
  const hasPasskey = means === 'factor' && factors.passkeys.length > 0
  return (
    <DoorPage
      texts={texts}
      title={t('desk.prove.title')}
      step={t('desk.signIn.title')}
      errors={error ? [error] : []}
      passkeys={hasPasskey}
    >
      <p>{t(again ? 'desk.prove.lead.again' : 'desk.prove.lead.signIn')}</p>
      {hasPasskey && (
        <PasskeyForm
          texts={texts}
          act="prove"
          paths={provePasskeyPaths}
          next={next}
          button={t('desk.prove.passkey')}
          kind={factors.totpSince ? 'second' : 'first'}
          failures={{ failed: t('desk.prove.passkey.failed') }}
        />
      )}
      {means === 'provider' ? (
        <p class="next">
          <LinkButton
            href={`${oidcPaths.start}?ponownie=tak${next === undefined ? '' : `&dalej=${encodeURIComponent(next)}`}`}
          >
            {t('desk.prove.provider')}
          </LinkButton>
        </p>
      ) : (
        <form action={provePath} method="post">
          <HiddenFields values={{ dalej: next }} />
          {means === 'password' ? (
            <SecretField
              texts={texts}
              name="haslo"
              label={t('desk.prove.password')}
              error={error?.text}
              autocomplete="current-password"
            />
          ) : (
            <CodeField texts={texts} factors={factors} error={error?.text} />
          )}
          <div class="next">
            <Button kind={hasPasskey && !factors.totpSince ? 'second' : 'first'}>
              {t('desk.prove.button')}
            </Button>
          </div>
        </form>
      )}
      <form action="/pracownik/wyloguj" method="post">
        <Button kind="quiet">{t('desk.prove.other')}</Button>
      </form>
    </DoorPage>
  )
}

/** One field takes a code of the app and a recovery code. */
const CodeField = ({
  texts: { staffTexts, translators },
  factors,
  error,
}: {
  texts: DoorTexts
  factors: Factors
  error: string | undefined
}) => {
  const name = factors.totpSince ? 'desk.prove.code' : 'desk.prove.code.recovery'
  return (
    <Field
      t={translators.pl}
      name="kod"
      label={staffTexts.t(name)}
      hint={staffTexts.t(`${name}.hint`)}
      error={error}
      autocomplete="one-time-code"
      maxLength={40}
      code
    />
  )
}

const errorOf = (
  { staffTexts: { t } }: DoorTexts,
  { means, error }: Shown,
): (FormError & { text: string }) | undefined => {
  if (!error) return undefined
  const isPassword = means === 'password'
  const field = isPassword ? 'haslo' : 'kod'
  if (error.reason === 'locked')
    return {
      field,
      text: t(isPassword ? 'desk.signIn.locked' : 'desk.prove.error.locked', { n: error.minutes ?? 1 }),
    }
  const key = error.reason === 'empty' ? 'empty' : 'wrong'
  return { field, text: t(isPassword ? `desk.prove.error.${key}Password` : `desk.prove.error.${key}`) }
}
