import { Secret, TOTP } from 'otpauth'

/** As every authenticator app expects: SHA-1, six digits, half a minute. */
const digits = 6
const period = 30
/** A clock may be half a minute off. */
const window = 1

const totp = (seed: string, names: { issuer?: string; label?: string } = {}) =>
  new TOTP({ algorithm: 'SHA1', digits, period, secret: Secret.fromBase32(seed), ...names })

/** A fresh seed of 160 bits, in base32 as apps take it typed. */
export const newSeed = (): string => new Secret({ size: 20 }).base32

/** What the QR code says to an authenticator app. */
export const seedAddress = (seed: string, names: { issuer: string; label: string }): string =>
  totp(seed, names).toString()

/** The half minute since 1970 that the code belongs to; undefined when it is not of this time. */
export function stepOfCode(seed: string, code: string, now: Date): number | undefined {
  // The library expects digits, and throws for what only looks like them
  if (!/^[0-9]{6}$/.test(code)) return undefined
  const delta = totp(seed).validate({ token: code, timestamp: now.getTime(), window })
  return delta === null ? undefined : TOTP.counter({ period, timestamp: now.getTime() }) + delta
}
