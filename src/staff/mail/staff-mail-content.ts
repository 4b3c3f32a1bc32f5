import type { Institution } from '../../institution/directory'
import { institutionWords } from '../../institution/directory'
import { emailHtml } from '../../message/email-layout'
import { escapeMarkdown, plainText } from '../../platform/i18n/markdown'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { StaffTextKey } from '../../texts/catalogue'
import type { StaffMailKind } from './staff-mail-store'

const texts: Record<StaffMailKind, { subject: StaffTextKey; body: StaffTextKey }> = {
  invitation: { subject: 'staffMail.invitation.subject', body: 'staffMail.invitation.body' },
  reset: { subject: 'staffMail.reset.subject', body: 'staffMail.reset.body' },
  password_changed: { subject: 'staffMail.password.subject', body: 'staffMail.password.body' },
  factor_added: { subject: 'staffMail.factorAdded.subject', body: 'staffMail.factorAdded.body' },
  factor_removed: { subject: 'staffMail.factorRemoved.subject', body: 'staffMail.factorRemoved.body' },
  factors_reset: { subject: 'staffMail.factorsReset.subject', body: 'staffMail.factorsReset.body' },
}

/** Subject and both parts of an e-mail to somebody of the staff, in Polish. `url`: where its button leads. */
export function staffMailContent(
  { t }: StaffTranslator,
  institution: Institution,
  mail: { kind: StaffMailKind; name: string; url: string },
): { subject: string; html: string; text: string } {
  const { subject: subjectKey, body: bodyKey } = texts[mail.kind]
  const words = institutionWords(institution, 'pl')
  const instName = escapeMarkdown(words.instName)
  const subject = t(subjectKey)
  const body = t(bodyKey, { name: escapeMarkdown(mail.name), url: mail.url, instName })
  const footer = t('staffMail.footer', { instName, instAddress: escapeMarkdown(words.instAddress) })
  const html = emailHtml({
    language: 'pl',
    subject,
    preheader: undefined,
    institution: words.instName,
    heading: subject,
    subheading: undefined,
    body,
    footer,
  })
  return { subject, html, text: `${plainText(body)}\n${plainText(footer)}` }
}
