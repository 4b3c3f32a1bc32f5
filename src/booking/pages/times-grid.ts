import { escapeHtml } from '../../ui/html'
import type { OfferedTimes } from '../offer-times'
import type { PageContext } from './page-context'
import { buttonTime, headingOf } from './visit-words'

type OfferedDay = OfferedTimes['days'][number]

/** The id of the first time that can be chosen: what an error summary leads to. */
export const firstTimeId = 'czas'

/** An instant as a form sends it: '2026-12-29T08:25Z'. */
export const instantValue = (instant: Date): string => `${instant.toISOString().slice(0, 16)}Z`

/** The instant (of this century) that a form or address names; undefined for anything else. */
export const instantFrom = (text: string | undefined): Date | undefined => {
  if (text === undefined || !/^20\d\d-\d\d-\d\dT\d\d:\d\dZ$/.test(text)) return undefined
  const instant = new Date(text)
  return Number.isNaN(instant.getTime()) ? undefined : instant
}

/**
 * Days as headings, hours as choices; what is taken has no input. Put together as text: this is the most
 * visited page, and its some sixty elements would otherwise be most of its cost.
 */
export const timesGridHtml = (page: PageContext, days: readonly OfferedDay[]): string => {
  const { t } = page.t
  const taken = escapeHtml(t('times.taken'))
  let count = 0
  const hour = ({ startsAt, free }: OfferedDay['times'][number]): string => {
    const time = buttonTime(page, startsAt)
    if (!free)
      return `<div class="hour"><span class="taken"><b>${time}</b><small>${taken}</small></span></div>`
    const id = count === 0 ? firstTimeId : `${firstTimeId}${count}`
    count += 1
    return `<div class="hour"><input type="radio" name="start" value="${instantValue(startsAt)}" id="${id}"><label for="${id}">${time}</label></div>`
  }
  return days
    .map(({ day, times }) => {
      const free = times.filter((time) => time.free).length
      const words = free === 0 ? t('times.dayFull') : t('times.dayCount', { n: free })
      return `<fieldset class="day"><legend>${escapeHtml(headingOf(page, day))}<span>${escapeHtml(words)}</span></legend><div class="hours">${times.map(hour).join('')}</div></fieldset>`
    })
    .join('')
}
