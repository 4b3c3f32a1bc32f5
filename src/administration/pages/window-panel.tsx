import type { WeekDesk, WeekWindow } from '../../institution/schedule/read-week'
import { windowsVersion } from '../../institution/schedule/write-change'
import { dayAndMonth, weekdayName } from '../../platform/i18n/dates'
import { addDays, type Day, weekday } from '../../platform/zone'
import type { StaffPage } from '../../staff/pages/staff-frame'
import type { Branch } from '../../institution/directory'
import { planAddress, windowFormPath } from '../plan-address'
import { listOf, textOf, type Typed } from '../typed'
import { StaffCheck, StaffField } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { shortTime } from './week-cell'

export interface ShownWindow {
  branch: Branch
  monday: Day
  today: Day
  desk: WeekDesk
  day: Day
  /** None: a new one. */
  window: WeekWindow | undefined
  /** For a new window. */
  usual: { visitMinutes: number; bufferMinutes: number }
  /** What was typed into a form that was not accepted. */
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

/** The fields of a window that stands, or of a new one. */
const valuesOf = ({ window, day, today, usual }: ShownWindow): Typed => ({
  od: shortTime(window?.opens ?? '09:00'),
  do: shortTime(window?.closes ?? '14:30'),
  wizyta: String(window?.visitMinutes ?? usual.visitMinutes),
  odstep: String(window?.bufferMinutes ?? usual.bufferMinutes),
  przerwy: window?.breaks.map(([from, to]) => `${shortTime(from)}–${shortTime(to)}`).join(', ') ?? '',
  swieta: window?.onHolidays ? 'tak' : '',
  'obowiazuje-od': day < today ? today : day,
  'obowiazuje-do': window?.validTo ?? '',
})

/** Hours of a desk on a weekday, edited beside the picture; nothing is saved before its effect was seen. */
export const WindowPanel = ({ page, shown }: { page: StaffPage; shown: ShownWindow }) => {
  const { t } = page.staffTexts
  const { branch, monday, desk, day, window, mistakes = [] } = shown
  const typed = shown.typed ?? valuesOf(shown)
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  const also = listOf(typed, 'takze')
  return (
    <section class="card panel" aria-labelledby="okno">
      <h2 id="okno">
        {desk.name}, {weekdayName(day, 'pl')}
      </h2>
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      {window && <Validity page={page} window={window} />}
      <form class="stack" method="post" action={windowFormPath}>
        <input type="hidden" name="oddzial" value={branch.code} />
        <input type="hidden" name="tydzien" value={monday} />
        <input type="hidden" name="stanowisko" value={desk.id} />
        <input type="hidden" name="okno" value={window?.id ?? 'nowe'} />
        <input type="hidden" name="dzien" value={day} />
        <input type="hidden" name="wersja" value={textOf(typed, 'wersja') || windowsVersion(desk.windows)} />
        <div class="two">
          <StaffField {...field('od')} label={t('plan.window.from')} maxLength={5} />
          <StaffField {...field('do')} label={t('plan.window.to')} maxLength={5} />
        </div>
        <div class="two">
          <StaffField {...field('wizyta')} label={t('plan.window.visit')} maxLength={3} />
          <StaffField {...field('odstep')} label={t('plan.window.buffer')} maxLength={3} />
        </div>
        <StaffField
          {...field('przerwy')}
          label={t('plan.window.breaks')}
          hint={t('plan.window.breaks.hint')}
          maxLength={200}
        />
        <div class="two">
          <StaffField
            {...field('obowiazuje-od')}
            label={t('plan.window.validFrom')}
            type="date"
            min={shown.today}
          />
          <StaffField {...field('obowiazuje-do')} label={t('plan.window.validTo')} type="date" />
        </div>
        <details open={also.length > 0}>
          <summary>{t('plan.window.alsoOn')}</summary>
          <fieldset class="plain">
            <legend class="hide">{t('plan.window.alsoOn')}</legend>
            <p class="muted small">{t('plan.window.alsoOn.hint')}</p>
            {Array.from({ length: 7 }, (_, n) => addDays(monday, n))
              .filter((other) => weekday(other) !== weekday(day))
              .map((other) => (
                <StaffCheck
                  key={other}
                  name="takze"
                  value={String(weekday(other))}
                  checked={also.includes(String(weekday(other)))}
                >
                  {weekdayName(other, 'pl')}
                </StaffCheck>
              ))}
          </fieldset>
        </details>
        <StaffCheck name="swieta" checked={textOf(typed, 'swieta') !== ''}>
          {t('plan.window.onHolidays')}
        </StaffCheck>
        <div class="row">
          <button class="b b-go grow">{t('plan.change.check')}</button>
          {window && (
            <button class="b b-red" name="usun" value="tak">
              {t('plan.window.remove')}
            </button>
          )}
        </div>
      </form>
      {window && (
        <p class="small">
          <a href={planAddress(branch, monday, { okno: 'nowe', stanowisko: String(desk.id), dzien: day })}>
            {t('plan.window.second')}
          </a>
        </p>
      )}
    </section>
  )
}

const Validity = ({ page, window }: { page: StaffPage; window: WeekWindow }) => {
  const { t } = page.staffTexts
  const words = (day: Day) => `${dayAndMonth(day, 'pl')} ${day.slice(0, 4)}`
  return (
    <p class="muted small">
      {window.validTo === null
        ? t('plan.window.since', { day: words(window.validFrom) })
        : t('plan.window.during', { from: words(window.validFrom), to: words(window.validTo) })}
    </p>
  )
}
