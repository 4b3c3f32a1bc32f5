import type { Day } from '../platform/zone'
import { type Language, languages } from '../texts/catalogue'
import type { Directory } from './directory'
import type { LegalKind } from './institution-data'
import { type KeptWords, keptWords } from './kept-words'

/** Where each period is promised to clients. */
export const promises = [
  { kind: 'privacy', period: 'retentionVisit' },
  { kind: 'privacy', period: 'retentionRecording' },
  { kind: 'privacy', period: 'retentionContact' },
  { kind: 'recording', period: 'retentionRecording' },
] as const satisfies readonly { kind: LegalKind; period: keyof KeptWords }[]

export interface MissingPromise {
  kind: LegalKind
  language: Language
  version: string
  /** What the settings say and the text does not. */
  words: string
}

/** Texts in force that promise another time than the settings keep; none, as long as texts take it from them. */
export function missingPromises(directory: Directory, day: Day): MissingPromise[] {
  const { settings } = directory.institution
  return languages.flatMap((language) => {
    const words = keptWords(settings, language)
    return promises.flatMap(({ kind, period }) => {
      const { body, version } = directory.currentLegalText(kind, language, day)
      return body.includes(words[period]) ? [] : [{ kind, language, version, words: words[period] }]
    })
  })
}
