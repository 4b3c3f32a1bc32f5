import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from './config'
import { settings } from './settings'

const production = {
  MODE: 'production',
  PUBLIC_URL: 'https://wizyta.example.org',
  SMTP_URL: 'smtp://relay.example.org',
  SMS_PROVIDER: 'smsapi',
  SMS_TOKEN: 'token-of-the-gateway',
  SMS_SENDER: 'ZUS',
}

const problemsOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return ''
}

describe('configuration', () => {
  test('an empty environment is the demonstration on port 3000', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ demo: true, port: 3000, role: 'all', sms: { provider: 'mailbox' } })
  })

  test('an empty value counts as not given', () => {
    expect(readConfig({ PORT: '' }).port).toBe(3000)
  })

  test('every wrong setting is named at once, in a sentence', () => {
    const problems = problemsOf({ PORT: 'many', PUBLIC_URL: 'wizyta', LOG_LEVEL: 'loud' })
    expect(problems).toContain('The setting PORT must be a whole number.')
    expect(problems).toContain(
      'The setting PUBLIC_URL must be an address that starts with http:// or https://.',
    )
    expect(problems).toContain('LOG_LEVEL')
  })

  test('production asks for all that the demonstration had built in', () => {
    const problems = problemsOf({ MODE: 'production' })
    for (const name of ['PUBLIC_URL', 'SMTP_URL', 'SMS_PROVIDER']) expect(problems).toContain(name)
    expect(readConfig(production).demo).toBe(false)
  })

  test.each([
    ['a plain address', { PUBLIC_URL: 'http://wizyta.example.org' }],
    ['the mailbox as SMS provider', { SMS_PROVIDER: 'mailbox' }],
    ['switched off rate limits', { RATE_LIMITS: 'off' }],
    ['SMSAPI without its token', { SMS_TOKEN: '' }],
  ])('production refuses %s', (_what, change) => {
    expect(problemsOf({ ...production, ...change })).not.toBe('')
  })

  test('relay servers need their secret, and officers behind a relay need relay servers', () => {
    expect(problemsOf({ TURN_URLS: 'turn:turn.example.org' })).toContain('TURN_SECRET')
    expect(problemsOf({ TURN_OFFICER_RELAY_ONLY: 'yes' })).toContain('TURN_URLS')
    expect(problemsOf({ TURN_URLS: 'http://x', TURN_SECRET: 's' })).toContain('no relay address')
  })

  const oidc = {
    OIDC_ISSUER: 'https://login.example.org',
    OIDC_CLIENT_ID: 'e-wizyta',
    OIDC_CLIENT_SECRET: 'hush',
    OIDC_ROLES: 'officer=EW Pracownik, administrator = EW-Admin',
  }

  test('an identity provider comes with its client and the names of our roles there', () => {
    const { signIn } = readConfig({ ...production, ...oidc, OIDC_BRANCHES: 'WAW3=310000,*=centrala' })
    expect(signIn).toMatchObject({ passwords: true, secondFactor: true, oidc: { roleClaim: 'roles' } })
    expect(signIn.oidc?.roles).toEqual(
      new Map([
        ['EW Pracownik', 'officer'],
        ['EW-Admin', 'administrator'],
      ]),
    )
    expect(signIn.oidc?.branches?.get('centrala')).toBe('*')
    expect(readConfig({}).signIn).toEqual({ passwords: true, secondFactor: false, oidc: undefined })
  })

  test.each([
    ['no client', { OIDC_CLIENT_ID: '' }, 'OIDC_CLIENT_ID'],
    ['no roles', { OIDC_ROLES: '' }, 'OIDC_ROLES'],
    ['a role that is none of ours', { OIDC_ROLES: 'boss=x' }, 'OIDC_ROLES'],
    ['roles without their names there', { OIDC_ROLES: 'officer' }, 'OIDC_ROLES'],
    ['branches without their names there', { OIDC_BRANCHES: 'WAW3,KRK' }, 'OIDC_BRANCHES'],
    ['a plain address in production', { OIDC_ISSUER: 'http://login.example.org' }, 'OIDC_ISSUER'],
  ])('an identity provider with %s is refused', (_what, change, named) => {
    expect(problemsOf({ ...production, ...oidc, ...change })).toContain(named)
  })

  test('passwords are switched off only where there is another way in', () => {
    expect(problemsOf({ STAFF_PASSWORDS: 'off' })).toContain('STAFF_PASSWORDS=off needs OIDC_ISSUER')
    expect(readConfig({ ...oidc, STAFF_PASSWORDS: 'off' }).signIn.passwords).toBe(false)
  })

  test('networks of the institution are networks', () => {
    expect(readConfig({ BACKOFFICE_NETWORKS: '10.0.0.0/8, fd00::/8' }).backoffice.ownNetworks).toEqual([
      '10.0.0.0/8',
      'fd00::/8',
    ])
    for (const wrong of ['10.0.0.1', '10.0.0.0/33', 'fd00::/129', 'intranet/8', '10.0.0.0/8/8'])
      expect(problemsOf({ BACKOFFICE_NETWORKS: wrong }), wrong).toContain('BACKOFFICE_NETWORKS')
  })

  test('secrets do not show when the configuration is logged', () => {
    const config = readConfig({ ...production, DATABASE_URL: 'postgres://u:hush@db/x' })
    expect(JSON.stringify(config)).not.toMatch(/hush|token-of-the-gateway/)
    expect(String(config.databaseUrl)).toBe('[secret]')
  })

  test('the table in README.md names every setting with its meaning', () => {
    const readme = readFileSync('README.md', 'utf8')
    for (const [name, schema] of Object.entries(settings))
      expect(readme, name).toContain(`| \`${name}\` | ${schema.description ?? ''} |`)
  })
})
