import type { VNode } from 'preact'
import { countryName } from '../../institution/countries'
import { Button, LinkButton } from '../../ui/button'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { PublicFrame } from '../../ui/frame'
import { PhoneText } from '../../ui/phone-text'
import { HiddenFields } from '../../ui/hidden-fields'
import { Notice } from '../../ui/notice'
import { SummaryList } from '../../ui/summary-list'
import type { OfferedTimes } from '../offer-times'
import { withQuery } from './address'
import { AskedNotice } from './asked-notice'
import type { OpenDays } from './from-days'
import { frameOf, linkTo, type PageContext } from './page-context'
import { TimesForm } from './times-form'
import { firstTimeId, instantValue } from './times-grid'
import { dateOf, dayAndTime, dayTime } from './visit-words'
import type { ShownVisit } from './visit-page-context'

export type MoveMistake = 'empty' | 'taken' | 'same' | 'outOfRange'

export interface MovePageProps {
  visit: ShownVisit
  now: Date
  offered: OfferedTimes
  open: OpenDays
  from: string
  earlierFree: Date | null
  mistake?: MoveMistake
}

/** Other times of the same branch and topic; the present one stays until the new one is confirmed. */
export const movePage = (page: PageContext, props: MovePageProps): VNode => {
  const { t } = page.t
  const { visit, offered, open, from, earlierFree, mistake } = props
  const { row, branch, topic, paths } = visit
  const errors = mistake ? [mistakeInWords(page, mistake, props)] : []
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('move.title')}
      error={errors.length > 0}
      back={paths.manage}
      wide
    >
      <ErrorSummary t={page.t} errors={errors} />
      <h1 class="q">{t('move.title')}</h1>
      {row.choose_until ? (
        <AskedNotice page={page} visit={visit} now={props.now} />
      ) : (
        <Notice icon="clock">
          <p>{t('move.current', dayAndTime(page, row.starts_at))}</p>
        </Notice>
      )}
      <ul class="picked">
        {branch && <li>{branch.name}</li>}
        {topic && <li>{topic.texts[page.language].name}</li>}
        {row.country !== null && <li>{countryName(row.country, page.language)}</li>}
      </ul>
      <TimesForm
        page={page}
        offered={offered}
        open={open}
        from={from}
        earlierFree={earlierFree}
        pathFrom={(day) => withQuery(paths.move, { od: day })}
        fromFields={{}}
        fromError={mistake === 'outOfRange' ? errors[0]?.text : undefined}
        action={paths.move}
        method="get"
        actionFields={{ od: from, wybor: 'pusty' }}
        nothingLeft={null}
      />
      <p class="under">
        <a href={linkTo(page, paths.manage)}>{t('move.keep')}</a>
      </p>
    </PublicFrame>
  )
}

const mistakeInWords = (page: PageContext, mistake: MoveMistake, props: MovePageProps): FormError => {
  const { t } = page.t
  const { first, last } = props.open
  switch (mistake) {
    case 'empty':
      return { field: firstTimeId, text: t('times.error.empty') }
    case 'taken':
      return { field: firstTimeId, text: t('move.error.taken', dayAndTime(page, props.visit.row.starts_at)) }
    case 'same':
      return { field: firstTimeId, text: t('move.error.same') }
    case 'outOfRange':
      return {
        field: 'od',
        text: t('times.from.error', { first: dateOf(page, first), last: dateOf(page, last) }),
      }
  }
}

/** Old and new time side by side; only its button moves the visit. */
export const moveConfirmPage = (page: PageContext, visit: ShownVisit, startsAt: Date): VNode => {
  const { t } = page.t
  const { row, paths } = visit
  const title = t('move.confirm.title')
  return (
    <PublicFrame {...frameOf(page)} title={title} back={paths.move}>
      <h1 class="q">{title}</h1>
      <SummaryList
        t={page.t}
        rows={[
          { term: t('move.old'), value: dayTime(page, row.starts_at) },
          { term: t('move.new'), value: <b>{dayTime(page, startsAt)}</b> },
        ]}
      />
      <form action={linkTo(page, paths.move)} method="post">
        <HiddenFields values={{ start: instantValue(startsAt) }} />
        <div class="btns next">
          <Button>{t('move.button')}</Button>
          <LinkButton kind="second" href={linkTo(page, paths.manage)}>
            {t('move.keep')}
          </LinkButton>
        </div>
      </form>
    </PublicFrame>
  )
}

/** The visit has begun: it is too late for another time. */
export const tooLateToMovePage = (page: PageContext, { paths }: ShownVisit): VNode => {
  const { t } = page.t
  return (
    <PublicFrame {...frameOf(page)} title={t('move.title')}>
      <h1 class="q">{t('move.title')}</h1>
      <p>{t('move.error.tooLate')}</p>
      <p>
        <PhoneText language={page.language} text={t('error.phone')} />
      </p>
      <div class="btns next">
        <LinkButton href={linkTo(page, paths.manage)}>{t('manage.title')}</LinkButton>
      </div>
    </PublicFrame>
  )
}
