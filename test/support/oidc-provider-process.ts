// An identity provider of its own, for tests: node scripts/run-ts.mjs test/support/oidc-provider-process.ts <port> <settings>
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import Provider from 'oidc-provider'
import type { ProviderSettings } from './oidc-provider'

const [port = '', text = ''] = process.argv.slice(2)
const { productUrl, clientId, clientSecret, people } = JSON.parse(text) as ProviderSettings

// Its pages of the test drive tell of every step; what they warn of is meant for real use
console.warn = () => undefined
console.info = () => undefined

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [`${productUrl}/pracownik/oidc/powrot`],
      post_logout_redirect_uris: [`${productUrl}/pracownik`],
      backchannel_logout_uri: `${productUrl}/zwrotka/oidc/wylogowanie`,
      backchannel_logout_session_required: true,
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], profile: ['name', 'roles', 'branch'], email: ['email', 'email_verified'] },
  scopes: ['openid', 'profile', 'email'],
  features: {
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // It calls nobody at a private address; here all of us live at one
  fetch: (address: string, options: object) =>
    fetch(address, { ...options, dispatcher: undefined } as RequestInit),
  pkce: { required: () => true },
  cookies: { keys: [randomBytes(16).toString('hex')] },
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }] },
  // Whoever types a login is that person
  findAccount: (_context: unknown, id: string) => ({
    accountId: id,
    claims: () => ({ sub: id, ...people[id] }),
  }),
})
provider.listen(Number(port), 'localhost', () => process.stdout.write('ready\n'))
