import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose'

/** Whom the identity provider has logged out: a session of theirs, or a person everywhere. */
export interface LoggedOut {
  issuer: string
  subject: string | undefined
  session: string | undefined
  at: Date
}

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** A token is sent at once: an older one was kept by somebody. */
const oldestSeconds = 120
const clockToleranceSeconds = 30

/**
 * Reads logout tokens of OpenID Connect Back-Channel Logout 1.0: signature by a key of the issuer, audience, age, the
 * event, a subject or a session, and no nonce (which would make it an ID token).
 */
export function createLogoutTokenReader(clientId: string, timeoutSeconds: number) {
  let known: { address: string; keys: JWTVerifyGetKey } | undefined
  const keysAt = (address: string): JWTVerifyGetKey => {
    if (known?.address !== address)
      known = {
        address,
        keys: createRemoteJWKSet(new URL(address), { timeoutDuration: timeoutSeconds * 1000 }),
      }
    return known.keys
  }

  return async (
    provider: { issuer: string; keys: string },
    token: string,
    now: Date,
  ): Promise<LoggedOut | undefined> => {
    // Anybody may send us anything: what is wrong with it is nobody's business
    const verified = await jwtVerify(token, keysAt(provider.keys), {
      issuer: provider.issuer,
      audience: clientId,
      currentDate: now,
      maxTokenAge: oldestSeconds,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['iat', 'jti', 'events'],
    }).catch(() => undefined)
    if (!verified) return undefined
    const { payload, protectedHeader } = verified
    const typ = protectedHeader.typ?.toLowerCase()
    if (typ !== undefined && typ !== 'jwt' && typ !== 'logout+jwt') return undefined
    const { events, nonce, sid, sub, iat = 0 } = payload
    const isLogout = typeof events === 'object' && events !== null && Object.hasOwn(events, event)
    const session = typeof sid === 'string' ? sid : undefined
    if (!isLogout || nonce !== undefined || (session === undefined && sub === undefined)) return undefined
    return { issuer: provider.issuer, subject: sub, session, at: new Date(iat * 1000) }
  }
}
