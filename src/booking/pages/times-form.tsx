import type { ComponentChildren } from 'preact'
import { dayOf } from '../../platform/zone'
import { Button, LinkButton } from '../../ui/button'
import { HiddenFields } from '../../ui/hidden-fields'
import { Icon } from '../../ui/icons'
import { Select } from '../../ui/field'
import { PhoneText } from '../../ui/phone-text'
import type { OfferedTimes } from '../offer-times'
import { fromDayOptions, nextOpening, type OpenDays } from './from-days'
import { linkTo, type PageContext } from './page-context'
import { timesGridHtml } from './times-grid'
import { dateOf, dayAndTime } from './visit-words'

export interface TimesFormProps {
  page: PageContext
  offered: OfferedTimes
  open: OpenDays
  /** The day from which times are shown. */
  from: string
  /** The first free time before the shown days, when there is none from them on. */
  earlierFree: Date | null
  /** This page for another day, without language prefix. */
  pathFrom: (day: string) => string
  /** What the form for another day carries along besides `od`. */
  fromFields: Readonly<Record<string, string | undefined>>
  fromError?: string | undefined
  /** Where the chosen time goes, without language prefix. */
  action: string
  method: 'get' | 'post'
  actionFields: Readonly<Record<string, string | undefined>>
  /** What to do when there is no time at all. */
  nothingLeft: ComponentChildren
}

/** Times of a branch and topic: from which day, days with their hours, further days. */
export const TimesForm = (props: TimesFormProps) => {
  const { page, offered, open, from, fromFields, fromError } = props
  const { t } = page.t
  const { firstFree } = offered
  const anyFree = offered.days.some(({ times }) => times.some(({ free }) => free))
  return (
    <>
      <form class="from" action={linkTo(page, pathOf(page))} method="get">
        <HiddenFields values={fromFields} />
        <Select
          t={page.t}
          name="od"
          label={t('times.from.label')}
          error={fromError}
          optionsHtml={fromDayOptions(page, open, from)}
        />
        <Button kind="second">{t('times.from.button')}</Button>
      </form>
      {firstFree && anyFree && <p>{t('times.first', dayAndTime(page, firstFree))}</p>}
      {anyFree ? <DaysForm {...props} /> : <NoTimes {...props} />}
    </>
  )
}

const pathOf = (page: PageContext): string => page.path.split('?')[0] ?? page.path

const DaysForm = ({ page, offered, action, method, actionFields, pathFrom }: TimesFormProps) => {
  const { t } = page.t
  return (
    <form action={linkTo(page, action)} method={method}>
      <HiddenFields values={actionFields} />
      <div class="days" dangerouslySetInnerHTML={{ __html: timesGridHtml(page, offered.days) }} />
      <OtherDays page={page} offered={offered} pathFrom={pathFrom} />
      <p class="muted small">{t('ui.polishTime')}</p>
      <div class="btns next">
        <Button>{t('times.button')}</Button>
      </div>
    </form>
  )
}

const OtherDays = ({ page, offered, pathFrom }: Pick<TimesFormProps, 'page' | 'offered' | 'pathFrom'>) => {
  const { t } = page.t
  const { previousFrom, nextFrom } = offered
  return previousFrom === null && nextFrom === null ? null : (
    <p class="pages">
      {previousFrom !== null && <a href={linkTo(page, pathFrom(previousFrom))}>{t('times.previous')}</a>}
      {nextFrom !== null && <a href={linkTo(page, pathFrom(nextFrom))}>{t('times.next')}</a>}
    </p>
  )
}

const NoTimes = (props: TimesFormProps) => {
  const { page, offered, open, earlierFree, pathFrom, nothingLeft } = props
  const { t } = page.t
  const free = offered.firstFree ?? earlierFree
  if (free) {
    const day = dayOf(free, page.directory.institution.timeZone)
    return (
      <div class="none">
        <Icon name="calendar" size={40} />
        <h2>{t('times.noneHere.title')}</h2>
        <p>{t('times.noneHere.body', dayAndTime(page, free))}</p>
        <div class="btns">
          <LinkButton href={linkTo(page, pathFrom(day))}>
            {t('times.noneHere.button', { dateWords: dateOf(page, day) })}
          </LinkButton>
        </div>
      </div>
    )
  }
  return (
    <div class="none">
      <Icon name="calendar" size={40} />
      <h2>{t('times.none.title', { dateWords: dateOf(page, offered.lastDay) })}</h2>
      <p>{t('times.none.body', { nextDateWords: dateOf(page, nextOpening(open)) })}</p>
      <p>{t('times.none.returned')}</p>
      <p>
        <PhoneText language={page.language} text={t('times.none.other')} />
      </p>
      {nothingLeft}
    </div>
  )
}
