import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { settingsPlacesOf } from '../settings-places'

/** What an administrator changes rarely, each with a line of what is done there. */
export const settingsPage = (page: StaffPage): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('desk.nav.settings')} current="settings">
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.nav.settings')}</h1>
        </div>
        <div class="body">
          <ul class="settings">
            {settingsPlacesOf(page.me).map(({ path, text, hint }) => (
              <li key={path} class="card">
                <a href={path}>{t(text)}</a>
                <p class="muted">{t(hint)}</p>
              </li>
            ))}
          </ul>
        </div>
      </main>
    </StaffFrame>
  )
}
