import type { VNode } from 'preact'
import { byName, countryName } from '../../institution/countries'
import type { Topic } from '../../institution/directory'
import { Button } from '../../ui/button'
import { ErrorSummary, errorOf } from '../../ui/error-summary'
import { Select } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { escapeHtml } from '../../ui/html'
import { ChoicesAside } from './choices-aside'
import { type Journey, journeyFields, journeyPath } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'

/** The country of insurance, for topics in which it decides on the branch; whose country is missing takes the list. */
export const countryPage = (
  page: PageContext,
  journey: Journey & { topic: Topic },
  mistake = false,
): VNode => {
  const { t } = page.t
  const { temat, z } = journeyFields(journey)
  const errors = mistake ? [{ field: 'kraj', text: t('country.error.empty') }] : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('country.title')}
      error={mistake}
      back={journeyPath.topic(journey)}
      step={2}
      aside={<ChoicesAside page={page} journey={{ ...journey, branch: undefined, country: undefined }} />}
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('country.title')}</h1>
      <form action={linkTo(page, '/oddzial')} method="get">
        <HiddenFields values={{ temat, z }} />
        <Select
          t={page.t}
          name="kraj"
          label={t('country.label')}
          hint={t('country.hint')}
          error={errorOf(errors, 'kraj')}
          optionsHtml={countryOptions(page, journey.country)}
        />
        <p>
          <a href={linkTo(page, journeyPath.branchList({ ...journey, country: undefined }))}>
            {t('country.missing')}
          </a>
        </p>
        <div class="btns next">
          <Button>{t('ui.continue')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}

const countryOptions = ({ directory, language }: PageContext, chosen: string | undefined): string =>
  `<option value=""></option>${byName(directory.countries, language)
    .map((country) => {
      const selected = country === chosen ? ' selected' : ''
      return `<option value="${country}"${selected}>${escapeHtml(countryName(country, language))}</option>`
    })
    .join('')}`
