import type { VNode } from 'preact'
import { type SmsParts, unitsInOnePart } from '../../contract/sms-parts'
import type { KeptText } from '../../institution/wording/own-text-store'
import { byBeginning } from '../../institution/wording/own-wording'
import { choices, type EditablePart, type EditableText, numbers } from '../../message/texts/editable-texts'
import type { TextPreview } from '../../message/texts/preview-text'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { type Language, languages } from '../../texts/catalogue'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { HiddenFields } from '../../ui/hidden-fields'
import { textsAddresses, textsPath } from '../texts-addresses'
import { PlaceholderList } from './placeholder-list'
import { SettingsWay } from '../../staff/pages/settings-way'
import { type ShownHistory, TextHistory } from './text-history'
import { Done } from './form-parts'
import { type FormProblem, FormProblems } from '../../staff/pages/form-problems'
import { ValidFromField } from './valid-from-field'

export interface ShownMessageText {
  text: EditableText
  language: Language
  /** As typed, or as said. */
  parts: Readonly<Record<string, string>>
  from: string
  /** Of the version that the form began with. */
  restored: string | undefined
  problems: readonly FormProblem[]
  preview: TextPreview | null
  /** What the placeholders of an SMS become; null for an e-mail. */
  smsValues: Readonly<Record<string, string>> | null
  versions: readonly KeptText[]
  done: string | undefined
  now: Date
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownMessageText
}

export const partName = ({ t }: StaffTranslator, { role, key }: EditablePart): string =>
  role === 'reason'
    ? t(`admin.texts.part.reason.${key.split('.').at(-1) as 'absence' | 'technical' | 'closure'}`)
    : t(`admin.texts.part.${role}`)

export const textName = ({ t }: StaffTranslator, { name }: Pick<EditableText, 'name'>): string =>
  t(`admin.texts.name.${name}`)

/** The wording of a message in a language: written at the left, as it will be sent at the right, its versions below. */
export const messageTextPage = (page: StaffPage, shown: ShownMessageText): VNode => {
  const { t } = page.staffTexts
  const { text, language, problems, versions, done, now } = shown
  const title = textName(page.staffTexts, text)
  return (
    <StaffFrame
      page={page}
      title={title}
      current="settings"
      failed={problems.length > 0}
      {...(text.group === 'sms' && { script: 'sms-counter' })}
    >
      <main class="page">
        <div class="bar-top">
          <div class="grow">
            <SettingsWay page={page} to={{ path: textsPath, text: t('admin.texts.title') }} />
            <h1>{title}</h1>
          </div>
          <nav class="seg" aria-label={t('admin.texts.column.text')}>
            {languages.map((each) => (
              <a
                key={each}
                href={textsAddresses.message(text.name, each)}
                aria-current={each === language ? 'page' : undefined}
              >
                {t(`admin.texts.language.${each}`)}
              </a>
            ))}
          </nav>
        </div>
        <div class="body stack">
          {done !== undefined && <Done>{done}</Done>}
          <FormProblems texts={page.staffTexts} problems={problems} />
          <div class="halves">
            <Editor page={page} shown={shown} />
            <Preview page={page} shown={shown} />
          </div>
          <TextHistory
            texts={page.staffTexts}
            versions={versions.map((version) => historyOf(version, shown, page, now))}
          />
        </div>
      </main>
    </StaffFrame>
  )
}

const historyOf = (
  version: KeptText,
  { versions, timeZone, text, language }: ShownMessageText,
  page: StaffPage,
  now: Date,
): ShownHistory => {
  const { t } = page.staffTexts
  const when = (at: Date) => `${dateWords(at, 'pl', timeZone)}, ${timeOfDay(at, timeZone)}`
  const inForce = versions
    .filter(({ withdrawnAt, validFrom }) => withdrawnAt === null && validFrom <= now)
    .sort(byBeginning)
    .at(-1)
  const state = version.withdrawnAt
    ? 'withdrawn'
    : version.validFrom > now
      ? 'planned'
      : version === inForce
        ? 'current'
        : 'past'
  const note =
    version.parts === null
      ? t('admin.texts.version.product')
      : version.restoredVersion === null
        ? undefined
        : t('admin.texts.version.restored', { version: version.restoredVersion })
  return {
    id: String(version.version),
    from: when(version.validFrom),
    saved: when(version.savedAt),
    who: version.savedBy,
    state: state,
    note,
    href: textsAddresses.messageVersion(text.name, language, version.version),
  }
}

const rows: Record<EditablePart['role'], number> = { subject: 2, preheader: 2, body: 22, sms: 4, reason: 1 }

const Editor = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { text, language, parts, from, restored, versions, problems } = shown
  const bad = new Set(problems.map(({ field }) => field))
  const allowed = [...new Set(text.parts.flatMap((part) => part.allowed))]
  const required = [
    ...new Set(
      text.parts.filter(({ role }) => role === 'body' || role === 'sms').flatMap((part) => part.required),
    ),
  ]
  return (
    <form class="card stack" method="post" action={textsAddresses.message(text.name, language)}>
      <HiddenFields values={{ wersja: String(versions[0]?.version ?? 0), z: restored }} />
      {text.parts.map((part) => (
        <div key={part.key} class="f">
          <label for={part.key}>{partName(page.staffTexts, part)}</label>
          <textarea
            id={part.key}
            name={part.key}
            rows={rows[part.role]}
            lang={language}
            class={part.role === 'body' ? 'long' : undefined}
            aria-invalid={bad.has(part.key)}
            aria-describedby={part.role === 'body' ? 'zapis' : part.role === 'sms' ? counterId : undefined}
          >
            {parts[part.key]}
          </textarea>
          {part.role === 'sms' && <SmsCounter page={page} shown={shown} field={part.key} />}
          {part.role === 'body' && (
            <p class="muted small" id="zapis">
              {t('admin.texts.markdown')}
            </p>
          )}
        </div>
      ))}
      <PlaceholderList texts={page.staffTexts} {...{ allowed, required, choices, numbers }} />
      <div class="row wrap">
        <ValidFromField page={page} from={from} isBad={bad.has('od')} />
        <span class="grow" />
        <button class="b" name="co" value="podglad">
          {t('admin.texts.preview.button')}
        </button>
        <button class="b b-go" name="co" value="zapisz">
          {t('admin.texts.save')}
        </button>
      </div>
      {versions.length > 0 && (
        <p class="small">
          <a href={`${textsAddresses.message(text.name, language)}?z=0`}>{t('admin.texts.toProduct')}</a>
        </p>
      )}
    </form>
  )
}

const Preview = ({ page, shown: { preview, language } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card stack-s" aria-labelledby="podglad">
      <h2 id="podglad">{t('admin.texts.preview')}</h2>
      {preview === null && <p>{t('admin.texts.preview.none')}</p>}
      {preview?.channel === 'sms' && (
        <>
          <h3>{t('admin.texts.preview.sms')}</h3>
          <p class="sms-preview" lang={language}>
            {preview.text}
          </p>
        </>
      )}
      {preview?.channel === 'email' && (
        <>
          <p>
            <span class="muted">{t('admin.texts.part.subject')}:</span>{' '}
            <b lang={language}>{preview.subject}</b>
          </p>
          <h3>{t('admin.texts.preview.html')}</h3>
          <iframe
            class="email-preview"
            sandbox=""
            srcDoc={preview.html}
            title={t('admin.texts.preview.html')}
          />
          <h3 id="tekstowa">{t('admin.texts.preview.text')}</h3>
          <pre class="text-preview" lang={language} tabIndex={0} aria-labelledby="tekstowa">
            {preview.text}
          </pre>
        </>
      )}
      <p class="muted small">{t('admin.texts.preview.sample')}</p>
    </section>
  )
}

const counterId = 'licznik'

/**
 * How long the longest SMS of this wording is: as of the preview, and by a script while somebody types. What the
 * script says comes along in words.
 */
const SmsCounter = ({ page, shown: { preview, smsValues }, field }: Part & { field: string }) => {
  const { t } = page.staffTexts
  const open = { encoding: '{encoding}', units: '{units}', most: '{most}', parts: '{parts}' }
  const { count } = preview?.channel === 'sms' ? preview : {}
  return (
    <p
      class="small"
      data-sms-counter={field}
      data-values={JSON.stringify(smsValues)}
      data-words={t('admin.texts.sms.count', open)}
      data-too-long={t('admin.texts.sms.tooLong', open)}
      data-unknown={t('admin.texts.sms.unknown')}
    >
      <span id={counterId} data-seen class={count && count.parts > 1 ? 'bad' : undefined}>
        {count ? countWords(page.staffTexts, count) : t('admin.texts.sms.unknown')}
      </span>
      <span data-said class="hide" role="status" />
    </p>
  )
}

const countWords = ({ t }: StaffTranslator, count: SmsParts): string =>
  t(count.parts > 1 ? 'admin.texts.sms.tooLong' : 'admin.texts.sms.count', {
    encoding: count.encoding,
    units: count.units,
    most: unitsInOnePart(count),
    parts: count.parts,
  })
