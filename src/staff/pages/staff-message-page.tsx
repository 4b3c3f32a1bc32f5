import type { VNode } from 'preact'
import { mayAnywhere } from '../may'
import { staffPlaces } from '../staff-places'
import { StaffFrame, type StaffPage } from './staff-frame'

/** Says why a page of the staff is not shown, and leads on where there is somewhere to go. */
export const staffMessagePage = (page: StaffPage, message: string): VNode => {
  const { t } = page.staffTexts
  const home = staffPlaces.find(({ action }) => mayAnywhere(page.me, action))
  return (
    <StaffFrame page={page} title={message}>
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.title')}</h1>
        </div>
        <div class="body">
          <p role="alert">{message}</p>
          {home && (
            <p>
              <a class="b" href={home.path}>
                {t(home.text)}
              </a>
            </p>
          )}
        </div>
      </main>
    </StaffFrame>
  )
}
