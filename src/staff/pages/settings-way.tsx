import type { StaffPage } from './staff-frame'
import { settingsPath } from '../staff-places'

/** A step up from here, to the list of settings and then to `to`. */
export const SettingsWay = ({ page, to }: { page: StaffPage; to?: { path: string; text: string } }) => {
  const { t } = page.staffTexts
  return (
    <nav class="way small" aria-label={t('admin.way')}>
      <a href={settingsPath}>{t('desk.nav.settings')}</a>
      {to && (
        <>
          {' / '}
          <a href={to.path}>{to.text}</a>
        </>
      )}
    </nav>
  )
}
