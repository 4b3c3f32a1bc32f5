import type { Language } from '../texts/catalogue'
import { languages } from '../texts/catalogue'

type Texts = Record<Language, string>
export type SampleValue = Texts & { sample: boolean }

/** '[uzupełnia instytucja: …]': words that only say that something belongs there. */
export const isBracketed = (text: string): boolean => /\[[^\]]*\]/.test(text)

/**
 * What was typed over a value. It is a sample no longer once somebody has said that it is right, or has typed it
 * anew in every language; with a text in brackets left in it, it stays one.
 */
export function typedOver(before: SampleValue, typed: Texts, confirmed: boolean): SampleValue {
  const { pl, en, uk } = typed
  const isAnew = languages.every((language) => typed[language] !== before[language])
  const isLeft = languages.some((language) => isBracketed(typed[language]))
  return { pl, en, uk, sample: isLeft || (before.sample && !confirmed && !isAnew) }
}

/** Languages in which brackets stand in what is to be right. */
export const wronglyBracketed = (before: SampleValue, typed: Texts, confirmed: boolean): Language[] =>
  before.sample && !confirmed ? [] : languages.filter((language) => isBracketed(typed[language]))
