import type { VNode } from 'preact'
import type { Topic } from '../../institution/directory'
import { formatPostalCode } from '../../institution/postal-code'
import type { TextKey } from '../../texts/catalogue'
import { Button } from '../../ui/button'
import { ErrorSummary, errorOf } from '../../ui/error-summary'
import { Field } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { ChoicesAside } from './choices-aside'
import { type Journey, journeyFields, journeyPath } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'

export interface PostalMistake {
  key: Extract<TextKey, `postal.error.${string}`>
  typed: string
}

/** The postal code of the home or of the firm, as the topic decides. */
export const postalPage = (
  page: PageContext,
  journey: Journey & { topic: Topic },
  mistake?: PostalMistake,
): VNode => {
  const { t } = page.t
  const { topic, postalCode } = journey
  const { temat, z } = journeyFields(journey)
  const title = t(`postal.${topic.addressOf}.title`)
  const errors = mistake ? [{ field: 'kod', text: t(mistake.key) }] : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={title}
      error={errors.length > 0}
      back={journeyPath.topic(journey)}
      step={2}
      aside={<ChoicesAside page={page} journey={{ ...journey, branch: undefined, postalCode: undefined }} />}
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{title}</h1>
      <form action={linkTo(page, '/oddzial')} method="get">
        <HiddenFields values={{ temat, z }} />
        <Field
          t={page.t}
          name="kod"
          label={t('postal.label')}
          hint={t(`postal.${topic.addressOf}.hint`)}
          error={errorOf(errors, 'kod')}
          value={mistake?.typed ?? (postalCode === undefined ? undefined : formatPostalCode(postalCode))}
          autocomplete="postal-code"
          maxLength={12}
          code
        />
        <p>
          <a href={linkTo(page, journeyPath.branchList({ ...journey, postalCode: undefined }))}>
            {t('postal.abroad')}
          </a>
        </p>
        <div class="btns next">
          <Button>{t('postal.button')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}
