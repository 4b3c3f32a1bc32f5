import type { VNode } from 'preact'
import { mayAnywhere } from '../may'
import { staffPlaces } from '../staff-places'
import { StaffFrame, type StaffPage } from './staff-frame'

/** Says why a page of the staff is not shown, and leads `back`, or on where there is somewhere to go. */
export const staffMessagePage = (page: StaffPage, message: string, back?: string): VNode => {
  const { t } = page.staffTexts
  const home = staffPlaces.find(({ action }) => mayAnywhere(page.me, action))
  const way =
    back === undefined
      ? home && { path: home.path, text: t(home.text) }
      : { path: back, text: t('desk.back') }
  return (
    <StaffFrame page={page} title={message}>
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.title')}</h1>
        </div>
        <div class="body">
          <p role="alert">{message}</p>
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
