import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Secret } from './secret'
import { type Environment, settings } from './settings'

const schema = z.object(settings)

export interface SmsConfig {
  provider: 'mailbox' | 'smsapi' | 'http'
  url?: string
  token?: Secret
  sender?: string
  callbackSecret?: Secret
}

export interface TurnConfig {
  urls: string[]
  secret: Secret
  credentialSeconds: number
  officerRelayOnly: boolean
}

/** Where the bytes of recordings are kept. */
export type StoreConfig =
  | { kind: 'folder'; folder: string }
  | { kind: 's3'; bucket: string; endpoint: string; region: string; accessKey: string; secretKey: Secret }

/** How the institution's identity provider is reached, and what its claims mean. */
export interface OidcConfig {
  issuer: string
  clientId: string
  clientSecret: Secret
  scope: string
  roleClaim: string
  /** Value of the claim -> role. */
  roles: ReadonlyMap<string, string>
  branchClaim: string
  /** Value of the claim -> branch code or `*`; undefined: the value is that itself. */
  branches: ReadonlyMap<string, string> | undefined
}

/** How the staff gets in. */
export interface SignInConfig {
  /** Local accounts may sign in with their password. */
  passwords: boolean
  /** A password alone opens nothing. */
  secondFactor: boolean
  oidc: OidcConfig | undefined
}

/** Where webhooks to the institution's other systems may go. */
export interface BackofficeConfig {
  /** CIDR, e.g. '10.20.0.0/16'. */
  ownNetworks: string[]
  plainHttp: boolean
}

/** The checked configuration of one process. Secrets have a type of their own; units stand in the names. */
export interface Config {
  demo: boolean
  role: 'all' | 'server' | 'worker'
  port: number
  host: string
  /** Without a trailing slash; undefined until the port is known. */
  publicUrl: string | undefined
  trustProxy: boolean
  dataFolder: string
  databaseUrl: Secret | undefined
  databaseConnections: number
  smtpUrl: Secret | undefined
  mailFrom: string
  sms: SmsConfig
  turn: TurnConfig | undefined
  recordings: StoreConfig
  signIn: SignInConfig
  backoffice: BackofficeConfig
  rateLimits: boolean
  logLevel: string
}

/** The configuration is wrong; `message` names every setting with its remedy, one a line. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Reads and checks the environment. @throws ConfigError that lists all that is wrong at once */
export function readConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    Object.keys(settings)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `The setting ${issue.path.join('.')} ${wording(issue)}.`).join('\n'),
    )
  }
  const env = parsed.data
  const problems = [
    ...productionProblems(env),
    ...smsProblems(env),
    ...turnProblems(env),
    ...storeProblems(env),
    ...signInProblems(env),
    ...backofficeProblems(env),
  ]
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))

  return {
    demo: env.MODE === 'demo',
    role: env.ROLE,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: env.TRUST_PROXY === 'yes',
    dataFolder: resolve(env.DATA_DIR),
    databaseUrl: secret(env.DATABASE_URL),
    databaseConnections: env.DATABASE_CONNECTIONS,
    smtpUrl: secret(env.SMTP_URL),
    mailFrom: env.MAIL_FROM,
    sms: smsConfig(env),
    turn: turnConfig(env),
    recordings: storeConfig(env),
    signIn: {
      passwords: env.STAFF_PASSWORDS === 'on',
      // Sample accounts are tried by people who have nothing prepared
      secondFactor: env.MODE === 'production',
      oidc: oidcConfig(env),
    },
    backoffice: {
      ownNetworks: listed(env.BACKOFFICE_NETWORKS),
      plainHttp: env.BACKOFFICE_PLAIN_HTTP === 'yes',
    },
    rateLimits: env.RATE_LIMITS === 'on',
    logLevel: env.LOG_LEVEL ?? (env.MODE === 'demo' ? 'warn' : 'info'),
  }
}

type Env = z.infer<typeof schema>

const secret = (value: string | undefined) => (value === undefined ? undefined : new Secret(value))

const wording = (issue: { code: string; message: string }) =>
  issue.code === 'custom' || issue.message.startsWith('must') ? issue.message : `is wrong: ${issue.message}`

function productionProblems(env: Env): string[] {
  if (env.MODE !== 'production') return []
  const missing = (['PUBLIC_URL', 'SMTP_URL', 'SMS_PROVIDER'] as const)
    .filter((name) => env[name] === undefined)
    .map((name) => `With MODE=production the setting ${name} is needed.`)
  const plain = env.PUBLIC_URL?.startsWith('http:')
    ? ['With MODE=production PUBLIC_URL must start with https://, since browsers give no camera otherwise.']
    : []
  const mailbox =
    env.SMS_PROVIDER === 'mailbox'
      ? ['SMS_PROVIDER=mailbox is for the demonstration only; use smsapi or http.']
      : []
  const limits = env.RATE_LIMITS === 'off' ? ['RATE_LIMITS=off is for load tests only.'] : []
  return [...missing, ...plain, ...mailbox, ...limits]
}

function smsProblems(env: Env): string[] {
  const needed = (names: (keyof Env)[]) =>
    names
      .filter((name) => env[name] === undefined)
      .map((name) => `With SMS_PROVIDER=${env.SMS_PROVIDER ?? ''} the setting ${name} is needed.`)
  if (env.SMS_PROVIDER === 'smsapi') return needed(['SMS_TOKEN', 'SMS_SENDER'])
  if (env.SMS_PROVIDER === 'http') return needed(['SMS_URL'])
  return []
}

function turnProblems(env: Env): string[] {
  if (env.TURN_URLS !== undefined && env.TURN_SECRET === undefined)
    return ['With TURN_URLS the setting TURN_SECRET is needed.']
  const bad = turnUrls(env).filter((address) => !/^turns?:[^\s/]+$/.test(address))
  if (bad.length > 0) return [`TURN_URLS holds something that is no relay address: ${bad.join(', ')}`]
  if (env.TURN_OFFICER_RELAY_ONLY === 'yes' && env.TURN_URLS === undefined)
    return ['TURN_OFFICER_RELAY_ONLY=yes needs TURN_URLS: without a relay officers could not connect.']
  return []
}

const bucketOf = (env: Env) =>
  /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])$/.exec(env.RECORDINGS_STORE ?? '')?.[1]

function storeProblems(env: Env): string[] {
  if (!env.RECORDINGS_STORE?.startsWith('s3:')) return []
  if (bucketOf(env) === undefined)
    return ['RECORDINGS_STORE must be a folder, or s3:// and the name of a bucket.']
  return (['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const)
    .filter((name) => env[name] === undefined)
    .map((name) => `With RECORDINGS_STORE=${env.RECORDINGS_STORE ?? ''} the setting ${name} is needed.`)
}

/** `a=1,b=2` as pairs; undefined for what is not of that form. */
const pairsOf = (text: string): [string, string][] | undefined => {
  const pairs = text.split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(\S.*?)\s*$/.exec(pair))
  return pairs.every((pair) => pair !== null)
    ? pairs.map(([, key = '', value = '']) => [key, value])
    : undefined
}

const staffRoleNames = ['officer', 'supervisor', 'administrator', 'inspector']

function signInProblems(env: Env): string[] {
  if (env.OIDC_ISSUER === undefined)
    return env.STAFF_PASSWORDS === 'off'
      ? ['STAFF_PASSWORDS=off needs OIDC_ISSUER: without both nobody of the staff could sign in.']
      : []
  const missing = (['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES'] as const)
    .filter((name) => env[name] === undefined)
    .map((name) => `With OIDC_ISSUER the setting ${name} is needed.`)
  const roles = pairsOf(env.OIDC_ROLES ?? '')
  const badRoles =
    env.OIDC_ROLES !== undefined && !roles?.every(([role]) => staffRoleNames.includes(role))
      ? [`OIDC_ROLES must be pairs like officer=EW-Pracownik, with the roles ${staffRoleNames.join(', ')}.`]
      : []
  const badBranches =
    env.OIDC_BRANCHES !== undefined && !pairsOf(env.OIDC_BRANCHES)
      ? ['OIDC_BRANCHES must be pairs like WAW3=310000, separated by commas.']
      : []
  const plain =
    env.MODE === 'production' && env.OIDC_ISSUER.startsWith('http:')
      ? ['With MODE=production OIDC_ISSUER must start with https://.']
      : []
  return [...missing, ...badRoles, ...badBranches, ...plain]
}

/** Value of a claim -> what it means, from pairs the other way round. */
const meanings = (pairs: string) =>
  new Map((pairsOf(pairs) ?? []).map(([meaning, value]) => [value, meaning]))

function oidcConfig(env: Env): OidcConfig | undefined {
  if (env.OIDC_ISSUER === undefined) return undefined
  return {
    issuer: env.OIDC_ISSUER,
    clientId: env.OIDC_CLIENT_ID ?? '',
    clientSecret: new Secret(env.OIDC_CLIENT_SECRET ?? ''),
    scope: env.OIDC_SCOPE,
    roleClaim: env.OIDC_ROLE_CLAIM,
    roles: meanings(env.OIDC_ROLES ?? ''),
    branchClaim: env.OIDC_BRANCH_CLAIM,
    branches: env.OIDC_BRANCHES === undefined ? undefined : meanings(env.OIDC_BRANCHES),
  }
}

const isNetwork = (text: string): boolean => {
  const [address = '', bits = '', ...more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest
}

function backofficeProblems(env: Env): string[] {
  const bad = listed(env.BACKOFFICE_NETWORKS).filter((network) => !isNetwork(network))
  return bad.length === 0
    ? []
    : [`BACKOFFICE_NETWORKS holds something that is no network like 10.20.0.0/16: ${bad.join(', ')}`]
}

const listed = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const turnUrls = (env: Env) => listed(env.TURN_URLS)

function smsConfig(env: Env): SmsConfig {
  return {
    provider: env.SMS_PROVIDER ?? 'mailbox',
    ...(env.SMS_URL && { url: env.SMS_URL }),
    ...(env.SMS_TOKEN && { token: new Secret(env.SMS_TOKEN) }),
    ...(env.SMS_SENDER && { sender: env.SMS_SENDER }),
    ...(env.SMS_CALLBACK_SECRET && { callbackSecret: new Secret(env.SMS_CALLBACK_SECRET) }),
  }
}

function turnConfig(env: Env): TurnConfig | undefined {
  if (env.TURN_SECRET === undefined || env.TURN_URLS === undefined) return undefined
  return {
    urls: turnUrls(env),
    secret: new Secret(env.TURN_SECRET),
    credentialSeconds: env.TURN_CREDENTIAL_MINUTES * 60,
    officerRelayOnly: env.TURN_OFFICER_RELAY_ONLY === 'yes',
  }
}

function storeConfig(env: Env): StoreConfig {
  const bucket = bucketOf(env)
  if (bucket === undefined)
    return { kind: 'folder', folder: resolve(env.RECORDINGS_STORE ?? join(env.DATA_DIR, 'recordings')) }
  return {
    kind: 's3',
    bucket,
    endpoint: env.S3_ENDPOINT ?? '',
    region: env.S3_REGION,
    accessKey: env.S3_ACCESS_KEY ?? '',
    secretKey: new Secret(env.S3_SECRET_KEY ?? ''),
  }
}

/** The environment of this process; nothing else reads it. */
export const processEnvironment = (): Environment => process.env
