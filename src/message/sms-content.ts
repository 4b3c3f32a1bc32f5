import type { Directory } from '../institution/directory'
import { institutionTexts } from '../institution/institution-texts'
import { smsParts } from '../contract/sms-parts'
import { smsDate, timeOnButton } from '../platform/i18n/dates'
import { liveTranslator } from '../platform/i18n/translator'
import { addDays, dayOf } from '../platform/zone'
import type { TextKey } from '../texts/catalogue'
import type { channelOf, MessageKind } from './message-plan'
import type { VisitToTell } from './outgoing-store'

export type SmsKind = {
  [Kind in MessageKind]: (typeof channelOf)[Kind] extends 'sms' ? Kind : never
}[MessageKind]

/**
 * Text of an SMS in the visit's language: no name, topic, branch or link in it.
 * @throws when it would need a second part, or says "tomorrow" of a day that is not
 */
export function smsContent(
  kind: SmsKind,
  visit: VisitToTell,
  directory: Pick<Directory, 'institution' | 'wordings'>,
  now: Date,
): string {
  const { institution } = directory
  const { timeZone } = institution
  const { t } = liveTranslator(
    visit.language,
    institutionTexts(directory, () => now),
  )
  const key = textKey(kind, dayOf(now, timeZone), dayOf(visit.startsAt, timeZone))
  const text = t(key, {
    date: smsDate(visit.startsAt, visit.language, timeZone),
    time: timeOnButton(visit.startsAt, timeZone),
    number: visit.number,
  })
  const { parts } = smsParts(text)
  if (parts > 1) throw new Error(`SMS ${key} (${visit.language}) needs ${parts} parts`)
  return text
}

const textKey = (kind: SmsKind, today: string, visitDay: string): TextKey => {
  if (kind === 'moved_sms') return 'sms.moved'
  if (kind === 'offer_sms') return 'sms.offer'
  if (kind === 'cancelled_by_institution_sms') return 'sms.cancelledByInstitution'
  if (visitDay === today) return 'sms.reminder.today'
  if (visitDay === addDays(today, 1)) return 'sms.reminder.tomorrow'
  throw new Error(`No SMS reminds of a visit on ${visitDay} on ${today}`)
}
