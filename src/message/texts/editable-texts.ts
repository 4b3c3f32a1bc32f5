import { catalogues, type EmailKey, emailCatalogue, type Language, type TextKey } from '../../texts/catalogue'
import type { EmailKind } from '../email-content'
import type { SmsKind } from '../sms-content'

/** What a part of a text is, and what it must and may say. */
export interface EditablePart {
  key: TextKey | EmailKey
  role: 'subject' | 'preheader' | 'body' | 'sms' | 'reason'
  /** Placeholders without which the text would not do its work, in every language. */
  required: readonly string[]
  /** All that are filled in when it is sent. */
  allowed: readonly string[]
}

/** A message, or what stands in several, whose wording belongs to the institution. */
export interface EditableText {
  name: EditableTextName
  group: 'email' | 'sms'
  parts: readonly EditablePart[]
  /** The message that shows it in a preview. */
  shownIn: { channel: 'email'; kind: EmailKind } | { channel: 'sms'; kind: SmsKind; today: boolean }
}

/** What an argument may be chosen by: its values, besides `other`. */
export const choices: Readonly<Record<string, readonly string[]>> = {
  guardian: ['yes', 'no'],
  recording: ['on', 'off'],
  reminders: ['both', 'email', 'none'],
  by: ['client', 'institution'],
  early: ['yes', 'no'],
}

/** Arguments that are numbers, and may decide a plural. */
export const numbers: readonly string[] = ['minutes', 'openBefore']

const words = [
  'inst',
  'instName',
  'instAddress',
  'phone',
  'phoneHours',
  'profileName',
  'hours',
  'minutes',
  'openBefore',
  'site',
]
const visit = ['day', 'time', 'number', 'branch']
const links = ['deviceUrl', 'rulesUrl', 'privacyUrl', 'recordingUrl']
const ownLinks = ['meetingUrl', 'guardianUrl', 'cancelUrl', 'manageUrl']

const part = (
  key: EditablePart['key'],
  role: EditablePart['role'],
  required: readonly string[],
  allowed: readonly string[],
): EditablePart => ({ key, role, required, allowed })

const subject = (key: TextKey, required: readonly string[]) =>
  part(key, 'subject', required, [...words, 'day', 'time', 'dateWords', 'number'])
const preheader = (key: TextKey) => part(key, 'preheader', [], [...words, 'day', 'time'])
const body = (key: EmailKey, required: readonly string[], more: readonly string[]) =>
  part(key, 'body', required, [...words, ...visit, ...links, ...more])
const sms = (key: TextKey, required: readonly string[]) =>
  part(key, 'sms', required, ['inst', 'smsPhone', 'date', 'time', 'number'])

const email = <Name extends string>(name: Name, kind: EmailKind, ...parts: EditablePart[]) => ({
  name: `email.${name}` as const,
  group: 'email' as const,
  parts,
  shownIn: { channel: 'email' as const, kind },
})
const short = <Name extends string>(name: Name, kind: SmsKind, today: boolean, ...parts: EditablePart[]) => ({
  name: `sms.${name}` as const,
  group: 'sms' as const,
  parts,
  shownIn: { channel: 'sms' as const, kind, today },
})

const all = [
  email(
    'booked',
    'booked',
    subject('email.booked.subject', ['day', 'time']),
    preheader('email.booked.preheader'),
    body(
      'email.booked.body',
      ['day', 'time', 'number', 'meetingUrl', 'cancelUrl', 'rulesUrl', 'privacyUrl', 'recordingUrl'],
      [...ownLinks, 'guardian', 'recording', 'reminders', 'openTime'],
    ),
  ),
  email(
    'reminder',
    'reminder_email',
    subject('email.reminder.subject', ['time']),
    preheader('email.reminder.preheader'),
    body(
      'email.reminder.body',
      ['day', 'time', 'number', 'meetingUrl'],
      [...ownLinks, 'guardian', 'recording', 'openTime'],
    ),
  ),
  email(
    'moved',
    'moved',
    subject('email.moved.subject', ['day', 'time']),
    body(
      'email.moved.body',
      ['day', 'time', 'number', 'meetingUrl', 'manageUrl'],
      [...ownLinks, 'by', 'reason', 'oldDay', 'oldTime', 'guardian', 'openTime'],
    ),
  ),
  email(
    'offer',
    'offer',
    subject('email.offer.subject', []),
    body(
      'email.offer.body',
      ['day', 'time', 'untilDay', 'untilTime', 'number', 'moveUrl'],
      ['reason', 'untilDay', 'untilTime', 'moveUrl', 'manageUrl'],
    ),
  ),
  email(
    'offerReminder',
    'offer_reminder',
    subject('email.offerReminder.subject', []),
    body(
      'email.offerReminder.body',
      ['day', 'time', 'untilDay', 'untilTime', 'number', 'moveUrl'],
      ['untilDay', 'untilTime', 'moveUrl', 'manageUrl'],
    ),
  ),
  email(
    'cancelledByClient',
    'cancelled_by_client',
    subject('email.cancelledByClient.subject', ['day', 'time']),
    body('email.cancelledByClient.body', ['day', 'time', 'number'], ['bookUrl']),
  ),
  email(
    'cancelledByInstitution',
    'cancelled_by_institution',
    subject('email.cancelledByInstitution.subject', ['day', 'time']),
    body(
      'email.cancelledByInstitution.body',
      ['day', 'time', 'number', 'reason', 'bookUrl'],
      ['reason', 'bookUrl'],
    ),
    ...(['absence', 'technical', 'closure'] as const).map((reason) =>
      part(`reason.institution.${reason}`, 'reason', [], words),
    ),
  ),
  email(
    'missed',
    'missed',
    subject('email.missed.subject', ['day', 'time']),
    body('email.missed.body', ['day', 'time', 'number', 'bookUrl'], ['by', 'bookUrl']),
  ),
  email(
    'summary',
    'ended',
    subject('email.summary.subject', []),
    body(
      'email.summary.body',
      ['day', 'number', 'items', 'next'],
      ['start', 'end', 'early', 'ended', 'items', 'next', 'summaryUrl', 'ratingUrl'],
    ),
  ),
  email(
    'number',
    'number',
    subject('email.number.subject', []),
    body('email.number.body', ['visits'], ['visits']),
  ),
  email('footer', 'booked', body('email.footer', ['number', 'phone', 'instName', 'instAddress'], [])),
  short('reminder.tomorrow', 'reminder_sms', false, sms('sms.reminder.tomorrow', ['date', 'time', 'number'])),
  short('reminder.today', 'reminder_sms', true, sms('sms.reminder.today', ['time', 'number'])),
  short('moved', 'moved_sms', false, sms('sms.moved', ['date', 'time', 'number'])),
  short('offer', 'offer_sms', false, sms('sms.offer', ['date', 'number'])),
  short(
    'cancelledByInstitution',
    'cancelled_by_institution_sms',
    false,
    sms('sms.cancelledByInstitution', ['date', 'number']),
  ),
] as const

export type EditableTextName = (typeof all)[number]['name']

/** In the order of the page. */
export const editableTexts: readonly EditableText[] = all

export const editableText = (name: string): EditableText | undefined =>
  editableTexts.find((text) => text.name === name)

const isEmailKey = (key: string): key is EmailKey => Object.hasOwn(emailCatalogue, key)

/** What the product says of itself. */
export const catalogueText = (key: TextKey | EmailKey, language: Language): string =>
  isEmailKey(key) ? emailCatalogue[key][language].join('\n') : catalogues[language][key]

export const catalogueParts = ({ parts }: EditableText, language: Language): Record<string, string> =>
  Object.fromEntries(parts.map(({ key }) => [key, catalogueText(key, language)]))
