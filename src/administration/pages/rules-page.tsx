import type { VNode } from 'preact'
import { type EditedSettings, settingsVersion } from '../../institution/edit-settings'
import type { InstitutionSettings } from '../../institution/institution-data'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { horizonPath, rulesPath } from '../places-address'
import { textOf, type Typed } from '../typed'
import { shortTime } from './week-cell'
import { Done, StaffCheck, StaffField } from './form-parts'
import { type FormProblem, FormProblems } from './form-problems'
import { SettingsFrame } from './settings-frame'

/** Settings that are one whole number, by the name of their field. */
export const numberFields = {
  'czas-wizyty': 'visitMinutes',
  odstep: 'bufferMinutes',
  przetrzymanie: 'holdMinutes',
  wyprzedzenie: 'minimumNoticeMinutes',
  wejscie: 'openBeforeMinutes',
  'wizyty-osoby': 'activeVisitsPerPerson',
  'wizyty-tematu': 'activeVisitsPerTopic',
  'przypomnienie-email': 'reminderEmailMinutesBefore',
} as const satisfies Record<string, keyof EditedSettings>

export interface ShownRules {
  settings: InstitutionSettings
  isSaved: boolean
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

const valuesOf = (settings: InstitutionSettings): Typed => ({
  ...Object.fromEntries(Object.entries(numberFields).map(([field, name]) => [field, String(settings[name])])),
  'zwrot-od': String(settings.freedSeatDelaySeconds.min),
  'zwrot-do': String(settings.freedSeatDelaySeconds.max),
  'przypomnienie-sms': shortTime(settings.reminderSms.at),
  'przerwa-nagrania': settings.recordingPausedForDocument ? 'tak' : '',
  'bez-nagrania': settings.recordingMayBeMissing ? 'tak' : '',
  wersja: settingsVersion(settings),
})

/** The booking rules that an institution changes by itself. */
export const rulesPage = (page: StaffPage, shown: ShownRules): VNode => {
  const { t } = page.staffTexts
  const { settings, isSaved, mistakes = [] } = shown
  const typed = shown.typed ?? valuesOf(settings)
  const field = (name: string) => ({ name, value: textOf(typed, name), mistakes })
  return (
    <SettingsFrame page={page} title={t('places.rules')}>
      {isSaved && <Done>{t('admin.saved')}</Done>}
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <form class="card stack narrow" method="post" action={horizonPath}>
        <h2>{t('places.horizon')}</h2>
        <input type="hidden" name="przedtem" value={settings.horizonDays} />
        <StaffField
          name="horyzont"
          label={t('places.horizon.days')}
          hint={t('places.horizon.hint')}
          value={textOf(typed, 'horyzont') || String(settings.horizonDays)}
          mistakes={mistakes}
          maxLength={3}
        />
        <p>
          <button class="b">{t('plan.change.check')}</button>
        </p>
      </form>
      <form class="card stack narrow" method="post" action={rulesPath}>
        <h2>{t('places.rules.booking')}</h2>
        <input type="hidden" name="wersja" value={textOf(typed, 'wersja') || settingsVersion(settings)} />
        <div class="two">
          <StaffField {...field('przetrzymanie')} label={t('places.rules.hold')} maxLength={3} />
          <StaffField {...field('wyprzedzenie')} label={t('places.rules.notice')} maxLength={5} />
        </div>
        <div class="two">
          <StaffField {...field('wizyty-osoby')} label={t('places.rules.perPerson')} maxLength={3} />
          <StaffField {...field('wizyty-tematu')} label={t('places.rules.perTopic')} maxLength={3} />
        </div>
        <fieldset class="plain">
          <legend>{t('places.rules.freed')}</legend>
          <p class="muted small">{t('places.rules.freed.hint')}</p>
          <div class="two">
            <StaffField {...field('zwrot-od')} label={t('places.rules.freed.min')} maxLength={5} />
            <StaffField {...field('zwrot-do')} label={t('places.rules.freed.max')} maxLength={5} />
          </div>
        </fieldset>
        <h2>{t('places.rules.visit')}</h2>
        <div class="two">
          <StaffField
            {...field('czas-wizyty')}
            label={t('places.rules.visitMinutes')}
            hint={t('places.rules.visitMinutes.hint')}
            maxLength={3}
          />
          <StaffField
            {...field('odstep')}
            label={t('places.rules.bufferMinutes')}
            hint={t('places.rules.visitMinutes.hint')}
            maxLength={3}
          />
        </div>
        <StaffField {...field('wejscie')} label={t('places.rules.openBefore')} maxLength={3} />
        <h2>{t('places.rules.reminders')}</h2>
        <div class="two">
          <StaffField {...field('przypomnienie-sms')} label={t('places.rules.sms')} maxLength={5} />
          <StaffField {...field('przypomnienie-email')} label={t('places.rules.email')} maxLength={5} />
        </div>
        <p class="muted small">{t('places.rules.reminders.hint')}</p>
        <h2>{t('places.rules.recording')}</h2>
        <StaffCheck name="przerwa-nagrania" checked={textOf(typed, 'przerwa-nagrania') !== ''}>
          {t('places.rules.pause')}
        </StaffCheck>
        <StaffCheck name="bez-nagrania" checked={textOf(typed, 'bez-nagrania') !== ''}>
          {t('places.rules.mayBeMissing')}
        </StaffCheck>
        <p>
          <button class="b b-go b-big">{t('places.save')}</button>
        </p>
      </form>
    </SettingsFrame>
  )
}
