import type { VNode } from 'preact'
import type { LegalKind } from '../../institution/institution-data'
import { legalPaths } from '../../institution/information-routes'
import { type LegalDraft, legalRules } from '../../institution/wording/publish-legal-text'
import type { LegalVersion, LegalWording } from '../../institution/wording/legal-store'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { renderMarkdown } from '../../platform/i18n/markdown'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { Day } from '../../platform/zone'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { type Language, languages, type TextKey } from '../../texts/catalogue'
import { HiddenFields } from '../../ui/hidden-fields'
import { textsAddresses, textsPath } from '../texts-addresses'
import { PlaceholderList } from './placeholder-list'
import { SettingsWay } from '../../staff/pages/settings-way'
import { type ShownHistory, TextHistory } from './text-history'
import { Done } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { ValidFromField } from './valid-from-field'

export interface ShownLegalText {
  kind: LegalKind
  current: { version: string; validFrom: Day }
  drafts: Readonly<Record<Language, LegalDraft>>
  labelKeys: readonly TextKey[]
  from: string
  stand: string
  problems: readonly FormProblem[]
  /** As it will be read, in each language that can be filled in. */
  preview: Readonly<Partial<Record<Language, LegalWording>>>
  versions: readonly LegalVersion[]
  done: string | undefined
  today: Day
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownLegalText
}

export const bodyField = (language: Language): string => `tresc-${language}`
export const labelField = (key: string, language: Language): string => `${key}-${language}`

type LabelKey =
  `consent.${'privacy.consent' | 'privacy.acknowledge' | 'guardian' | 'recording.required' | 'recording.optional'}.label`

export const labelName = ({ t }: StaffTranslator, key: TextKey): string =>
  t(`admin.legal.label.${key as LabelKey}`)

/** A legal text in three languages side by side: one version of it is published in all of them at once. */
export const legalTextPage = (page: StaffPage, shown: ShownLegalText): VNode => {
  const { t } = page.staffTexts
  const { kind, current, problems, versions, done, timeZone } = shown
  const title = t(`admin.texts.name.legal.${kind}`)
  const publicPath = legalPaths.find(([, of]) => of === kind)?.[0] ?? '/'
  return (
    <StaffFrame page={page} title={title} current="settings" failed={problems.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: textsPath, text: t('admin.texts.title') }} />
            <h1>{title}</h1>
          </div>
          <p class="muted small grow">
            {t('admin.legal.current', {
              version: current.version,
              day: dateWords(current.validFrom, 'pl', timeZone),
            })}
            . {t('admin.legal.lead')}
          </p>
          <a class="b" href={publicPath}>
            {t('admin.legal.open')}
          </a>
        </div>
        <div class="body stack">
          {done !== undefined && <Done>{done}</Done>}
          <FormProblems texts={page.staffTexts} problems={problems} />
          {Object.keys(shown.preview).length > 0 && <Preview page={page} shown={shown} />}
          <Editor page={page} shown={shown} />
          <TextHistory
            texts={page.staffTexts}
            versions={versions.map((version) => historyOf(version, shown))}
          />
        </div>
      </main>
    </StaffFrame>
  )
}

const historyOf = (
  { version, validFrom, savedAt, savedBy, withdrawnAt }: LegalVersion,
  { kind, current, today, timeZone }: ShownLegalText,
): ShownHistory => ({
  id: version,
  from: dateWords(validFrom, 'pl', timeZone),
  saved: savedAt ? `${dateWords(savedAt, 'pl', timeZone)}, ${timeOfDay(savedAt, timeZone)}` : '–',
  who: savedBy ?? '–',
  state: withdrawnAt
    ? 'withdrawn'
    : validFrom > today
      ? 'planned'
      : version === current.version
        ? 'current'
        : 'past',
  href: textsAddresses.legalVersion(kind, version),
})

const Editor = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { kind, drafts, labelKeys, from, stand, problems } = shown
  const bad = new Set(problems.map(({ field }) => field))
  const area = (name: string, label: string, value: string, language: Language, isLong: boolean) => (
    <div class="f">
      <label for={name}>{label}</label>
      <textarea
        id={name}
        name={name}
        lang={language}
        rows={isLong ? 24 : 4}
        class={isLong ? 'long' : undefined}
        aria-invalid={bad.has(name)}
        aria-describedby={isLong ? 'zapis' : undefined}
      >
        {value}
      </textarea>
    </div>
  )
  return (
    <form class="card stack" method="post" action={textsAddresses.legal(kind)}>
      <HiddenFields values={{ stan: stand }} />
      <div class="thirds">
        {languages.map((language) => (
          <fieldset key={language} class="column stack">
            <legend>{t(`admin.texts.language.${language}`)}</legend>
            {labelKeys.map((key) =>
              area(
                labelField(key, language),
                labelName(page.staffTexts, key),
                drafts[language].labels[key] ?? '',
                language,
                false,
              ),
            )}
            {area(bodyField(language), t('admin.legal.body'), drafts[language].source, language, true)}
          </fieldset>
        ))}
      </div>
      <p class="muted small" id="zapis">
        {t('admin.texts.markdown')}
      </p>
      <PlaceholderList texts={page.staffTexts} {...legalRules(kind)} />
      <div class="row wrap">
        <ValidFromField page={page} from={from} isBad={bad.has('od')} />
        <span class="grow" />
        <button class="b" name="co" value="podglad">
          {t('admin.texts.preview.button')}
        </button>
        <button class="b b-go" name="co" value="zapisz">
          {t('admin.legal.publish')}
        </button>
      </div>
    </form>
  )
}

const Preview = ({ page, shown: { preview, labelKeys } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="podglad">
      <h2 id="podglad">{t('admin.texts.preview')}</h2>
      <div class="thirds">
        {languages.map((language) => {
          const wording = preview[language]
          const name = t(`admin.texts.language.${language}`)
          if (!wording) return <p key={language}>{t('admin.texts.preview.none')}</p>
          return (
            <div key={language} class="stack-s">
              <h3>{name}</h3>
              <ul class="plain" lang={language}>
                {labelKeys.map((key) => (
                  <li key={key}>☐ {wording.labels[key]}</li>
                ))}
              </ul>
              <div
                class="legal-preview"
                lang={language}
                tabIndex={0}
                role="group"
                aria-label={`${t('admin.texts.preview')}: ${name}`}
                dangerouslySetInnerHTML={{ __html: asParts(renderMarkdown(wording.body)) }}
              />
            </div>
          )
        })}
      </div>
    </section>
  )
}

/** The text's own headings stand below those of the page. */
const asParts = (html: string): string => html.replace(/<(\/?)h[123]>/g, '<$1h4>')
