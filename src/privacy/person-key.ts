import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { parseVisitNumber } from '../booking/visit-number'

/** By what a person is looked for; `value` in the one form that it is kept in. */
export interface PersonKey {
  by: 'phone' | 'email' | 'number'
  value: string
}

const longest = 320

/** What somebody typed: an e-mail address, a visit number or a phone; undefined when it is none of them. */
export function parsePersonKey(typed: string): PersonKey | undefined {
  const text = typed.trim()
  if (text === '' || text.length > longest) return undefined
  if (text.includes('@')) return /^\S+@\S+$/.test(text) ? { by: 'email', value: text } : undefined
  if (/[a-z]/i.test(text)) return numberKey(text)
  const phone = parsePhoneNumberFromString(text, 'PL')
  return phone?.isPossible() ? { by: 'phone', value: phone.number } : numberKey(text)
}

const numberKey = (text: string): PersonKey | undefined => {
  const value = parseVisitNumber(text)
  return value === undefined ? undefined : { by: 'number', value }
}
