import { createMailboxSmsProvider } from '../message/mailbox/sms-mailbox'
import type { SmsProvider } from '../message/sms-channel'
import { createHttpSmsProvider } from '../message/sms-http'
import { createSmsapiProvider } from '../message/sms-smsapi'
import type { Services } from './services'

/** The SMS provider that the configuration names; which settings it needs was checked when it was read. */
export function smsProvider({ config, publicUrl, db, clock, directory }: Services): SmsProvider {
  const { provider, url, token, sender, callbackSecret } = config.sms
  switch (provider) {
    case 'mailbox':
      return createMailboxSmsProvider({ db, clock }, sender ?? directory.institution.texts.pl.short)
    case 'smsapi':
      return createSmsapiProvider({
        token: token?.reveal() ?? '',
        sender: sender ?? '',
        clock,
        ...(url && { baseUrl: url }),
        ...(callbackSecret && { reportUrl: `${publicUrl}/zwrotka/smsapi/${callbackSecret.reveal()}` }),
      })
    case 'http':
      return createHttpSmsProvider({ url: url ?? '', ...(token && { token: token.reveal() }) })
  }
}
