import type { TextKey } from '../../texts/catalogue'
import { errorOf, type FormError } from '../../ui/error-summary'
import { FieldError } from '../../ui/field'
import { CheckCard } from '../../ui/pick-card'
import { type AskedConsent, type ConsentKind, consentLabel } from '../consents'
import { withQuery } from './address'
import { linkTo, type PageContext } from './page-context'

interface ConsentWords {
  label: TextKey
  hint?: TextKey
  missing: TextKey
  link?: { key: TextKey; path: string }
}

/** What a consent says, its full text, and what is said when a required one is missing. */
export const consentWords = (page: PageContext, { kind, required }: AskedConsent): ConsentWords => {
  const { privacyConsent } = page.directory.institution.settings
  switch (kind) {
    case 'privacy':
      return {
        label: `consent.privacy.${privacyConsent}.label`,
        missing:
          privacyConsent === 'acknowledge'
            ? 'consent.privacy.acknowledge.error.missing'
            : 'consent.privacy.error.missing',
        link: { key: 'consent.privacy.link', path: '/dane-osobowe' },
      }
    case 'recording': {
      const need = required ? 'required' : 'optional'
      return {
        label: `consent.recording.${need}.label`,
        hint: `consent.recording.${need}.hint`,
        missing: 'consent.recording.error.missing',
        link: { key: 'consent.recording.link', path: '/nagrywanie' },
      }
    }
    case 'guardian':
      return { label: 'consent.guardian.label', missing: 'consent.guardian.error.missing' }
  }
}

/** Id of a consent's box, and the name under which its text's version is sent when it is ticked. */
export const consentField = (kind: ConsentKind): string => `zgoda-${kind}`

interface ConsentCardsProps {
  page: PageContext
  consents: readonly AskedConsent[]
  ticked: readonly ConsentKind[]
  errors: readonly FormError[]
}

/** A box for each consent, with the way to its full text in the version that is asked for. */
export const ConsentCards = ({ page, consents, ticked, errors }: ConsentCardsProps) => (
  <>
    {consents.map((consent) => {
      const { kind, version, required } = consent
      const { t } = page.t
      const { label, hint, link } = consentWords(page, consent)
      const id = consentField(kind)
      const error = errorOf(errors, id)
      return (
        <div key={kind} class={error === undefined ? 'field' : 'field field-bad'}>
          {error !== undefined && <FieldError id={`${id}-e`} prefix={t('ui.errorPrefix')} text={error} />}
          <CheckCard
            id={id}
            name={id}
            value={version}
            label={consentLabel(page.directory, consent, label, page.t)}
            {...(hint && { hint: t(hint) })}
            must={required}
            checked={ticked.includes(kind)}
            error={error !== undefined}
            {...(error !== undefined && { describedBy: `${id}-e` })}
          />
          {link && (
            <p class="small">
              <a href={linkTo(page, withQuery(link.path, { wersja: version }))}>{t(link.key)}</a>
            </p>
          )}
        </div>
      )
    })}
  </>
)
