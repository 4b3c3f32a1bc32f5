/** Why a webhook did not get through; kept and shown by these codes only. */
export const webhookErrors = [
  /** The name of the host leads nowhere. */
  'dns',
  /** It leads to an address that is not public and not allowed. */
  'private_address',
  /** Plain http, which the configuration does not allow any more. */
  'https_needed',
  'refused',
  'unreachable',
  'reset',
  'certificate',
  /** No answer in time. */
  'timeout',
  /** No HTTP, or headers without end. */
  'bad_answer',
  /** An answer that leads elsewhere: never followed. */
  'redirect',
  /** 410: nobody wants these any more. */
  'gone',
  /** Any other answer that is not 2xx. */
  'status',
  /** What it tells of was erased. */
  'erased',
  /** What it tells of could not be read or signed: our own fault. */
  'unreadable',
  'unknown',
] as const
export type WebhookError = (typeof webhookErrors)[number]

export class WebhookFailure extends Error {
  override readonly name = 'WebhookFailure'
  readonly code: WebhookError
  constructor(code: WebhookError, cause?: unknown) {
    super(code, { cause })
    this.code = code
  }
}

const codes: Record<string, WebhookError> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
}
const certificate = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO)/

/** What an error of the network means. */
export function asWebhookFailure(error: unknown): WebhookFailure {
  if (error instanceof WebhookFailure) return error
  const { name, code } = error as { name?: string; code?: unknown }
  if (name === 'TimeoutError' || name === 'AbortError') return new WebhookFailure('timeout', error)
  if (typeof code !== 'string') return new WebhookFailure('unknown', error)
  if (certificate.test(code)) return new WebhookFailure('certificate', error)
  if (code.startsWith('HPE_')) return new WebhookFailure('bad_answer', error)
  return new WebhookFailure(codes[code] ?? 'unknown', error)
}
