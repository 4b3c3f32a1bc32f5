import type { VNode } from 'preact'
import { mayAnywhere } from '../may'
import { staffPlaces } from '../staff-places'
import { StaffFrame, type StaffPage } from './staff-frame'

export interface StaffMessage {
  message: string
  /** Of the page; none: that of the desk. */
  heading?: string
  /** Said below, such as the number of an incident. */
  more?: string
  /** The page before; none: where the person's work is. */
  back?: string
}

/** Says why a page of the staff is not shown, and leads back, or on where there is somewhere to go. */
export const staffMessagePage = (page: StaffPage, { message, heading, more, back }: StaffMessage): VNode => {
  const { t } = page.staffTexts
  const home = staffPlaces.find(({ action }) => mayAnywhere(page.me, action))
  const way =
    back === undefined
      ? home && { path: home.path, text: t(home.text) }
      : { path: back, text: t('desk.back') }
  return (
    <StaffFrame page={page} title={heading ?? message}>
      <main class="page">
        <div class="bar-top">
          <h1>{heading ?? t('desk.title')}</h1>
        </div>
        <div class="body stack">
          <p role="alert">{message}</p>
          {more !== undefined && <p>{more}</p>}
          {way && (
            <p>
              <a class="b" href={way.path}>
                {way.text}
              </a>
            </p>
          )}
        </div>
      </main>
    </StaffFrame>
  )
}
