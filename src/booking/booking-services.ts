import type { FastifyRequest } from 'fastify'
import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import { type Day, dayOf } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { PageContext } from './pages/page-context'

/** What the booking's pages are wired with. */
export interface BookingServices {
  db: Db
  clock: Clock
  keys: Keys
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  queue: MessageQueue
  bus: Bus
  log: Logger
  /** Without a trailing slash. */
  publicUrl: string
}

/** The page that answers a request; `path` when its language links lead to another address. */
export const pageOf = (
  services: BookingServices,
  request: FastifyRequest,
  path = request.url,
): PageContext => ({
  t: services.translators[request.language],
  language: request.language,
  path,
  directory: services.directory,
})

/** The calendar day at the institution. */
export const today = ({ clock, directory }: Pick<BookingServices, 'clock' | 'directory'>): Day =>
  dayOf(clock.now(), directory.institution.timeZone)
