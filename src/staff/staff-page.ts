import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import type { StaffPage } from './pages/staff-frame'
import { staffMessagePage } from './pages/staff-message-page'

export interface StaffPageServices {
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
}

/** The page that answers a signed-in person's request. */
export const staffPageOf = (
  { staffTexts, translators }: StaffPageServices,
  request: FastifyRequest,
): StaffPage => ({ staffTexts, texts: translators.pl, me: request.staff })

/** Says that this is not open to the person, as JSON to a script. */
export function sendNotAllowed(
  services: StaffPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return sendStaffMessage(services, request, reply, {
    reason: 'not_allowed',
    message: services.translators.pl.t('error.403.staff'),
    status: 403,
  })
}

/** Says why there is nothing to see here, as JSON to a script. */
export function sendStaffMessage(
  services: StaffPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  { reason, message, status, back }: { reason: string; message: string; status: number; back?: string },
): FastifyReply {
  if (wantsJson(request)) return reply.code(status).send({ ok: false, reason, message })
  return sendPage(
    reply,
    staffMessagePage(staffPageOf(services, request), { message, ...(back !== undefined && { back }) }),
    status,
  )
}

/** Sent by a script of ours, which shows the answer itself. */
export const wantsJson = (request: FastifyRequest): boolean => request.headers.accept === 'application/json'
