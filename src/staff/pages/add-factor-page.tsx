import type { VNode } from 'preact'
import { encode } from 'uqr'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { HiddenFields } from '../../ui/hidden-fields'
import { Notice } from '../../ui/notice'
import { accountPath, addFactorPath, addPasskeyPaths } from '../door-paths'
import { DoorPage, type DoorTexts } from './door-page'
import { PasskeyForm } from './passkey-form'

export interface AddFactorShown {
  /** Nothing else is open to the person before they have one. */
  first: boolean
  /** A seed for the authenticator app; null when the person has an app already. */
  offer: { seed: string; sealed: string; address: string } | null
  error?: 'wrong' | 'old'
  next: string | undefined
}

/** Adds an authenticator app or a passkey. */
export const addFactorPage = (texts: DoorTexts, { first, offer, error, next }: AddFactorShown): VNode => {
  const { t } = texts.staffTexts
  const problem = error && t(`account.add.totp.error.${error}`)
  return (
    <DoorPage
      texts={texts}
      title={t('account.add.title')}
      step={t(first ? 'desk.signIn.title' : 'account.title')}
      errors={problem === undefined ? [] : [{ field: 'kod', text: problem }]}
      {...(!first && { back: accountPath })}
      passkeys
    >
      {first && (
        <Notice>
          <p>{t('account.add.first')}</p>
        </Notice>
      )}
      <p>{t('account.add.lead')}</p>
      <section class="part">
        <h2>{t('account.add.totp')}</h2>
        {offer ? (
          <form action={addFactorPath} method="post">
            <HiddenFields values={{ dalej: next, oferta: offer.sealed }} />
            <p>{t('account.add.totp.scan')}</p>
            <QrCode text={offer.address} label={t('account.add.totp.qr')} />
            <p>
              {t('account.add.totp.type')}
              <br />
              <b class="seed">{offer.seed.replace(/(.{4})(?=.)/g, '$1 ')}</b>
            </p>
            <Field
              t={texts.translators.pl}
              name="kod"
              label={t('account.add.totp.code')}
              error={problem}
              autocomplete="one-time-code"
              inputMode="numeric"
              maxLength={10}
              code
            />
            <div class="next">
              <Button>{t('account.add.totp.button')}</Button>
            </div>
          </form>
        ) : (
          <p>{t('account.add.totp.has')}</p>
        )}
      </section>
      <section class="part">
        {' '}
        <h2>{t('account.add.passkey')}</h2>
        <p>{t('account.add.passkey.lead')}</p>
        <PasskeyForm
          texts={texts}
          act="add"
          paths={addPasskeyPaths}
          next={next}
          button={t('account.add.passkey.button')}
          kind={offer ? 'second' : 'first'}
          failures={{ failed: t('account.add.passkey.failed'), known: t('account.add.passkey.known') }}
        >
          <Field t={texts.translators.pl} name="nazwa" label={t('account.add.passkey.name')} maxLength={60} />
        </PasskeyForm>
      </section>
    </DoorPage>
  )
}

const border = 4

/** A QR code as one path of squares, on white whatever the page's colours. */
const QrCode = ({ text, label }: { text: string; label: string }) => {
  const { data, size } = encode(text, { ecc: 'M', border })
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg class="qr" role="img" aria-label={label} width="232" height="232" viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={squares.join('')} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}
