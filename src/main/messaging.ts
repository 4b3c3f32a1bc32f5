import { createDispatcher } from '../message/dispatcher'
import { createEmailChannel } from '../message/email-channel'
import { startSmtpReceiver } from '../message/mailbox/smtp-receiver'
import { messagePolicy } from '../message/message-plan'
import { createSmsChannel } from '../message/sms-channel'
import { createSmtpMailer } from '../message/smtp-mailer'
import { createStaffMailSender } from '../staff/mail/staff-mail-sender'
import type { Services } from './services'
import { smsProvider } from './sms-provider'

/** The dispatcher with its channels; in the demonstration also the mailbox that takes the e-mails in. */
export async function startMessaging(
  services: Services,
): Promise<{ wake: () => void; stop: () => Promise<void> }> {
  const { config, db, clock, log } = services
  const receiver = config.smtpUrl ? undefined : await startSmtpReceiver({ db, clock, log })
  const mailer = createSmtpMailer({
    url: config.smtpUrl?.reveal() ?? receiver?.url ?? '',
    from: config.mailFrom,
  })
  const dispatcher = createDispatcher({
    db,
    clock,
    log,
    channels: [
      createEmailChannel({ ...services, mailer }),
      createSmsChannel({
        ...services,
        provider: smsProvider(services),
        policy: messagePolicy(services.directory.institution.settings),
      }),
    ],
  })
  const staffMail = createStaffMailSender({ ...services, mailer })
  dispatcher.start()
  staffMail.start()
  return {
    wake: () => {
      dispatcher.wake()
      staffMail.wake()
    },
    stop: async () => {
      // Before the dispatcher, which closes the mailer
      await staffMail.stop()
      await dispatcher.stop()
      await receiver?.close()
    },
  }
}
