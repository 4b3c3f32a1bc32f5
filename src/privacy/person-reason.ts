import { holdsDocumentNumber } from '../visit/document-number'

/** Longest reason, in characters. */
export const longestReason = 500
const shortestReason = 3

export type ReasonRefusal = 'reason_missing' | 'reason_too_long' | 'document_number' | 'reason_names'

/**
 * All that is wrong with a reason that an inspector typed. It outlives what it is about, so it
 * must not say who that is: `known` are the names, phone and e-mail that it must not hold.
 */
export function reasonProblems(reason: string, known: readonly string[]): ReasonRefusal[] {
  const words = reason.trim()
  if (words.length < shortestReason) return ['reason_missing']
  return [
    ...(words.length > longestReason ? (['reason_too_long'] as const) : []),
    ...(holdsDocumentNumber(words) ? (['document_number'] as const) : []),
    ...(known.some((one) => holds(words, one)) ? (['reason_names'] as const) : []),
  ]
}

const lettersAndDigits = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const wordsOf = (text: string) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)

/** A name as a word of its own; a phone or an e-mail however it is spaced. */
function holds(words: string, known: string): boolean {
  if (/[\d@]/.test(known)) {
    const signs = lettersAndDigits(known.replace(/^\+48/, ''))
    return signs.length > 5 && lettersAndDigits(words).includes(signs)
  }
  const parts = wordsOf(known).filter((part) => part.length > 2)
  return parts.some((part) => wordsOf(words).includes(part))
}
