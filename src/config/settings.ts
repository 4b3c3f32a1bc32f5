import { z } from 'zod'

const text = () => z.string().trim().min(1)
const integer = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
const url = (...protocols: string[]) =>
  text().refine(
    (value) => {
      const parsed = URL.canParse(value) ? new URL(value) : undefined
      return parsed !== undefined && protocols.includes(parsed.protocol)
    },
    `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  )

/**
 * Every setting the product reads from its environment, with its meaning. The table in README.md is
 * compared with this object by a test.
 */
export const settings = {
  MODE: z
    .enum(['demo', 'production'])
    .default('demo')
    .describe('`demo`: sample accounts, mailbox page, a visit that starts now. `production`: none of it'),
  PORT: integer(0, 65535).default(3000).describe('Port to listen on'),
  HOST: text().default('localhost').describe('Address to listen on'),
  PUBLIC_URL: url('http:', 'https:')
    .optional()
    .describe(
      'Address under which people open the pages; goes into e-mails. Default: `http://localhost:PORT`',
    ),
  TRUST_PROXY: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes` behind a load balancer that sets X-Forwarded-For and -Proto'),
  DATA_DIR: text()
    .default('data/local')
    .describe('Folder for all that is kept on disk: embedded database, keys'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('A PostgreSQL 15 or newer to use. Default: the embedded one, in DATA_DIR'),
  DATABASE_CONNECTIONS: integer(2, 500)
    .default(20)
    .describe('Connections of one process to the database, at most'),
  ROLE: z
    .enum(['all', 'server', 'worker'])
    .default('all')
    .describe(
      'What this process does: pages and signalling (`server`), messages and jobs (`worker`), or both',
    ),
  SMTP_URL: url('smtp:', 'smtps:')
    .optional()
    .describe(
      'Relay for e-mails, `smtp://user:password@host:587`. Default: the built-in mailbox (demo only)',
    ),
  MAIL_FROM: z.email().default('e-wizyta@example.org').describe('Sender address of e-mails'),
  SMS_PROVIDER: z
    .enum(['mailbox', 'smsapi', 'http'])
    .optional()
    .describe('`mailbox` (demo only, its default), `smsapi`, or `http` (a plain HTTP gateway)'),
  SMS_URL: url('http:', 'https:')
    .optional()
    .describe('Address of the SMS gateway. Default for `smsapi`: its public address'),
  SMS_TOKEN: text().optional().describe('Bearer token of the SMS provider'),
  SMS_SENDER: text().optional().describe('Sender name registered with the SMS provider'),
  SMS_CALLBACK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,}$/, 'must be at least 16 letters, digits, _ or -')
    .optional()
    .describe('Secret part of the delivery report address `/zwrotka/smsapi/SECRET`'),
  TURN_URLS: text()
    .optional()
    .describe('Relay servers, separated by commas: `turn:turn.example.org:3478?transport=udp,…`'),
  TURN_SECRET: text().optional().describe('Shared secret of the relay servers (TURN REST scheme)'),
  TURN_CREDENTIAL_MINUTES: integer(5, 1440)
    .default(120)
    .describe('How long relay credentials of a participant are valid'),
  TURN_OFFICER_RELAY_ONLY: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes`: officers connect through the relay only, which hides the addresses of workstations'),
  RECORDINGS_STORE: text()
    .optional()
    .describe(
      'Where recordings are kept: a folder, or `s3://bucket` of the store named by the next settings. Default: `DATA_DIR/recordings`',
    ),
  S3_ENDPOINT: url('http:', 'https:').optional().describe('Address of the S3-compatible store'),
  S3_REGION: text().default('us-east-1').describe('Region of the S3-compatible store'),
  S3_ACCESS_KEY: text().optional().describe('Access key of the S3-compatible store'),
  S3_SECRET_KEY: text().optional().describe('Secret key of the S3-compatible store'),
  STAFF_PASSWORDS: z
    .enum(['on', 'off'])
    .default('on')
    .describe('`off`: staff sign in with the identity provider only, never with a local password'),
  OIDC_ISSUER: url('http:', 'https:')
    .optional()
    .describe(
      "Issuer of the institution's identity provider (OpenID Connect). Without it: local accounts only",
    ),
  OIDC_CLIENT_ID: text().optional().describe('Client id by which the identity provider knows the product'),
  OIDC_CLIENT_SECRET: text().optional().describe('Secret of that client'),
  OIDC_SCOPE: text().default('openid profile email').describe('Scopes asked for, separated by spaces'),
  OIDC_ROLE_CLAIM: text()
    .default('roles')
    .describe('Claim that holds the roles of a person; dots lead inside: `realm_access.roles`'),
  OIDC_ROLES: text()
    .optional()
    .describe(
      'Value of that claim for each role: `officer=EW-Pracownik,supervisor=EW-Kierownik,administrator=…,inspector=…`',
    ),
  OIDC_BRANCH_CLAIM: text().default('branch').describe('Claim that holds the branch of a person'),
  OIDC_BRANCHES: text()
    .optional()
    .describe(
      'Value of that claim for each branch code, `*` for all branches: `WAW3=310000,*=centrala`. Default: the value is the code, or `*`',
    ),
  BACKOFFICE_NETWORKS: text()
    .optional()
    .describe(
      'Networks of the institution itself that webhooks may go to, separated by commas: `10.20.0.0/16,fd12::/16`. Default: the public internet only',
    ),
  BACKOFFICE_PLAIN_HTTP: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes`: webhooks may go to `http://` addresses; only inside a trusted network'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on').describe('`off` only for load tests'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .optional()
    .describe('Least level logged. Default: `info`, in the demonstration `warn`'),
} as const

export type Environment = Record<string, string | undefined>
