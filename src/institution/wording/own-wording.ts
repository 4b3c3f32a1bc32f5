import { type Language, languages } from '../../texts/catalogue'
import type { OwnWording } from '../../platform/i18n/translator'

/** One version of a text in the institution's own words. */
export interface OwnText {
  /** E.g. 'email.booked'. */
  name: string
  language: Language
  version: number
  /** Key of the catalogue -> wording; null: the catalogue's again. */
  parts: Readonly<Record<string, string>> | null
  validFrom: Date
}

export type Wordings = Readonly<Record<Language, OwnWording | undefined>>

/** Of two that are valid, the one that began later says it; begun together, the one saved later. */
export const byBeginning = (
  one: Pick<OwnText, 'validFrom' | 'version'>,
  other: Pick<OwnText, 'validFrom' | 'version'>,
): number => one.validFrom.getTime() - other.validFrom.getTime() || one.version - other.version

const none: Wordings = { pl: undefined, en: undefined, uk: undefined }

/**
 * What is said instead of the catalogue's texts at an instant; a text for a later day becomes valid by itself.
 * Asked for at every text, so the answer is kept until the next one begins.
 */
export function wordingsOf(texts: readonly OwnText[]): (now: () => Date) => Wordings {
  if (texts.length === 0) return () => none
  const inOrder = [...texts].sort(byBeginning)
  const beginnings = inOrder.map(({ validFrom }) => validFrom.getTime())
  let kept: { wordings: Wordings; from: number; until: number } | undefined
  return (now) => {
    const at = now().getTime()
    if (kept && at >= kept.from && at < kept.until) return kept.wordings
    const from = Math.max(-Infinity, ...beginnings.filter((one) => one <= at))
    const until = Math.min(Infinity, ...beginnings.filter((one) => one > at))
    kept = { wordings: wordingsAt(inOrder, at), from, until }
    return kept.wordings
  }
}

function wordingsAt(inOrder: readonly OwnText[], at: number): Wordings {
  const said = new Map<string, OwnText>()
  for (const text of inOrder)
    if (text.validFrom.getTime() <= at) said.set(`${text.language} ${text.name}`, text)
  const inLanguage = (language: Language): OwnWording | undefined => {
    const parts = [...said.values()].filter((text) => text.language === language)
    const wording = new Map(parts.flatMap((text) => Object.entries(text.parts ?? {})))
    return wording.size > 0 ? wording : undefined
  }
  return Object.fromEntries(
    languages.map((language) => [language, inLanguage(language)]),
  ) as unknown as Wordings
}
