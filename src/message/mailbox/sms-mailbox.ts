import type { Clock } from '../../platform/clock'
import type { Db } from '../../platform/db'
import type { SmsProvider } from '../sms-channel'
import { hasSms, storeItems } from './mailbox-store'

/** Demonstration only: SMS go into the mailbox page and to no phone. */
export function createMailboxSmsProvider(
  { db, clock }: { db: Db; clock: Clock },
  sender: string,
): SmsProvider {
  return {
    name: 'mailbox',
    send: async ({ id, to, text }) => {
      if (await hasSms(db, id)) return { providerId: null }
      const item = { recipient: to, sender, subject: '', html: null, text, messageId: id }
      await storeItems(db, [{ ...item, channel: 'sms', receivedAt: clock.now() }])
      return { providerId: null }
    },
  }
}
