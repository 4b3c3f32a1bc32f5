import type { StaffPage } from '../../staff/pages/staff-frame'

/** From which day a new version of a text is in force. */
export const ValidFromField = ({ page, from, isBad }: { page: StaffPage; from: string; isBad: boolean }) => {
  const { t } = page.staffTexts
  return (
    <div class="f">
      <label for="od">{t('admin.texts.from')}</label>
      <input id="od" name="od" type="date" value={from} aria-describedby="od-opis" aria-invalid={isBad} />
      <p class="muted small" id="od-opis">
        {t('admin.texts.from.hint')}
      </p>
    </div>
  )
}
