import { Secret, TOTP } from 'otpauth'

/** The code that an authenticator app with this seed shows at an instant. */
export const codeOfApp = (seed: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(seed) }).generate({ timestamp: at.getTime() })

/** The seed that a page offers to type into an app. */
export function seedOnPage(body: string): string {
  const seed = /class="seed">([A-Z2-7 ]+)</.exec(body)?.[1]
  if (seed === undefined) throw new Error('The page offers no seed')
  return seed.replaceAll(' ', '')
}

/** Value of a hidden field of a page. */
export function hiddenField(body: string, name: string): string {
  const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1]
  if (value === undefined) throw new Error(`The page has no field ${name}`)
  return value
}

/** The recovery codes that a page shows. */
export const recoveryCodesOn = (body: string): string[] =>
  [...body.matchAll(/<li>([0-9a-z]{5}-[0-9a-z]{5})<\/li>/g)].map(([, code = '']) => code)
