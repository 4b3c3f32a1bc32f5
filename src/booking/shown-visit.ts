import { visitUrls } from '../message/visit-urls'
import { signLink } from '../platform/signed-link'
import { isLanguage } from '../texts/catalogue'
import type { BookingServices } from './booking-services'
import type { ShownVisit } from './pages/visit-page-context'
import { maskedEmail } from './pages/visit-words'
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
    cancel: `/anuluj/${signLink(keys, 'cancel', id, linkVersion)}`,
    meeting: `/spotkanie/${signLink(keys, 'meeting', id, linkVersion)}`,
  }
}

/** What the pages behind a visit's link show of it. */
export const shownVisit = (services: BookingServices, row: VisitRow): ShownVisit => {
  const { keys, directory, publicUrl } = services
  const { email, guardian } = readClient(keys, row)
  const language = isLanguage(row.language) ? row.language : 'pl'
  const link = { id: row.id, linkVersion: row.link_version, language }
  return {
    row,
    branch: directory.branchById(row.branch_id),
    topic: directory.topicById(row.topic_id),
    maskedEmail: maskedEmail(email),
    guardianName: guardian ? `${guardian.firstName} ${guardian.lastName}` : undefined,
    paths: visitPaths(services, link),
    guardianUrl: guardian ? visitUrls(publicUrl, keys, link).guardian : undefined,
  }
}
