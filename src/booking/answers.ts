import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { canReceiveSms } from '../message/message-plan'
import type { TextArgs } from '../platform/i18n/message'
import { isLanguage, type Language, type TextKey } from '../texts/catalogue'
import { likelyTypo, parseEmail } from './email-address'

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

type NameField = 'firstName' | 'lastName' | 'guardianFirstName' | 'guardianLastName'
export type AnswersField = NameField | 'phone' | 'email' | 'language'

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

/** Of each name. */
const longestName = 60

const nameKeys = {
  firstName: 'details.firstName.error',
  lastName: 'details.lastName.error',
  guardianFirstName: 'details.guardian.firstName.error',
  guardianLastName: 'details.guardian.lastName.error',
} as const satisfies Record<NameField, string>

type Checked<T> = { value: T } | { error: AnswersError }

/**
 * Checks a form with the fields firstName, lastName, phone, email, guardian ('yes' or absent),
 * guardianFirstName, guardianLastName and language (absent: the page's `language`). All errors at once, in the
 * order of the page.
 */
export function parseAnswers(form: Record<string, unknown>, language: Language): ParsedAnswers {
  const text = (field: string): string => (typeof form[field] === 'string' ? form[field] : '')
  const name = (field: NameField) => checkName(field, text(field))
  const hasGuardian = text('guardian') === 'yes'

  const firstName = name('firstName')
  const lastName = name('lastName')
  const phone = checkPhone(text('phone'))
  const email = checkEmail(text('email'))
  const chosen = form.language === undefined ? { value: language } : checkLanguage(text('language'))
  const guardianFirst = hasGuardian ? name('guardianFirstName') : undefined
  const guardianLast = hasGuardian ? name('guardianLastName') : undefined

  const answers = all({ firstName, lastName, phone, email, language: chosen })
  const guardian =
    guardianFirst && guardianLast ? all({ firstName: guardianFirst, lastName: guardianLast }) : null
  if ('errors' in answers || (guardian && 'errors' in guardian)) {
    const errors = [answers, guardian].flatMap((part) => (part && 'errors' in part ? part.errors : []))
    return { ok: false, errors }
  }
  if (guardian && isSamePerson(guardian.values, answers.values)) {
    const error = { field: 'guardianFirstName', key: 'details.guardian.error.sameAsClient' } as const
    return { ok: false, errors: [error] }
  }
  const checked: Answers = { ...answers.values, guardian: guardian?.values ?? null }
  return { ok: true, answers: checked, warnings: warningsOf(checked) }
}

/** The values when every part is right, else all errors. */
function all<T extends Record<string, unknown>>(parts: {
  [Key in keyof T]: Checked<T[Key]>
}): { values: T } | { errors: AnswersError[] } {
  const entries = Object.entries<Checked<unknown>>(parts)
  const errors = entries.flatMap(([, part]) => ('error' in part ? [part.error] : []))
  if (errors.length > 0) return { errors }
  return {
    values: Object.fromEntries(entries.map(([key, part]) => [key, 'value' in part && part.value])) as T,
  }
}

/** Letters of any script; a name begins with one. */
const namePattern = /^[\p{L}\p{M}][\p{L}\p{M} '’-]*$/u

function checkName(field: NameField, typed: string): Checked<string> {
  const key = nameKeys[field]
  const name = typed
    .normalize('NFC')
    .replace(/[\u2010-\u2014\u2212]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim()
  if (name === '') return { error: { field, key: `${key}.empty` } }
  if (Array.from(name).length > longestName)
    return { error: { field, key: `${key}.tooLong`, args: { max: longestName } } }
  if (!namePattern.test(name)) return { error: { field, key: `${key}.characters` } }
  return { value: name }
}

const isSamePerson = (
  one: { firstName: string; lastName: string },
  other: { firstName: string; lastName: string },
): boolean => {
  const words = ({ firstName, lastName }: typeof one) => `${firstName} ${lastName}`.toLocaleLowerCase('pl')
  return words(one) === words(other)
}

/**
 * Polish unless it begins with + or 00; one that is too long to be Polish was to be a foreign one. Of foreign
 * numbers only the form is checked: which ranges are in use abroad changes faster than our list of them.
 */
function checkPhone(typed: string): Checked<string> {
  const field = 'phone'
  const text = typed.trim()
  if (text === '') return { error: { field, key: 'details.phone.error.empty' } }
  if (!/^[\d\s+()./-]+$/.test(text)) return { error: { field, key: 'details.phone.error.format' } }
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'PL', extract: false })
  const isRight = number?.countryCallingCode === '48' ? number.isValid() : number?.isPossible()
  if (number && isRight) return { value: number.number }
  const isForeign = /^(\+|00)/.test(text) ? !/^(\+|00)\s*48/.test(text) : text.replace(/\D/g, '').length > 9
  return { error: { field, key: isForeign ? 'details.phone.error.foreign' : 'details.phone.error.format' } }
}

function checkEmail(typed: string): Checked<string> {
  const field = 'email'
  const email = parseEmail(typed)
  if (email.ok) return { value: email.address }
  return { error: { field, key: `details.email.error.${email.reason}` } }
}

const checkLanguage = (typed: string): Checked<Language> =>
  isLanguage(typed) ? { value: typed } : { error: { field: 'language', key: 'details.language.error.empty' } }

function warningsOf({ phone, email }: Answers): AnswersWarning[] {
  const suggested = likelyTypo(email)
  return [
    ...(canReceiveSms(phone)
      ? []
      : [{ field: 'phone', key: 'details.phone.warning.landline' } satisfies AnswersWarning]),
    ...(suggested === undefined
      ? []
      : [
          {
            field: 'email',
            key: 'details.email.warning.typo',
            args: { typed: email, suggested },
          } satisfies AnswersWarning,
        ]),
  ]
}
