import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import { sendNotAllowed, sendStaffMessage } from '../staff/staff-page'
import type { Language } from '../texts/catalogue'
import type { RecordingServices } from './journal-routes'
import type { RecordingRefusal } from './kept-recording'

/** What the pages of recordings are wired with. */
export interface PlaybackServices extends RecordingServices {
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
}

const told = {
  unknown: [404, 'recording.notFound'],
  erased: [410, 'recording.refused.erased'],
  not_ready: [409, 'recording.view.notReady'],
  view_unknown: [404, 'recording.refused.view'],
  view_expired: [403, 'recording.refused.expired'],
  no_download: [403, 'recording.package.none'],
} as const

/** Says plainly why nothing is shown. A recording of another branch is answered like one that is not there. */
export function sendRecordingRefusal(
  services: PlaybackServices,
  request: FastifyRequest,
  reply: FastifyReply,
  reason: RecordingRefusal,
): FastifyReply {
  if (reason === 'not_allowed') return sendNotAllowed(services, request, reply)
  const [status, text] = told[reason]
  return sendStaffMessage(services, request, reply, {
    reason,
    message: services.staffTexts.t(text),
    status,
  })
}
