import type { Party } from '../contract/visit-state'
import type { Keys } from '../platform/keys'
import type { TextKey } from '../texts/catalogue'

/** What a message tells that its visit does not know any more; no personal data in clear. */
export interface MessageDetails {
  by?: Party
  /** ISO instant of the time before a move. */
  oldStartsAt?: string
  /** ISO instant until which a client is asked to choose another time. */
  until?: string
  /** Code of a text `reason.institution.*`. */
  reason?: ReasonCode
  /** The officer's own words, sealed, base64. */
  words?: string
}

/** The reasons for which there is a text in every language. */
const reasonTexts = {
  absence: 'reason.institution.absence',
  technical: 'reason.institution.technical',
  closure: 'reason.institution.closure',
} as const satisfies Record<string, TextKey>
type ReasonCode = keyof typeof reasonTexts

const context = (visitId: string) => `message.reason:${visitId}`
const isCode = (reason: string): reason is ReasonCode => Object.hasOwn(reasonTexts, reason)

/** A reason as kept in the outbox: a known code as it is, an officer's own words sealed. */
export function reasonDetails(keys: Keys, visitId: string, reason: string | undefined): MessageDetails {
  if (reason === undefined || reason.trim() === '') return {}
  if (isCode(reason)) return { reason }
  return { words: keys.seal(reason.trim(), context(visitId)).toString('base64') }
}

/** The text key of a coded reason, or the officer's words; undefined when no reason was given. */
export function readReason(
  keys: Keys,
  visitId: string,
  { reason, words }: MessageDetails,
): { key: TextKey } | { words: string } | undefined {
  if (reason !== undefined) return { key: reasonTexts[reason] }
  if (words === undefined) return undefined
  return { words: keys.unseal(Buffer.from(words, 'base64'), context(visitId)) }
}
