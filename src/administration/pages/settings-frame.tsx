import type { ComponentChildren } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { settingsPath } from '../../staff/staff-places'

interface SettingsFrameProps {
  page: StaffPage
  title: string
  /** Where this page was reached from, after the settings themselves. */
  from?: { path: string; title: string }
  action?: ComponentChildren
  children: ComponentChildren
}

/** The frame of a page under "Ustawienia", with the way back. */
export const SettingsFrame = ({ page, title, from, action, children }: SettingsFrameProps) => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={title} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <nav class="small" aria-label={t('places.path')}>
              <a href={settingsPath}>{t('desk.nav.settings')}</a>
              {from && (
                <>
                  {' › '}
                  <a href={from.path}>{from.title}</a>
                </>
              )}
            </nav>
            <h1>{title}</h1>
          </div>
          <span class="grow" />
          {action}
        </div>
        <div class="body form-page">{children}</div>
      </main>
    </StaffFrame>
  )
}
