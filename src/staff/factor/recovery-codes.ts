import { randomInt } from 'node:crypto'
import type { Keys } from '../../platform/keys'

export const recoveryCodeCount = 10
const length = 10
/** Without letters that look like digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Codes of 50 random bits each, as people write them down: 'k7f3c-92qxa'. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodeCount }, () => {
    const signs = Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
    return `${signs.slice(0, length / 2)}-${signs.slice(length / 2)}`
  })

/** What is kept of a code: worth nothing without the keys. Spaces, hyphens and capitals do not matter. */
export const recoveryCodeHash = (keys: Keys, staffId: number, code: string): Buffer =>
  keys.lookupHash('staff.recovery', `${staffId}\0${code.toLowerCase().replace(/[\s-]+/g, '')}`)
