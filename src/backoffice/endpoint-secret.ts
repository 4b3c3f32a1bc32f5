import type { Keys } from '../platform/keys'

const context = (endpointId: string) => `webhook.secret:${endpointId}`

/** An endpoint's secret for the database; worthless for any other endpoint. */
export const sealSecret = (keys: Keys, endpointId: string, secret: string): Buffer =>
  keys.seal(secret, context(endpointId))

/** The secrets that sign at an instant: the present one, and the one before it until its overlap ends. */
export function signingSecrets(
  keys: Keys,
  { id, secret, oldSecret, oldSecretUntil }: SealedSecrets,
  now: Date,
): string[] {
  const sealed = [secret, ...(oldSecret && oldSecretUntil && now < oldSecretUntil ? [oldSecret] : [])]
  return sealed.map((one) => keys.unseal(one, context(id)))
}

export interface SealedSecrets {
  /** Of the endpoint. */
  id: string
  secret: Buffer
  oldSecret: Buffer | null
  oldSecretUntil: Date | null
}
