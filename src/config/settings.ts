import { z } from 'zod'

const text = (help: string) => z.string().trim().min(1).describe(help)
const integer = (min: number, max: number, help: string) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`))
    .describe(help)
const url = (protocols: string[], help: string) =>
  text(help).refine((value) => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined
    return parsed !== undefined && protocols.includes(parsed.protocol)
  }, `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`)

/**
 * Every setting the product reads from its environment, with its meaning. The table in README.md is
 * compared with this object by a test.
 */
export const settings = {
  MODE: z
    .enum(['demo', 'production'])
    .default('demo')
    .describe('`demo`: sample accounts, mailbox page, a visit that starts now. `production`: none of it'),
  PORT: integer(0, 65535, 'Port to listen on').default(3000),
  HOST: text('Address to listen on').default('localhost'),
  PUBLIC_URL: url(
    ['http:', 'https:'],
    'Address under which people open the pages; goes into e-mails. Default: `http://localhost:PORT`',
  ).optional(),
  TRUST_PROXY: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes` behind a load balancer that sets X-Forwarded-For and -Proto'),
  DATA_DIR: text('Folder for everything kept on disk: embedded database, keys').default('data/local'),
  DATABASE_URL: url(
    ['postgres:', 'postgresql:'],
    'A PostgreSQL 15 or newer to use. Default: the embedded one, in DATA_DIR',
  ).optional(),
  DATABASE_CONNECTIONS: integer(2, 500, 'Connections of one process to the database, at most').default(20),
  ROLE: z
    .enum(['all', 'server', 'worker'])
    .default('all')
    .describe('What this process does: pages and signalling (`server`), messages and jobs (`worker`), or both'),
  SMTP_URL: url(
    ['smtp:', 'smtps:'],
    'Relay for e-mails, `smtp://user:password@host:587`. Default: the built-in mailbox (demo only)',
  ).optional(),
  MAIL_FROM: z.email().describe('Sender address of e-mails').default('e-wizyta@example.org'),
  SMS_PROVIDER: z
    .enum(['mailbox', 'smsapi', 'http'])
    .optional()
    .describe('`mailbox` (demo only, its default), `smsapi`, or `http` (a plain HTTP gateway)'),
  SMS_URL: url(['http:', 'https:'], 'Address of the gateway. Default for smsapi: its public address').optional(),
  SMS_TOKEN: text('Bearer token of the SMS provider').optional(),
  SMS_SENDER: text('Sender name registered with the SMS provider').optional(),
  SMS_CALLBACK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,}$/, 'must be at least 16 letters, digits, _ or -')
    .describe('Secret part of the delivery report address /zwrotka/smsapi/SECRET')
    .optional(),
  TURN_URLS: text('Relay servers, separated by commas: `turn:turn.example.org:3478?transport=udp,…`').optional(),
  TURN_SECRET: text('Shared secret of the relay servers (TURN REST scheme)').optional(),
  TURN_CREDENTIAL_MINUTES: integer(5, 1440, 'How long relay credentials of a participant are valid').default(120),
  TURN_OFFICER_RELAY_ONLY: z
    .enum(['yes', 'no'])
    .default('no')
    .describe('`yes`: officers connect through the relay only, which hides the addresses of workstations'),
  RATE_LIMITS: z.enum(['on', 'off']).default('on').describe('`off` only for load tests'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('Least level logged'),
} as const

export type Environment = Record<string, string | undefined>
