import { compileMessage } from '../platform/i18n/message'
import { catalogues, type Language, type TextKey } from '../texts/catalogue'
import type { InstitutionSettings } from './institution-data'

type KeptSettings = Pick<InstitutionSettings, 'keptDays' | 'recordingKeptDays'>

/** The periods that the legal texts promise: names of their placeholders. */
export const keptNames = ['retentionVisit', 'retentionRecording', 'retentionContact'] as const
export type KeptWords = Record<(typeof keptNames)[number], string>

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
export function keptWords({ keptDays, recordingKeptDays }: KeptSettings, language: Language): KeptWords {
  const words = (days: number) => periodWords(days, language)
  const after = (days: number) => say(language, 'kept.after', { period: words(days) })
  const usual = after(recordingKeptDays.usual)
  const others = [...new Set(Object.values(recordingKeptDays.topics))]
    .filter((days) => days !== recordingKeptDays.usual)
    .sort((one, other) => one - other)
    .map(words)
  return {
    retentionVisit: say(language, 'kept.visit', {
      visit: words(keptDays.visit),
      chat: words(keptDays.chat),
      notes: words(keptDays.notes),
      messages: words(keptDays.messages),
      device: words(keptDays.deviceCheck),
    }),
    retentionRecording:
      others.length === 0 ? usual : say(language, 'kept.topics', { usual, others: others.join(', ') }),
    retentionContact: after(keptDays.contact),
  }
}
