/** What a provider's failure comes to for who has to do something about it. */
export const failureMeanings = [
  /** The recipient's side refuses the address or number: nothing to be done here. */
  'recipient',
  /** The recipient's side puts it off. */
  'later',
  /** Our own login, sender or address is refused. */
  'login',
  /** The account with the provider is empty. */
  'credit',
  /** The provider cannot be reached or does not work. */
  'provider',
  /** The text or the request is refused. */
  'content',
  /** The text could not be made: our own fault. */
  'ours',
  'unknown',
] as const
export type FailureMeaning = (typeof failureMeanings)[number]

const smsapi: Record<string, FailureMeaning> = {
  13: 'recipient',
  14: 'login',
  101: 'login',
  102: 'login',
  103: 'credit',
  105: 'login',
  110: 'login',
}

const smsapiContent = new Set(['8', '11', '12', '17', '18', '20', '27', '28', '52', '54'])

/** Reads a failure as it is kept in the outbox, e.g. 'SMTP 550 5.1.1 EENVELOPE RCPT TO', 'SMSAPI 13'. */
export function failureMeaning(error: string): FailureMeaning {
  if (error.startsWith('not rendered')) return 'ours'
  const smtp = /^SMTP (?:(\d)\d\d)?/.exec(error)
  if (smtp) return smtpMeaning(error, smtp[1])
  const sms = /^SMSAPI (\d+)$/.exec(error)?.[1]
  if (sms !== undefined) return smsapi[sms] ?? (smsapiContent.has(sms) ? 'content' : 'provider')
  const gateway = /^HTTP gateway (\d{3})$/.exec(error)?.[1]
  if (gateway === '401' || gateway === '403') return 'login'
  if (gateway === '408') return 'later'
  if (gateway?.startsWith('4') && gateway !== '429') return 'recipient'
  return /^(SMSAPI|HTTP gateway) /.test(error) ? 'provider' : 'unknown'
}

function smtpMeaning(error: string, kind: string | undefined): FailureMeaning {
  if (/EAUTH|MAIL FROM/.test(error)) return 'login'
  if (/EENVELOPE/.test(error)) return kind === '4' ? 'later' : 'recipient'
  if (/EMESSAGE/.test(error)) return kind === '4' ? 'later' : 'content'
  return 'provider'
}
