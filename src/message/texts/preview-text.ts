import type { Directory } from '../../institution/directory'
import { institutionTexts } from '../../institution/institution-texts'
import type { SmsParts } from '../../contract/sms-parts'
import { smsDate, timeOnButton } from '../../platform/i18n/dates'
import { liveTranslator } from '../../platform/i18n/translator'
import type { Keys } from '../../platform/keys'
import type { Language, TextKey } from '../../texts/catalogue'
import type { VisitToTell } from '../outgoing-store'
import { emailContent } from '../email-content'
import { checkFilledSms, checkPart, type PartProblem } from './check-part'
import { catalogueParts, type EditableText } from './editable-texts'
import { sampleMessage } from './sample-message'

export interface PreviewSource {
  directory: Directory
  keys: Keys
  publicUrl: string
  now: Date
}

export type TextPreview =
  | { channel: 'email'; subject: string; html: string; text: string }
  | { channel: 'sms'; text: string; count: SmsParts }

export interface CheckedText {
  problems: readonly (PartProblem & { key: string })[]
  /** As it would be sent; null while it cannot be filled in. */
  preview: TextPreview | null
}

/** A text as it would be sent with this wording, and everything that forbids it. `parts` null: the catalogue's. */
export function previewText(
  text: EditableText,
  { language, parts }: { language: Language; parts: Readonly<Record<string, string>> | null },
  source: PreviewSource,
): CheckedText {
  const wording = parts ?? catalogueParts(text, language)
  const problems = text.parts.flatMap((part) =>
    checkPart(wording[part.key] ?? '', part).map((problem) => ({ ...problem, key: part.key })),
  )
  const fillable = problems.every(
    ({ reason }) => reason === 'missing' || reason === 'several_lines' || reason === 'link',
  )
  if (!fillable) return { problems, preview: null }
  const directory = saying(source.directory, language, wording)
  if (text.shownIn.channel === 'email') {
    const { kind } = text.shownIn
    const { visit, details, extras } = sampleMessage({ ...source, language })
    const ended = { ...extras, summary: kind === 'ended' ? extras.summary : null }
    return {
      problems,
      preview: {
        channel: 'email',
        ...emailContent(kind, { visit, details }, { ...source, directory }, ended),
      },
    }
  }
  const key = text.parts[0]?.key as TextKey
  const values = smsValues(sampleMessage({ ...source, language, today: text.shownIn.today }).visit, directory)
  const texts = institutionTexts(directory, () => source.now)
  const filled = liveTranslator(language, texts).t(key, values)
  const { count, problems: costs } = checkFilledSms(filled, language)
  return {
    problems: [...problems, ...costs.map((problem) => ({ ...problem, key }))],
    preview: { channel: 'sms', text: filled, count },
  }
}

/** What the placeholders of an SMS become in the preview, for whoever counts while somebody types. */
export function previewValues(
  { shownIn }: EditableText,
  language: Language,
  source: PreviewSource,
): Record<string, string> | null {
  if (shownIn.channel !== 'sms') return null
  const { directory, now } = source
  const { inst, smsPhone } = institutionTexts(directory, () => now).words(language)
  const { visit } = sampleMessage({ ...source, language, today: shownIn.today })
  return { inst, smsPhone, ...smsValues(visit, directory) }
}

/** The directory as it would be with this wording. */
function saying(directory: Directory, language: Language, wording: Readonly<Record<string, string>>) {
  const { institution, branches, topics, certificateKinds } = directory
  return {
    ...{ institution, branches, topics, certificateKinds },
    branchById: (id: number) => directory.branchById(id),
    topicById: (id: number) => directory.topicById(id),
    wordings: (now: () => Date) => {
      const others = directory.wordings(now)
      return { ...others, [language]: new Map([...(others[language] ?? []), ...Object.entries(wording)]) }
    },
  }
}

/** Dates, times and numbers are equally long whatever the visit: any of them shows the longest there is. */
function smsValues(
  { startsAt, language, number }: VisitToTell,
  { institution: { timeZone } }: Pick<Directory, 'institution'>,
): { date: string; time: string; number: string } {
  return { date: smsDate(startsAt, language, timeZone), time: timeOnButton(startsAt, timeZone), number }
}
