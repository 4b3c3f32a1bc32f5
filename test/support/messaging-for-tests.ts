import { type Directory, loadDirectory } from '../../src/institution/directory'
import type { BreakerPolicy } from '../../src/message/channel-breaker'
import type { LeasePolicy } from '../../src/message/channel-runner'
import { createDispatcher, type Dispatcher } from '../../src/message/dispatcher'
import { createEmailChannel } from '../../src/message/email-channel'
import { createMailboxSmsProvider } from '../../src/message/mailbox/sms-mailbox'
import { createMessageQueue, type MessageQueue } from '../../src/message/queue-messages'
import { createSmsChannel, type SmsProvider } from '../../src/message/sms-channel'
import { createSmtpMailer } from '../../src/message/smtp-mailer'
import type { RetryPolicy } from '../../src/message/retry-policy'
import type { Clock } from '../../src/platform/clock'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'

export interface MessagingForTests {
  directory: Directory
  queue: MessageQueue
  /** A dispatcher that looks many times a second; not started. */
  dispatcher(to: { smtpUrl: string; sms?: SmsProvider } & DispatcherOptions): Dispatcher
}

export interface DispatcherOptions {
  retry?: RetryPolicy
  breaker?: BreakerPolicy
  lease?: LeasePolicy
  connections?: number
}

/** The outbox wired as in the product, with a clock that tests move. */
export async function messagingForTests(parts: {
  db: Db
  keys: Keys
  clock: Clock
}): Promise<MessagingForTests> {
  const { db, keys, clock } = parts
  const directory = await loadDirectory(db)
  const { timeZone } = directory.institution
  return {
    directory,
    queue: createMessageQueue({ clock, keys, timeZone }),
    dispatcher: ({ smtpUrl, sms = createMailboxSmsProvider(parts, 'ZUS'), connections = 4, ...policies }) =>
      createDispatcher({
        db,
        clock,
        log: createLogger('silent'),
        channels: [
          createEmailChannel({
            db,
            keys,
            directory,
            publicUrl: 'https://wizyta.example.org',
            mailer: createSmtpMailer({ url: smtpUrl, from: 'e-wizyta@example.org', connections }),
          }),
          createSmsChannel({ keys, directory, provider: sms }),
        ],
        pollMilliseconds: 50,
        stopSeconds: 5,
        random: () => 0,
        ...policies,
      }),
  }
}
