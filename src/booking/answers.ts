import type { TextArgs } from '../platform/i18n/message'
import type { Language, TextKey } from '../texts/catalogue'

/** What the client typed, checked and normalised. */
export interface Answers {
  firstName: string
  lastName: string
  /** E.164. */
  phone: string
  email: string
  guardian: { firstName: string; lastName: string } | null
  /** Of our messages. */
  language: Language
}

export type AnswersField =
  | 'firstName'
  | 'lastName'
  | 'phone'
  | 'email'
  | 'guardian'
  | 'guardianFirstName'
  | 'guardianLastName'
  | 'language'

export interface AnswersError {
  field: AnswersField
  key: TextKey
  args?: TextArgs
}

export interface AnswersWarning {
  field: 'phone' | 'email'
  key: TextKey
  args?: TextArgs
}

export type ParsedAnswers =
  { ok: true; answers: Answers; warnings: AnswersWarning[] } | { ok: false; errors: AnswersError[] }

/**
 * Checks a form with the fields firstName, lastName, phone, email, guardian ('yes' or absent),
 * guardianFirstName, guardianLastName and language (absent: the page's `language`).
 */
export declare function parseAnswers(form: Record<string, unknown>, language: Language): ParsedAnswers
