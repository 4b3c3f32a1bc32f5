import { compileMessage } from '../platform/i18n/message'
import { escapeMarkdown } from '../platform/i18n/markdown'
import { catalogues, type Language, type TextKey } from '../texts/catalogue'
import type { InstitutionSettings } from './institution-data'

type KeptSettings = Pick<InstitutionSettings, 'keptDays' | 'recordingKeptDays'>
type TopicNames = readonly { code: string; texts: Record<Language, { name: string }> }[]

/** The periods that the legal texts promise, as values of their placeholders. */
export interface KeptWords {
  retentionVisit: string
  retentionRecording: string
  retentionContact: string
}

const say = (language: Language, key: TextKey, args: Record<string, string | number>): string =>
  compileMessage(key, catalogues[language][key], language)(args)

/** '90 dni', '5 lat': whole years are said as years. */
export function periodWords(days: number, language: Language): string {
  const years = days / 365
  return Number.isInteger(years)
    ? say(language, 'kept.years', { n: years })
    : say(language, 'kept.days', { n: days })
}

/** What the settings say about how long data are kept, in words: the texts promise nothing else. */
export function keptWords(
  { keptDays, recordingKeptDays }: KeptSettings,
  topics: TopicNames,
  language: Language,
): KeptWords {
  const words = (days: number) => periodWords(days, language)
  const after = (days: number) => say(language, 'kept.after', { period: words(days) })
  const exceptions = topics.flatMap(({ code, texts }) => {
    const days = recordingKeptDays.topics[code]
    if (days === undefined || days === recordingKeptDays.usual) return []
    return [say(language, 'kept.topic', { topic: escapeMarkdown(texts[language].name), period: words(days) })]
  })
  return {
    retentionVisit: say(language, 'kept.visit', {
      visit: words(keptDays.visit),
      chat: words(keptDays.chat),
      notes: words(keptDays.notes),
      messages: words(keptDays.messages),
      device: words(keptDays.deviceCheck),
    }),
    retentionRecording: [after(recordingKeptDays.usual), ...exceptions].join('; '),
    retentionContact: after(keptDays.contact),
  }
}
