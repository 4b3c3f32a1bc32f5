import type { VNode } from 'preact'
import type { InstitutionTexts } from '../../institution/institution-data'
import type { DescribedVersion, Description } from '../../institution/wording/describe-institution'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { type Language, languages } from '../../texts/catalogue'
import { HiddenFields } from '../../ui/hidden-fields'
import { textsAddresses, textsPath } from '../texts-addresses'
import { SettingsWay } from '../../staff/pages/settings-way'
import { TextHistory } from './text-history'
import { Done } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'

export const institutionFields = [
  'name',
  'short',
  'address',
  'phone',
  'smsPhone',
  'phoneHours',
  'hours',
  'profileName',
  'site',
] as const satisfies readonly (keyof InstitutionTexts)[]

export const institutionField = (field: string, language: Language): string => `${field}-${language}`
export const phoneField = 'telefon'

export interface ShownInstitution {
  /** As typed, or as it is. */
  description: Description
  restored: string | undefined
  problems: readonly FormProblem[]
  versions: readonly DescribedVersion[]
  done: string | undefined
  timeZone: string
}

/** What the institution is called and how it is reached, a column a language. */
export const institutionPage = (page: StaffPage, shown: ShownInstitution): VNode => {
  const { t } = page.staffTexts
  const { description, restored, problems, versions, done } = shown
  const bad = new Set(problems.map(({ field }) => field))
  const title = t('admin.texts.name.institution')
  return (
    <StaffFrame page={page} title={title} current="settings" failed={problems.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: textsPath, text: t('admin.texts.title') }} />
            <h1>{title}</h1>
          </div>
          <p class="muted small grow">{t('admin.institution.lead')}</p>
        </div>
        <div class="body stack">
          {done !== undefined && <Done>{done}</Done>}
          <FormProblems texts={page.staffTexts} problems={problems} />
          <form class="card stack" method="post" action={textsAddresses.institution}>
            <HiddenFields values={{ wersja: String(versions[0]?.version ?? 0), z: restored }} />
            <div class="f">
              <label for={phoneField}>{t('admin.institution.phoneE164')}</label>
              <input
                id={phoneField}
                name={phoneField}
                class="short"
                value={description.phoneE164}
                aria-invalid={bad.has(phoneField)}
                aria-describedby="telefon-opis"
              />
              <p class="muted small" id="telefon-opis">
                {t('admin.institution.phoneE164.hint')}
              </p>
            </div>
            <div class="thirds">
              {languages.map((language) => (
                <fieldset key={language} class="column stack-s">
                  <legend>{t(`admin.texts.language.${language}`)}</legend>
                  {institutionFields.map((field) => {
                    const name = institutionField(field, language)
                    return (
                      <div key={field} class="f">
                        <label for={name}>{t(`admin.institution.field.${field}`)}</label>
                        <input
                          id={name}
                          name={name}
                          lang={language}
                          value={description.texts[language][field]}
                          aria-invalid={bad.has(name)}
                        />
                      </div>
                    )
                  })}
                </fieldset>
              ))}
            </div>
            <p>
              <button class="b b-go">{t('admin.texts.save')}</button>
            </p>
          </form>
          {versions.length > 0 && (
            <TextHistory
              texts={page.staffTexts}
              versions={versions.map((version, index) => historyOf(page, shown, version, index === 0))}
            />
          )}
        </div>
      </main>
    </StaffFrame>
  )
}

const historyOf = (
  page: StaffPage,
  { timeZone }: ShownInstitution,
  { version, savedAt, savedBy, restoredVersion }: DescribedVersion,
  isCurrent: boolean,
) => {
  const { t } = page.staffTexts
  const when =
    savedBy === null ? '–' : `${dateWords(savedAt, 'pl', timeZone)}, ${timeOfDay(savedAt, timeZone)}`
  return {
    id: String(version),
    from: when,
    saved: when,
    who: savedBy ?? t('admin.institution.begin'),
    state: isCurrent ? ('current' as const) : ('past' as const),
    note:
      restoredVersion === null ? undefined : t('admin.texts.version.restored', { version: restoredVersion }),
    href: textsAddresses.institutionVersion(version),
  }
}
