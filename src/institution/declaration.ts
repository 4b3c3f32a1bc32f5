import type { Day } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { Declaration } from './declaration-schema'
import type { Institution } from './directory-content'

/** The phone of the declaration: its own, or the institution's help line as it is written in the language. */
export const shownPhone = (
  { phoneE164 }: Pick<Declaration, 'phoneE164'>,
  institution: Pick<Institution, 'phoneE164' | 'texts'>,
  language: Language,
): { e164: string; words: string } =>
  phoneE164 === null
    ? { e164: institution.phoneE164, words: institution.texts[language].phone }
    : { e164: phoneE164, words: phoneE164.replace(/^(\+48)(\d{2})(\d{3})(\d{2})(\d{2})$/, '$1 $2 $3 $4 $5') }

/** How the yearly review stands: done, to be done by 31 March of this year, or late. */
export type ReviewState = 'done' | 'soon' | 'late'

/**
 * The declaration is reviewed each year by 31 March (act of 4 April 2019 on digital accessibility): once it was made
 * or reviewed in this year there is nothing to do; it is called for from the first of March on.
 */
export function reviewState(
  { made, reviewed }: { made: Day; reviewed: Day | null },
  today: Day,
): ReviewState {
  const last = reviewed !== null && reviewed > made ? reviewed : made
  const year = today.slice(0, 4)
  if (last >= `${year}-01-01`) return 'done'
  const before = String(Number(year) - 1)
  // Whoever missed last year's day altogether is late all year round
  if (today > `${year}-03-31` || last < `${before}-01-01`) return 'late'
  return today >= `${year}-03-01` ? 'soon' : 'done'
}
