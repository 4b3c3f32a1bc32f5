import { DeliveryError } from './delivery'

interface SmtpError {
  code?: unknown
  originalCode?: unknown
  command?: unknown
  responseCode?: unknown
  response?: unknown
}

const word = (value: unknown) =>
  typeof value === 'string' && /^[\w ]{1,40}$/.test(value) ? value : undefined
const enhancedStatus = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/

/**
 * What an SMTP dialogue's failure means. The server's words are left out: they repeat the address.
 * - 5xx to the recipient or the content: this message will never be taken;
 * - 4xx to those: later (greylisting, full mailbox);
 * - anything else, the sender's address and the password included, is the relay's state or our set-up:
 *   no other message would fare better.
 */
export function smtpFailure(error: unknown): DeliveryError {
  const { code, originalCode, command, responseCode, response } = error as SmtpError
  const status = typeof responseCode === 'number' ? responseCode : undefined
  const enhanced = typeof response === 'string' ? enhancedStatus.exec(response)?.[1] : undefined
  const parts = [status, enhanced, word(code), word(originalCode), word(command)]
  const message = `SMTP ${parts.filter((part) => part !== undefined).join(' ')}`
  const aboutMessage = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM')
  if (!aboutMessage || status === 421) return new DeliveryError(message, { outage: true })
  // Without an answer of the server the address itself cannot be sent to
  return new DeliveryError(message, { permanent: status === undefined || status >= 500 })
}
