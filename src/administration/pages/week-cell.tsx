import type { WeekCell, WeekDesk, WeekSeat, WeekWindow } from '../../institution/schedule/read-week'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { dayAndMonth, weekdayName } from '../../platform/i18n/dates'
import { instantAt, weekday } from '../../platform/zone'
import { Icon } from '../../ui/icons'
import { planAddress } from '../plan-address'
import type { ShownWeek } from './shown-week'

/** '09:00' as people read it: '9:00'. */
export const shortTime = (time: string): string => time.replace(/^0/, '')

interface CellProps {
  page: StaffPage
  shown: ShownWeek
  desk: WeekDesk
  cell: WeekCell
  /** Why the whole day is closed. */
  closed: string | null
}

/** What a desk does on a day: its windows, each with its seats, and what is closed of it. */
export const DeskCell = ({ page, shown, desk, cell, closed }: CellProps) => {
  const { t } = page.staffTexts
  const { branch, monday, chosen } = shown
  const isChosenHere = chosen.deskId === desk.id && chosen.day === cell.day
  const outside = cell.seats.filter((seat) => !cell.windows.some((window) => isIn(shown, cell, window, seat)))
  return (
    <div class="cell">
      {cell.windows.map((window) => (
        <Window key={window.id} page={page} shown={shown} desk={desk} cell={cell} window={window} />
      ))}
      {cell.closures
        .filter(({ hours, deskId }) => hours !== null || deskId !== null)
        .map(({ id, hours, reason }) => (
          <span key={id} class="note-closed">
            {hours ? `${shortTime(hours[0])}–${shortTime(hours[1])}: ${reason}` : reason}
          </span>
        ))}
      {closed !== null && <span class="note-closed">{closed}</span>}
      {outside.length > 0 && <Count page={page} seats={outside} />}
      {cell.windows.length === 0 && desk.active && cell.day >= shown.today && (
        <a
          class="win win-none"
          href={planAddress(branch, monday, { okno: 'nowe', stanowisko: String(desk.id), dzien: cell.day })}
          aria-current={isChosenHere ? 'true' : undefined}
          aria-label={`${t('plan.window.add')}: ${nameOf(desk, cell)}`}
        >
          <Icon name="plus" size={18} />
          {t('plan.window.add')}
        </a>
      )}
    </div>
  )
}

const nameOf = (desk: WeekDesk, { day }: WeekCell) =>
  `${desk.name}, ${weekdayName(day, 'pl')}, ${dayAndMonth(day, 'pl')}`

const isIn = ({ timeZone }: ShownWeek, { day }: WeekCell, window: WeekWindow, { startsAt }: WeekSeat) =>
  instantAt(day, window.opens, timeZone) <= startsAt && startsAt < instantAt(day, window.closes, timeZone)

const Window = ({ page, shown, desk, cell, window }: Omit<CellProps, 'closed'> & { window: WeekWindow }) => {
  const { branch, monday, chosen, timeZone } = shown
  const seats = cell.seats.filter((seat) => isIn(shown, cell, window, seat))
  const breaks = window.breaks.map(([from]) => instantAt(cell.day, from, timeZone))
  return (
    <a
      class="win"
      href={planAddress(branch, monday, { okno: String(window.id), dzien: cell.day })}
      aria-current={chosen.windowId === window.id && chosen.day === cell.day ? 'true' : undefined}
      data-desk={desk.name}
      data-weekday={weekday(cell.day)}
    >
      <span class="hide">{nameOf(desk, cell)}: </span>
      <b>
        {shortTime(window.opens)}–{shortTime(window.closes)}
      </b>
      <span class="seats-line" aria-hidden="true">
        {seats.map((seat, n) => (
          <>
            {breaks.some(
              (at) => at <= seat.startsAt && n > 0 && (seats[n - 1] as WeekSeat).startsAt < at,
            ) && <i class="pause" />}
            <i class={classOf(seat)} />
          </>
        ))}
      </span>
      <Count page={page} seats={seats} />
    </a>
  )
}

const classOf = ({ isTaken, isWithdrawn }: WeekSeat) => (isWithdrawn ? 'w' : isTaken ? 'k' : undefined)

const Count = ({ page, seats }: { page: StaffPage; seats: readonly WeekSeat[] }) => {
  const { t } = page.staffTexts
  const withdrawn = seats.filter(({ isWithdrawn }) => isWithdrawn).length
  const standing = seats.filter(({ isWithdrawn }) => !isWithdrawn)
  const taken = standing.filter(({ isTaken }) => isTaken).length
  return (
    <>
      {standing.length > 0 && <span>{t('plan.taken', { taken, all: standing.length })}</span>}
      {withdrawn > 0 && <span class="tag tag-wait">{t('plan.withdrawn', { n: withdrawn })}</span>}
      {seats.length === 0 && <span class="muted">{t('plan.total.none')}</span>}
    </>
  )
}
