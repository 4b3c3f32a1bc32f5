import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import { LinkButton } from '../../ui/button'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { PublicFrame } from '../../ui/frame'
import { ChangeLink } from '../../ui/summary-list'
import type { OfferedTimes } from '../offer-times'
import type { OpenDays } from './from-days'
import { type Journey, journeyFields, journeyPath } from './journey'
import { frameOf, linkTo, type PageContext } from './page-context'
import { TimesForm } from './times-form'
import { firstTimeId } from './times-grid'
import { dateOf, dayAndTime } from './visit-words'

export type TimesMistake = { kind: 'empty' } | { kind: 'taken'; startsAt: Date } | { kind: 'outOfRange' }

export interface TimesPageProps {
  journey: Journey & { topic: Topic; branch: Branch }
  offered: OfferedTimes
  open: OpenDays
  from: string
  earlierFree: Date | null
  mistake?: TimesMistake
}

/** Free and taken times of a branch for a topic. */
export const timesPage = (page: PageContext, props: TimesPageProps): VNode => {
  const { t } = page.t
  const { journey, offered, open, from, mistake } = props
  const { topic, branch } = journey
  const errors = mistake ? [mistakeInWords(page, mistake, open)] : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('times.title')}
      error={errors.length > 0}
      back={
        journey.postalCode === undefined && journey.country === undefined
          ? journeyPath.branchList(journey)
          : journeyPath.branchFound(journey)
      }
      step={3}
      wide
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('times.title')}</h1>
      <ul class="picked">
        <li>
          <span>{branch.name}</span>
          <ChangeLink t={t} href={linkTo(page, journeyPath.branchList(journey))} what={t('review.branch')} />
        </li>
        <li>
          <span>{topic.texts[page.language].name}</span>
          <ChangeLink t={t} href={linkTo(page, journeyPath.topic(journey))} what={t('review.topic')} />
        </li>
      </ul>
      <TimesForm
        page={page}
        offered={offered}
        open={open}
        from={from}
        earlierFree={props.earlierFree}
        pathFrom={(day) => journeyPath.times(journey, { od: day })}
        fromFields={journeyFields(journey)}
        fromError={mistake?.kind === 'outOfRange' ? errors[0]?.text : undefined}
        action="/termin"
        method="post"
        actionFields={{ ...journeyFields(journey), od: from }}
        nothingLeft={
          <div class="btns">
            <LinkButton href={linkTo(page, journeyPath.topic(journey))}>{t('times.none.topic')}</LinkButton>
            <LinkButton kind="second" href={linkTo(page, journeyPath.branchList(journey))}>
              {t('branch.found.change')}
            </LinkButton>
          </div>
        }
      />
    </PublicFrame>
  )
}

const mistakeInWords = (page: PageContext, mistake: TimesMistake, open: OpenDays): FormError => {
  const { t } = page.t
  switch (mistake.kind) {
    case 'empty':
      return { field: firstTimeId, text: t('times.error.empty') }
    case 'taken':
      return { field: firstTimeId, text: t('times.error.taken', dayAndTime(page, mistake.startsAt)) }
    case 'outOfRange':
      return {
        field: 'od',
        text: t('times.from.error', { first: dateOf(page, open.first), last: dateOf(page, open.last) }),
      }
  }
}
