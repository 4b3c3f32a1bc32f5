import type { Directory } from '../institution/directory'
import type { Keys } from '../platform/keys'
import { dayOf, instantAt } from '../platform/zone'
import type { Accepted, Channel } from './delivery'
import { defaultMessagePolicy, type MessagePolicy, nextSmsInstant } from './message-plan'
import type { DueMessage } from './outgoing-store'
import { unsealClient } from './sealed-client'
import { smsContent, type SmsKind } from './sms-content'

/** One SMS as a provider gets it: `id` is the same at each try, `to` is E.164. */
export interface Sms {
  id: string
  to: string
  text: string
  /** The provider must not hand it over after this. */
  uselessAfter: Date
}

/** A way to send SMS. `send` resolves when the provider has taken the message, also when it had it already. */
export interface SmsProvider {
  readonly name: string
  /** @throws DeliveryError */
  send(sms: Sms, signal: AbortSignal): Promise<Accepted>
  /**
   * Whether it would take messages now, and for how many the credit lasts where it says so. Without: nobody is asked.
   * @throws DeliveryError
   */
  standing?(signal: AbortSignal): Promise<{ credit: number | null }>
}

interface SmsChannelParts {
  keys: Keys
  directory: Pick<Directory, 'institution' | 'wordings'>
  provider: SmsProvider
  policy?: MessagePolicy
  concurrency?: number
}

/** SMS, by day only: what would come at night waits for the morning. */
export function createSmsChannel({
  keys,
  directory,
  provider,
  policy = defaultMessagePolicy,
  concurrency = 8,
}: SmsChannelParts): Channel {
  const time = () => ({ timeZone: directory.institution.timeZone, policy })

  const tonight = (now: Date): Date => {
    const { timeZone } = time()
    return instantAt(dayOf(now, timeZone), policy.smsUntil, timeZone)
  }

  return {
    name: 'sms',
    provider: provider.name,
    concurrency,
    nextOpening: (from) => nextSmsInstant(from, time()),
    send: async (message: DueMessage, now, signal) => {
      const { visit } = message
      const text = smsContent(message.kind as SmsKind, visit, directory, now)
      const { phone } = unsealClient(keys, visit.id, visit.client)
      if (phone === '') return 'not_needed'
      const night = tonight(now)
      const uselessAfter = message.uselessAfter < night ? message.uselessAfter : night
      return provider.send({ id: message.id, to: phone, text, uselessAfter }, signal)
    },
    close: () => Promise.resolve(),
  }
}
