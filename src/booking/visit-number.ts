import { randomInt } from 'node:crypto'

/** Without signs that are taken for one another on paper or by ear: none of 0 O 1 I L U, and 2 5 8 but not Z S B. */
const alphabet = '23456789ACDEFGHJKMNPQRTVWXY'
const length = 8
const numberPattern = new RegExp(`^[${alphabet}]{${length}}$`)
const misread: Record<string, string> = { Z: '2', S: '5', B: '8' }

/** A fresh number such as 'EW-7K3F-94QX'; random, so that nobody can count them or guess one. */
export function newReadableNumber(prefix: 'EW' | 'WZ' | 'PP'): string {
  const signs = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
  return `${prefix}-${signs.slice(0, 4)}-${signs.slice(4)}`
}

export const newVisitNumber = (): string => newReadableNumber('EW')

/** A visit number as typed (small letters, spaces, no hyphens, Z for 2) in its one form; undefined when it is none. */
export function parseVisitNumber(text: string): string | undefined {
  const signs = text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/^EW(?=.{8}$)/, '')
    .replace(/[ZSB]/g, (sign) => misread[sign] ?? sign)
  return numberPattern.test(signs) ? `EW-${signs.slice(0, 4)}-${signs.slice(4)}` : undefined
}
