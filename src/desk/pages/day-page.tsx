import type { VNode } from 'preact'
import { type DeskDayBoot } from '../../contract/desk-day-boot'
import { deskIds } from '../../contract/desk-boot'
import type { Branch } from '../../institution/directory'
import { dayHeading } from '../../platform/i18n/dates'
import { addDays, type Day } from '../../platform/zone'
import { Icon } from '../../ui/icons'
import { BootScript } from '../../visit/pages/boot-script'
import { presenceAddresses } from '../presence-addresses'
import { replanningAddress } from '../../replanning/replanning-addresses'
import { BranchChoice } from '../../staff/pages/branch-choice'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { dayPath } from '../../staff/staff-places'

export interface ShownDay {
  boot: DeskDayBoot
  day: Day
  today: Day
  branch: Branch
  /** Branches to choose from; the one shown alone when the account belongs to it. */
  branches: readonly Branch[]
  /** '10:19' */
  time: string
  /** Whether this officer is on a break; null for who takes no visits. */
  onBreak: boolean | null
  /** Visits of the branch that wait for another time; null for who does not decide about them. */
  toDecide: number | null
}

/** Address of a branch's day. */
export const dayAddress = (branch: Pick<Branch, 'code'>, day: Day): string =>
  `${dayPath}?oddzial=${branch.code}&dzien=${day}`

/** The officer's day: who waits, and all visits by time; the page's script keeps it live. */
export const dayPage = (page: StaffPage, shown: ShownDay): VNode => {
  const { boot, day, today, branch, branches, time, onBreak, toDecide } = shown
  const { t } = page.staffTexts
  const heading = dayHeading(day, 'pl', boot.timeZone)
  return (
    <StaffFrame page={page} title={heading} script="desk-day" current="day">
      <main class="page">
        <div class="bar-top">
          <nav class="seg" aria-label={t('desk.nav.calendar')}>
            <a href={dayAddress(branch, addDays(day, -1))} aria-label={t('desk.day.previous')}>
              <Icon name="back" size={20} />
            </a>
            <a href={dayAddress(branch, today)} aria-current={day === today ? 'date' : undefined}>
              {t('desk.nav.today')}
            </a>
            <a href={dayAddress(branch, addDays(day, 1))} aria-label={t('desk.day.next')}>
              <Icon name="next" size={20} />
            </a>
          </nav>
          <div>
            <h1>{heading}</h1>
            <p class="muted small">
              {branches.length === 1 && branch.name}
              {toDecide !== null && toDecide > 0 && (
                <>
                  {branches.length === 1 && ' · '}
                  <a href={replanningAddress(branch)}>{t('admin.replan.count', { n: toDecide })}</a>
                </>
              )}
            </p>
          </div>
          <BranchChoice {...{ page, branch, branches }} action={dayPath} kept={{ dzien: day }} />
          <span class="grow" />
          {day === today && onBreak !== null && (
            <PresenceForms page={page} branch={branch} onBreak={onBreak} />
          )}
          <span id={deskIds.clock} class="now">
            {time}
          </span>
        </div>
        <div class="body">
          <noscript>
            <p role="alert">{t('desk.noScript')}</p>
          </noscript>
          <div id={deskIds.day} />
        </div>
      </main>
      <BootScript boot={boot} />
    </StaffFrame>
  )
}

interface PresenceProps {
  page: StaffPage
  branch: Branch
  onBreak: boolean
}

/** What those who wait are told: a delay, and whether somebody takes visits at all. */
const PresenceForms = ({ page, branch, onBreak }: PresenceProps) => {
  const { t } = page.staffTexts
  return (
    <>
      <form class="row f late" action={presenceAddresses.late} method="post">
        <input type="hidden" name="oddzial" value={branch.code} />
        <label class="hide" for="minuty">
          {t('desk.lateNotice.minutes')}
        </label>
        <input id="minuty" name="minuty" type="number" min="0" max="240" required placeholder="min" />
        <button class="b">{t('desk.lateNotice')}</button>
      </form>
      <form action={presenceAddresses.break} method="post">
        <input type="hidden" name="oddzial" value={branch.code} />
        <button class="b" name="przerwa" value={onBreak ? 'nie' : 'tak'} aria-pressed={onBreak}>
          {t(onBreak ? 'desk.break' : 'desk.available')}
        </button>
      </form>
    </>
  )
}
