import { countryName } from '../../institution/countries'
import { formatPostalCode } from '../../institution/postal-code'
import { Aside } from '../../ui/aside'
import { type SummaryRow, SummaryList } from '../../ui/summary-list'
import { type Journey, journeyPath } from './journey'
import { linkTo, type PageContext } from './page-context'
import { timeRange } from './visit-words'

/** The choices so far, each with a way back to it. */
export const choiceRows = (
  page: PageContext,
  journey: Journey,
  time?: { startsAt: Date; endsAt: Date },
): SummaryRow[] => {
  const { t } = page.t
  const { topic, branch, postalCode, country } = journey
  return [
    ...(topic
      ? [
          {
            term: t('review.topic'),
            value: topic.texts[page.language].name,
            change: linkTo(page, journeyPath.topic(journey)),
          },
        ]
      : []),
    ...(country === undefined
      ? []
      : [
          {
            term: t('country.label'),
            value: countryName(country, page.language),
            change: linkTo(page, journeyPath.country(journey)),
          },
        ]),
    ...(branch
      ? [
          {
            term: t('review.branch'),
            value: branch.name,
            change: linkTo(page, journeyPath.branchList(journey)),
          },
        ]
      : postalCode !== undefined
        ? [
            {
              term: t('postal.label'),
              value: formatPostalCode(postalCode),
              change: linkTo(page, journeyPath.postalCode(journey)),
            },
          ]
        : []),
    ...(time
      ? [
          {
            term: t('review.time'),
            value: timeRange(page, time),
            change: linkTo(page, journeyPath.times(journey)),
          },
        ]
      : []),
  ]
}

/** 'Twoja e-wizyta' beside the question. */
export const ChoicesAside = ({
  page,
  journey,
  time,
}: {
  page: PageContext
  journey: Journey
  time?: { startsAt: Date; endsAt: Date }
}) => (
  <Aside title={page.t.t('aside.title')}>
    <SummaryList t={page.t} rows={choiceRows(page, journey, time)} />
  </Aside>
)
