import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { sendNotAllowed, sendStaffMessage } from '../staff/staff-page'
import type { Language } from '../texts/catalogue'

/** What the desk's pages are wired with. */
export interface DeskServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
  queue: MessageQueue
  demo: boolean
  /** Without a trailing slash. */
  publicUrl: string
}

/** Says why there is nothing to see here, as JSON to a script. */
export const sendRefusal = (
  services: DeskServices,
  request: FastifyRequest,
  reply: FastifyReply,
  reason: 'unknown' | 'not_allowed',
): FastifyReply =>
  reason === 'unknown'
    ? sendStaffMessage(services, request, reply, {
        reason,
        message: services.staffTexts.t('desk.visit.notFound'),
        status: 404,
      })
    : sendNotAllowed(services, request, reply)
