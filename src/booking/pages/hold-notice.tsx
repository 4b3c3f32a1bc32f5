import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import type { Hold } from '../hold'
import { linkTo, type PageContext } from './page-context'
import { clockTime, dayAndTime } from './visit-words'

interface HoldNoticeProps {
  page: PageContext
  hold: Hold
  /** Whether more time was just asked for. */
  asked?: 'extended' | 'extendedBefore' | undefined
  /** The form on the page whose typed values go along when more time is asked for. */
  form?: string
}

const extendPath = (hold: Pick<Hold, 'id'>): string => `/rezerwacja/${hold.id}/przedluz`

/** Which time is held until when; a clock time, never a countdown. */
export const HoldNotice = ({ page, hold, asked, form }: HoldNoticeProps) => {
  const { t } = page.t
  const until = clockTime(page, hold.heldUntil)
  const action = linkTo(page, extendPath(hold))
  const words = t('hold.extend.button', { n: page.directory.institution.settings.holdMinutes })
  return (
    <Notice kind="done" icon="clock">
      {asked === 'extended' && (
        <p role="status">
          <b>{t('hold.extended', { until })}</b>
        </p>
      )}
      {asked === 'extendedBefore' && <p role="status">{t('hold.extendedBefore', { until })}</p>}
      <p>{t('hold.notice', { ...dayAndTime(page, hold.startsAt), until })}</p>
      {!hold.extended &&
        (form === undefined ? (
          <form action={action} method="post">
            <Button kind="quiet" name="strona" value="sprawdz">
              {words}
            </Button>
          </form>
        ) : (
          <>
            {/* Enter in a field presses the first button of its form: that must send the form, not ask for time */}
            <button class="hide" form={form} tabIndex={-1} aria-hidden="true" />
            <button class="quiet" form={form} formAction={action} formNoValidate>
              {words}
            </button>
          </>
        ))}
    </Notice>
  )
}
