import type { Institution } from '../institution/directory'
import { canReceiveSms } from '../message/message-plan'
import { visitUrls } from '../message/visit-urls'
import { signLink } from '../platform/signed-link'
import { addDays, dayOf, instantAt } from '../platform/zone'
import { isLanguage } from '../texts/catalogue'
import type { BookingServices } from './booking-services'
import type { ShownVisit } from './pages/visit-page-context'
import { maskedEmail } from '../message/masked-recipient'
import { readClient, type VisitRow } from './visit-links'

/** Where the pages of a visit are, without language prefix. */
export const visitPaths = (
  { keys }: Pick<BookingServices, 'keys'>,
  { id, linkVersion }: { id: string; linkVersion: number },
): ShownVisit['paths'] => {
  const manage = `/wizyta/${signLink(keys, 'manage', id, linkVersion)}`
  return {
    manage,
    move: `${manage}/termin`,
    resend: `${manage}/wyslij`,
    recording: `${manage}/nagranie`,
    cancel: `/anuluj/${signLink(keys, 'cancel', id, linkVersion)}`,
    meeting: `/spotkanie/${signLink(keys, 'meeting', id, linkVersion)}`,
  }
}

/** What the pages behind a visit's link show of it. */
export const shownVisit = (services: BookingServices, row: VisitRow): ShownVisit => {
  const { keys, directory, publicUrl, clock } = services
  const { email, phone, guardian } = readClient(keys, row)
  const language = isLanguage(row.language) ? row.language : 'pl'
  const link = { id: row.id, linkVersion: row.link_version, language }
  return {
    row,
    branch: directory.branchById(row.branch_id),
    topic: directory.topicById(row.topic_id),
    maskedEmail: maskedEmail(email),
    guardianName: guardian ? `${guardian.firstName} ${guardian.lastName}` : undefined,
    reminders: remindersToCome(directory.institution, { startsAt: row.starts_at, phone }, clock.now()),
    paths: visitPaths(services, link),
    guardianUrl: guardian ? visitUrls(publicUrl, keys, link).guardian : undefined,
  }
}

/** A reminder whose time has passed at the booking may still go out at once; nobody is promised it for later. */
export const remindersToCome = (
  { timeZone, settings }: Pick<Institution, 'timeZone' | 'settings'>,
  { startsAt, phone }: { startsAt: Date; phone: string },
  now: Date,
): ShownVisit['reminders'] => {
  const { reminderSms, reminderEmailMinutesBefore } = settings
  const smsDay = addDays(dayOf(startsAt, timeZone), -reminderSms.daysBefore)
  const emailAt = startsAt.getTime() - reminderEmailMinutesBefore * 60_000
  return {
    sms: canReceiveSms(phone) && instantAt(smsDay, reminderSms.at, timeZone) > now,
    email: emailAt > now.getTime(),
  }
}
