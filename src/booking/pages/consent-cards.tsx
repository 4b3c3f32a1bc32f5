import type { TextKey } from '../../texts/catalogue'
import { errorOf, type FormError } from '../../ui/error-summary'
import { FieldError } from '../../ui/field'
import { CheckCard } from '../../ui/pick-card'
import { type AskedConsent, type ConsentKind, consentLabel } from '../consents'
import { withQuery } from './address'
import { linkTo, type PageContext } from './page-context'

interface ConsentWords {
  hint?: TextKey
  missing: TextKey
  link?: { key: TextKey; path: string }
}

/** What is said about a consent, its full text, and what is said when a required one is missing. */
export const consentWords = ({ kind, label, required }: AskedConsent): ConsentWords => {
  switch (kind) {
    case 'privacy':
      return {
        missing:
          label === 'consent.privacy.acknowledge.label'
            ? 'consent.privacy.acknowledge.error.missing'
            : 'consent.privacy.error.missing',
        link: { key: 'consent.privacy.link', path: '/dane-osobowe' },
      }
    case 'recording':
      return {
        hint: `consent.recording.${required ? 'required' : 'optional'}.hint`,
        missing: 'consent.recording.error.missing',
        link: { key: 'consent.recording.link', path: '/nagrywanie' },
      }
    case 'guardian':
      return { missing: 'consent.guardian.error.missing' }
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
      const { hint, link } = consentWords(consent)
      const id = consentField(kind)
      const error = errorOf(errors, id)
      return (
        <div key={kind} class={error === undefined ? 'field' : 'field field-bad'}>
          {error !== undefined && <FieldError id={`${id}-e`} prefix={t('ui.errorPrefix')} text={error} />}
          <CheckCard
            id={id}
            name={id}
            value={version}
            label={consentLabel(page.directory, consent, page.t)}
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
