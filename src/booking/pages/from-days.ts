import { isPublicHoliday } from '../../institution/holidays'
import { opensOn, type OpenWindow } from '../../institution/seat-plan'
import { addDays, type Day } from '../../platform/zone'
import { escapeHtml } from '../../ui/html'
import type { PageContext } from './page-context'
import { shortDay } from './visit-words'

/** From and to when a branch may have times of a topic, and the windows of the desks that serve it. */
export interface OpenDays {
  first: Day
  last: Day
  windows: readonly OpenWindow[]
}

const isOpen = ({ windows }: OpenDays, day: Day): boolean =>
  windows.some((window) => opensOn(window, day, isPublicHoliday(day)))

/** The days from `first` to `last` that one can start looking from. */
export const openDays = (open: OpenDays): Day[] => {
  const days: Day[] = []
  for (let day = open.first; day <= open.last; day = addDays(day, 1)) if (isOpen(open, day)) days.push(day)
  return days
}

/** A desk that opens on any day of the week does so within this many. */
const farthest = 366

/** The day on which the horizon, moving on by a day each day, brings the next times. */
export const nextOpening = (open: OpenDays): Day => {
  const { first, last } = open
  let days = 1
  while (days < farthest && !isOpen(open, addDays(last, days))) days += 1
  return addDays(first, isOpen(open, addDays(last, days)) ? days : 1)
}

// The same for everybody for a whole day, and some forty days in words.
const made = new Map<string, readonly { day: Day; html: string }[]>()
const keptLists = 50

const optionsOf = (page: PageContext, open: OpenDays): readonly { day: Day; html: string }[] => {
  const key = `${page.language} ${open.first} ${open.last} ${JSON.stringify(open.windows)}`
  const known = made.get(key)
  if (known) return known
  const days = openDays(open)
  // Where nothing ever opens the page says so below
  const options = (days.length > 0 ? days : [open.first]).map((day) => ({
    day,
    html: `>${escapeHtml(shortDay(page, day))}</option>`,
  }))
  if (made.size >= keptLists) made.clear()
  made.set(key, options)
  return options
}

/** The options of 'Terminy od'; `from` is chosen, also when it is not an open day itself. */
export const fromDayOptions = (page: PageContext, open: OpenDays, from: Day): string => {
  const options = optionsOf(page, open)
  const chosen = (options.find(({ day }) => day >= from) ?? options.at(-1))?.day
  return options
    .map(({ day, html }) => `<option value="${day}"${day === chosen ? ' selected' : ''}${html}`)
    .join('')
}
