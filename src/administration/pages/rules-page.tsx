import type { ComponentChildren, VNode } from 'preact'
import { type EditedSettings, settingsVersion } from '../../institution/edit-settings'
import type { InstitutionSettings } from '../../institution/institution-data'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { horizonPath, rulesPath } from '../places-address'
import { type NumberField, numberRules, rulesAsTyped } from '../rule-fields'
import { textOf, type Typed } from '../typed'
import { Done, StaffCheck, StaffField, StaffSelect } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { SettingsFrame } from './settings-frame'

export interface ShownRules {
  settings: InstitutionSettings
  /** `published`: with new versions of legal texts. */
  saved: 'saved' | 'published' | undefined
  typed?: Typed
  mistakes?: readonly FormProblem[]
}

interface FormParts {
  page: StaffPage
  typed: Typed
  mistakes: readonly FormProblem[]
}

/** The rules that an institution changes by itself, and the horizon. */
export const rulesPage = (page: StaffPage, shown: ShownRules): VNode => {
  const { t } = page.staffTexts
  const { settings, saved, mistakes = [] } = shown
  const typed = shown.typed ?? rulesAsTyped(settings)
  const parts: FormParts = { page, typed, mistakes }
  return (
    <SettingsFrame page={page} title={t('places.rules')} failed={mistakes.length > 0}>
      {saved && <Done>{t(saved === 'published' ? 'places.rules.published' : 'admin.saved')}</Done>}
      <FormProblems texts={page.staffTexts} problems={mistakes} />
      <div class="halves">
        <form class="card stack" method="post" action={horizonPath}>
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
      </div>
      <form class="stack" method="post" action={rulesPath}>
        <input type="hidden" name="wersja" value={versionIn(typed, settings)} />
        <div class="halves">
          <div class="stack">
            <Booking {...parts} />
            <Visit {...parts} />
          </div>
          <div class="stack">
            <Consents {...parts} />
            <Recording {...parts} />
            <Device {...parts} />
          </div>
        </div>
        <p>
          <button class="b b-go b-big">{t('places.save')}</button>
        </p>
      </form>
    </SettingsFrame>
  )
}

const versionIn = (typed: Typed, settings: EditedSettings): string =>
  textOf(typed, 'wersja') || settingsVersion(settings)

const Card = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="card stack" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
)

const NumberRow = ({
  page: { staffTexts },
  typed,
  mistakes,
  name,
  hint,
}: FormParts & { name: NumberField; hint?: string }) => (
  <StaffField
    name={name}
    label={staffTexts.t(numberRules[name].label)}
    value={textOf(typed, name)}
    mistakes={mistakes}
    maxLength={6}
    {...(hint !== undefined && { hint })}
  />
)

const Booking = (parts: FormParts) => {
  const { t } = parts.page.staffTexts
  return (
    <Card id="rezerwacja" title={t('places.rules.booking')}>
      <div class="two">
        <NumberRow {...parts} name="przetrzymanie" />
        <NumberRow {...parts} name="wyprzedzenie" />
      </div>
      <div class="two">
        <NumberRow {...parts} name="wizyty-osoby" />
        <NumberRow {...parts} name="wizyty-tematu" />
      </div>
      <fieldset class="plain">
        <legend>{t('places.rules.freed')}</legend>
        <p class="muted small">{t('places.rules.freed.hint')}</p>
        <div class="two">
          <NumberRow {...parts} name="zwrot-od" />
          <NumberRow {...parts} name="zwrot-do" />
        </div>
      </fieldset>
    </Card>
  )
}

const Visit = (parts: FormParts) => {
  const { t } = parts.page.staffTexts
  const { typed, mistakes } = parts
  return (
    <Card id="wizyta" title={t('places.rules.visit')}>
      <div class="two">
        <NumberRow {...parts} name="czas-wizyty" hint={t('places.rules.visitMinutes.hint')} />
        <NumberRow {...parts} name="odstep" hint={t('places.rules.visitMinutes.hint')} />
      </div>
      <NumberRow {...parts} name="wejscie" />
      <fieldset class="plain">
        <legend>{t('places.rules.reminders')}</legend>
        <p class="muted small">{t('places.rules.reminders.hint')}</p>
        <div class="two">
          <StaffField
            name="przypomnienie-sms"
            label={t('places.rules.sms')}
            value={textOf(typed, 'przypomnienie-sms')}
            mistakes={mistakes}
            maxLength={5}
          />
          <NumberRow {...parts} name="przypomnienie-email" />
        </div>
      </fieldset>
    </Card>
  )
}

const Consents = ({ page, typed, mistakes }: FormParts) => {
  const { t } = page.staffTexts
  return (
    <Card id="zgody" title={t('places.rules.consents')}>
      <StaffSelect
        name="dane"
        label={t('places.rules.privacy')}
        hint={t('places.rules.privacy.hint')}
        value={textOf(typed, 'dane')}
        mistakes={mistakes}
        options={(['consent', 'acknowledge'] as const).map((way) => [way, t(`places.rules.privacy.${way}`)])}
      />
      <StaffSelect
        name="zgoda-na-nagranie"
        label={t('places.rules.recordingConsent')}
        hint={t('places.rules.recordingConsent.hint')}
        value={textOf(typed, 'zgoda-na-nagranie')}
        mistakes={mistakes}
        options={(['required', 'optional'] as const).map((need) => [need, t(`places.recording.${need}`)])}
      />
    </Card>
  )
}

const recordingRules = [
  ['przerwa-nagrania', 'places.rules.pause'],
  ['bez-nagrania', 'places.rules.mayBeMissing'],
  ['pobieranie', 'places.rules.download'],
] as const

const Recording = ({ page, typed }: FormParts) => {
  const { t } = page.staffTexts
  return (
    <Card id="nagrywanie" title={t('places.rules.recording')}>
      <div class="stack-s">
        {recordingRules.map(([name, label]) => (
          <StaffCheck key={name} name={name} checked={textOf(typed, name) !== ''}>
            {t(label)}
          </StaffCheck>
        ))}
      </div>
      <p class="muted small">{t('places.rules.download.hint')}</p>
    </Card>
  )
}

const Device = (parts: FormParts) => {
  const { t } = parts.page.staffTexts
  return (
    <Card id="urzadzenie" title={t('places.rules.device')}>
      <p class="muted small">{t('places.rules.device.hint')}</p>
      <div class="two">
        <NumberRow {...parts} name="szerokosc" />
        <NumberRow {...parts} name="wysokosc" />
      </div>
      <NumberRow {...parts} name="lacze" />
    </Card>
  )
}
