import type { Config } from '../config/config'
import { DeliveryError } from '../message/delivery'
import { greetRelay } from '../message/smtp-mailer'
import type { StaffTranslator } from '../platform/i18n/translator'
import { Icon } from '../ui/icons'
import { smtpTarget } from './certificate-targets'
import { checkCertificate } from './check-certificate'
import { Facts } from './pages/facts'
import type { OperationsNotice, OperationsPart } from './operations-part'

const patienceMilliseconds = 3000

/** Whether the relay lets us in, asked as when an e-mail is sent. */
export async function mailPart(
  { t }: StaffTranslator,
  { smtpUrl, mailFrom }: Pick<Config, 'smtpUrl' | 'mailFrom'>,
): Promise<Omit<OperationsPart, 'id' | 'title'>> {
  if (!smtpUrl) return { notices: [{ tone: 'info', text: t('ops.mail.mailbox') }], details: null }
  const url = smtpUrl.reveal()
  const target = smtpTarget(url)
  const [refusal, certificate] = await Promise.all([
    greetRelay(url, patienceMilliseconds).then(
      () => undefined,
      (error: unknown) => (error instanceof DeliveryError ? error.message : String(error)),
    ),
    checkCertificate(target),
  ])
  const notices: OperationsNotice[] = [
    ...(refusal === undefined
      ? []
      : [
          {
            tone: 'bad' as const,
            text: t('ops.mail.bad', { code: refusal }),
            fix: t(/EAUTH|535/.test(refusal) ? 'ops.mail.auth.fix' : 'ops.mail.fix'),
          },
        ]),
    ...(certificate.state === 'no_tls'
      ? [{ tone: 'bad' as const, text: t('ops.mail.plain'), fix: t('ops.mail.plain.fix') }]
      : []),
  ]
  return {
    notices,
    details: (
      <>
        {refusal === undefined && (
          <p data-smtp="works">
            <Icon name="done" size={20} /> {t('ops.mail.works')}
          </p>
        )}
        <Facts
          rows={[
            [t('ops.mail.relay'), `${target.host}:${target.port}`],
            [t('ops.mail.from'), mailFrom],
          ]}
        />
      </>
    ),
  }
}
