import type { VNode } from 'preact'
import { countryName } from '../../institution/countries'
import type { Branch, Topic } from '../../institution/directory'
import { formatPostalCode } from '../../institution/postal-code'
import { Button, LinkButton } from '../../ui/button'
import { ErrorSummary, errorOf } from '../../ui/error-summary'
import { Select } from '../../ui/field'
import { PublicFrame } from '../../ui/frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { escapeHtml } from '../../ui/html'
import { ChoicesAside } from './choices-aside'
import { type Journey, journeyFields, journeyPath } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'

type TopicChosen = Journey & { topic: Topic }

/** The branch that serves the postal code or the country; it can be changed. */
export const branchFoundPage = (page: PageContext, journey: TopicChosen, branch: Branch): VNode => {
  const { t } = page.t
  const title = t('branch.found.title')
  return (
    <PublicFrame
      {...frameOf(page)}
      title={title}
      back={journeyPath.place(journey)}
      step={2}
      aside={<ChoicesAside page={page} journey={{ ...journey, branch: undefined }} />}
    >
      <h1 class="q">{title}</h1>
      <p>
        {journey.country === undefined
          ? t('branch.found.body', { code: formatPostalCode(journey.postalCode ?? '') })
          : t('branch.found.country', { country: countryName(journey.country, page.language) })}
      </p>
      <div class="place">
        <h2>{branch.name}</h2>
        <BranchAddress branch={branch} />
        <p class="small muted">{t('branch.found.remote')}</p>
      </div>
      <p class="muted">{t('branch.found.note')}</p>
      <div class="btns next">
        <LinkButton href={linkTo(page, journeyPath.times({ ...journey, branch }))}>
          {t('branch.found.continue')}
        </LinkButton>
        <LinkButton kind="quiet" href={linkTo(page, journeyPath.branchList(journey))}>
          {t('branch.found.change')}
        </LinkButton>
      </div>
    </PublicFrame>
  )
}

/** Only what is known: an address that we do not have is left out. */
const BranchAddress = ({ branch: { address, postalCode, city } }: { branch: Branch }) =>
  address === null ? null : (
    <p>
      {address}
      <br />
      {postalCode} {city}
    </p>
  )

/** No branch serves this code: say so, offer the list. */
export const branchUnknownPage = (
  page: PageContext,
  journey: TopicChosen & { postalCode: string },
): VNode => {
  const { t } = page.t
  const title = t('branch.notFound.title', { code: formatPostalCode(journey.postalCode) })
  return (
    <PublicFrame
      {...frameOf(page)}
      title={title}
      back={journeyPath.postalCode(journey)}
      step={2}
      aside={<ChoicesAside page={page} journey={{ ...journey, branch: undefined }} />}
    >
      <h1 class="q">{title}</h1>
      <p>{t('branch.notFound.body')}</p>
      <div class="btns next">
        <LinkButton href={linkTo(page, journeyPath.branchList(journey))}>
          {t('branch.notFound.list')}
        </LinkButton>
        <LinkButton kind="quiet" href={linkTo(page, journeyPath.postalCode(journey))}>
          {t('branch.notFound.again')}
        </LinkButton>
      </div>
    </PublicFrame>
  )
}

/** All branches, by city; a list in which typing finds the city. */
export const branchListPage = (page: PageContext, journey: TopicChosen, mistake = false): VNode => {
  const { t } = page.t
  const { branches } = page.directory
  const { temat, kod, kraj, z } = journeyFields(journey)
  const title = t('branch.choose.title')
  const errors = mistake ? [{ field: 'oddzial', text: t('branch.choose.error.empty') }] : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={title}
      error={mistake}
      back={journeyPath.place(journey)}
      step={2}
      aside={<ChoicesAside page={page} journey={{ ...journey, branch: undefined }} />}
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{title}</h1>
      <form action={linkTo(page, '/termin')} method="get">
        <HiddenFields values={{ temat, kod, kraj, z }} />
        <Select
          t={page.t}
          name="oddzial"
          label={t('review.branch')}
          hint={t('branch.choose.hint', { n: branches.length })}
          error={errorOf(errors, 'oddzial')}
          optionsHtml={branchOptions(branches, journey.branch?.code)}
        />
        <div class="btns next">
          <Button>{t('branch.found.continue')}</Button>
        </div>
      </form>
    </PublicFrame>
  )
}

const branchOptions = (branches: readonly Branch[], chosen: string | undefined): string =>
  `<option value=""></option>${branches
    .map(({ code, city, name }) => {
      const selected = code === chosen ? ' selected' : ''
      return `<option value="${escapeHtml(code)}"${selected}>${escapeHtml(`${city} – ${name}`)}</option>`
    })
    .join('')}`
