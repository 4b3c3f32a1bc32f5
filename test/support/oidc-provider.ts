import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Secret } from '../../src/config/secret'
import type { OidcConfig } from '../../src/config/config'
import { freePort } from './free-port'

export interface ProviderSettings {
  productUrl: string
  clientId: string
  clientSecret: string
  /** Claims of a person, by what they type as their login. */
  people: Record<string, Record<string, unknown>>
}

export interface TestIdentityProvider {
  issuer: string
  config: OidcConfig
  stop(): Promise<void>
}

/** Where a provider will listen and what the product is to know of it; nothing runs yet. */
export async function reserveProvider(): Promise<{ port: number; config: OidcConfig }> {
  const port = await freePort()
  return {
    port,
    config: {
      issuer: `http://localhost:${port}`,
      clientId: 'e-wizyta',
      clientSecret: new Secret('a secret of the test client'),
      scope: 'openid profile email',
      roleClaim: 'roles',
      roles: new Map([
        ['EW-Pracownik', 'officer'],
        ['EW-Kierownik', 'supervisor'],
        ['EW-Administrator', 'administrator'],
      ]),
      branchClaim: 'branch',
      branches: undefined,
    },
  }
}

/** Starts oidc-provider as a process of its own, with the pages on which anybody signs in by typing a login. */
export async function startProvider(
  { port, config }: { port: number; config: OidcConfig },
  { productUrl, people }: Pick<ProviderSettings, 'productUrl' | 'people'>,
): Promise<TestIdentityProvider> {
  const settings: ProviderSettings = {
    productUrl,
    people,
    clientId: config.clientId,
    clientSecret: config.clientSecret.reveal(),
  }
  const child = spawn(
    process.execPath,
    ['scripts/run-ts.mjs', 'test/support/oidc-provider-process.ts', String(port), JSON.stringify(settings)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The identity provider ended at once'))),
  ])
  return {
    issuer: config.issuer,
    config,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
