import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import type { OidcConfig } from '../../config/config'
import type { Claims } from './claims'
import { createLogoutTokenReader, type LoggedOut } from './logout-token'
import { oidcPaths } from './oidc-paths'

/** What a browser keeps between leaving for the provider and coming back. */
export interface Departure {
  state: string
  nonce: string
  verifier: string
  /** The person was to prove anew to be themself. */
  again: boolean
}

export interface Arrival {
  issuer: string
  subject: string
  /** The session at the provider, if it tells. */
  session: string | undefined
  claims: Claims
}

/** The institution's identity provider, by OpenID Connect: authorization code with PKCE. */
export interface IdentityProvider {
  /** Where to send the browser, and what it must bring back. */
  depart(again: boolean): Promise<{ url: URL; departure: Departure }>
  /** Checks the answer the browser came back with (state, nonce, signature, audience, times) and reads the claims. */
  arrive(address: URL, departure: Departure): Promise<Arrival>
  /** Where a browser ends its session at the provider, too; undefined when there is no such address. */
  farewell(): Promise<URL | undefined>
  /** What a logout token says; undefined when it is not a right one. */
  readLogout(token: string, now: Date): Promise<LoggedOut | undefined>
}

const timeoutSeconds = 10

/** Only a demonstration may have such a provider; the library marks it so that it stands out. */
// eslint-disable-next-line @typescript-eslint/no-deprecated
const withoutTls = [allowInsecureRequests]

/** Asks the provider for its addresses at the first use, and again until it answers. */
export function createIdentityProvider(config: OidcConfig, publicUrl: string): IdentityProvider {
  const { issuer, clientId, clientSecret, scope } = config
  let discovered: Promise<Configuration> | undefined
  const discover = () => {
    discovered ??= discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret.reveal()), {
      timeout: timeoutSeconds,
      execute: issuer.startsWith('http:') ? withoutTls : [],
    }).catch((error: unknown) => {
      discovered = undefined
      throw error
    })
    return discovered
  }
  const readLogoutToken = createLogoutTokenReader(clientId, timeoutSeconds)

  return {
    depart: async (again) => {
      const provider = await discover()
      const departure = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        again,
      }
      const url = buildAuthorizationUrl(provider, {
        redirect_uri: `${publicUrl}${oidcPaths.back}`,
        scope,
        state: departure.state,
        nonce: departure.nonce,
        code_challenge: await calculatePKCECodeChallenge(departure.verifier),
        code_challenge_method: 'S256',
        ...(again && { prompt: 'login', max_age: '0' }),
      })
      return { url, departure }
    },
    arrive: async (address, { state, nonce, verifier, again }) => {
      const provider = await discover()
      const tokens = await authorizationCodeGrant(provider, address, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(again && { maxAge: 0 }),
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('The provider sent no ID token')
      const { userinfo_endpoint: userInfo } = provider.serverMetadata()
      const more = userInfo ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : {}
      return {
        issuer: claims.iss,
        subject: claims.sub,
        session: typeof claims.sid === 'string' ? claims.sid : undefined,
        claims: { ...more, ...claims },
      }
    },
    farewell: async () => {
      const provider = await discover()
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined
      // No ID token goes along: it names the person, who has no place in an address. The provider asks them instead
      return buildEndSessionUrl(provider, { post_logout_redirect_uri: `${publicUrl}/pracownik` })
    },
    readLogout: async (token, now) => {
      const { issuer: iss, jwks_uri: keys } = (await discover()).serverMetadata()
      return keys === undefined ? undefined : readLogoutToken({ issuer: iss, keys }, token, now)
    },
  }
}
