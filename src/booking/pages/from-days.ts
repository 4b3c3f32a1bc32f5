import { isPublicHoliday } from '../../institution/holidays'
import { addDays, type Day, weekday } from '../../platform/zone'
import { escapeHtml } from '../../ui/html'
import type { PageContext } from './page-context'
import { shortDay } from './visit-words'

/** Days on which a branch may have times: all days for the one with desks round the clock. */
export interface OpenDays {
  first: Day
  last: Day
  everyDay: boolean
}

const isWorkingDay = (day: Day): boolean => weekday(day) <= 5 && !isPublicHoliday(day)

/** The days from `first` to `last` that one can start looking from. */
export const openDays = ({ first, last, everyDay }: OpenDays): Day[] => {
  const days: Day[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) if (everyDay || isWorkingDay(day)) days.push(day)
  return days
}

/** The day on which the horizon, moving on by a day each day, brings the next times. */
export const nextOpening = ({ first, last, everyDay }: OpenDays): Day => {
  let days = 1
  while (!everyDay && !isWorkingDay(addDays(last, days))) days += 1
  return addDays(first, days)
}

// The same for everybody for a whole day, and some forty days in words.
const made = new Map<string, readonly { day: Day; html: string }[]>()
const keptLists = 50

const optionsOf = (page: PageContext, open: OpenDays): readonly { day: Day; html: string }[] => {
  const key = `${page.language} ${open.first} ${open.last} ${open.everyDay}`
  const known = made.get(key)
  if (known) return known
  const options = openDays(open).map((day) => ({ day, html: `>${escapeHtml(shortDay(page, day))}</option>` }))
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
