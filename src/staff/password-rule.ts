export const shortestPassword = 12
export const longestPassword = 200
const fewestSigns = 5

export type PasswordFault = 'too_short' | 'too_long' | 'guessable'

/** Long ones that stand at the top of every guesser's list. */
const known = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123123123123',
  'qwertyuiop123',
  'qwertyuiop[]',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'password1234',
  'passwordpassword',
  'haslohaslo123',
  'zaq12wsxcde3',
  'administrator',
  'administrator1',
  'trustno1trustno1',
])

/** Letters and digits only, in small letters without accents: as guessers try words. */
const bare = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ł/g, 'l')
    .replace(/[^a-z0-9]/g, '')

const longEnoughToCount = 4

/**
 * What is wrong with a new password. Length counts; no kind of sign is asked for. Refused is what a guesser tries
 * first: known ones, few signs, and the person's own name or address with little around it.
 */
export function passwordFault(
  password: string,
  person: { email: string; name: string },
): PasswordFault | undefined {
  const signs = Array.from(password.normalize('NFKC'))
  if (signs.length < shortestPassword) return 'too_short'
  if (signs.length > longestPassword) return 'too_long'
  if (known.has(password.toLowerCase()) || new Set(signs).size < fewestSigns) return 'guessable'
  const own = [...person.name.split(/\s+/), ...person.email.split(/[@.]/)].map(bare)
  const rest = own
    .filter((word) => word.length >= longEnoughToCount)
    .reduce((left, word) => left.replaceAll(word, ''), bare(password))
  const plain = bare(password)
  return plain !== '' && rest.length * 2 <= plain.length ? 'guessable' : undefined
}
