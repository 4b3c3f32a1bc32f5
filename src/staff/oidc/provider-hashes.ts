import type { Keys } from '../../platform/keys'

/** By what we know a person of the identity provider again, without keeping their name there. */
export const identityHash = (keys: Keys, issuer: string, subject: string): Buffer =>
  keys.lookupHash('staff.identity', `${issuer}\0${subject}`)

export const providerSessionHash = (keys: Keys, issuer: string, session: string): Buffer =>
  keys.lookupHash('staff.providerSession', `${issuer}\0${session}`)
