import { Notice } from '../../ui/notice'
import type { PageContext } from './page-context'
import { dayAndTime } from './visit-words'
import type { ShownVisit } from './visit-page-context'

interface AskedNoticeProps {
  page: PageContext
  visit: ShownVisit
  now: Date
}

/** Tells a client who is asked to choose another time until when; nothing to anybody else. */
export const AskedNotice = ({ page, visit: { row }, now }: AskedNoticeProps) => {
  const until = row.choose_until
  if (!until || row.state !== 'booked') return null
  const current = dayAndTime(page, row.starts_at)
  const { day: untilDay, time: untilTime } = dayAndTime(page, until)
  return (
    <Notice kind="caution">
      <p>
        {until > now
          ? page.t.t('move.asked', { ...current, untilDay, untilTime })
          : page.t.t('move.asked.late', current)}
      </p>
    </Notice>
  )
}
