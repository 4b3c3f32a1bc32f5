import type { Pool } from 'pg'
import type { EndpointRules } from '../backoffice/endpoint-url'
import type { Config } from '../config/config'
import { type Directory, loadDirectory } from '../institution/directory'
import { institutionTexts } from '../institution/institution-texts'
import { onInstitutionChanged } from '../institution/institution-changed'
import { messagePolicy } from '../message/message-plan'
import { createMessageQueue, type MessageQueue } from '../message/queue-messages'
import { type Bus, openBus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, openDatabase } from '../platform/db'
import {
  liveTranslator,
  staffTranslator,
  type StaffTranslator,
  type Translator,
} from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { ObjectStore } from '../platform/object-store'
import { type Language, languages } from '../texts/catalogue'
import { endpointRules } from './endpoint-rules'
import { recordingStore } from './open-store'

/** What routes, jobs and the dispatcher are wired with; each takes the few it needs. */
export interface Services {
  config: Config
  publicUrl: string
  demo: boolean
  db: Db
  pool: Pool
  bus: Bus
  clock: Clock
  keys: Keys
  log: Logger
  directory: Directory
  translators: Record<Language, Translator>
  staffTexts: StaffTranslator
  queue: MessageQueue
  /** Bytes of recordings. */
  store: ObjectStore
  /** Where webhooks may go. */
  endpointRules: EndpointRules
  close: () => Promise<void>
}

export interface ServiceParts {
  config: Config
  publicUrl: string
  databaseUrl: string
  clock: Clock
  keys: Keys
  log: Logger
  /** Called after a commit that queued a message; the dispatcher of this process, if it has one. */
  wakeDispatcher: () => void
}

/** Opens everything that lives as long as the process. The database must be migrated and hold an institution. */
export async function openServices(parts: ServiceParts): Promise<Services> {
  const { config, databaseUrl, clock, keys, log } = parts
  const { db, pool, close } = openDatabase(databaseUrl, {
    maxConnections: config.databaseConnections,
    onIdleError: (error) => log.warn({ message: error.message }, 'database connection lost'),
  })
  const directory = await loadDirectory(db)
  const bus = await openBus(databaseUrl, db, log, () => clock.now())
  const stopFollowing = onInstitutionChanged(bus, () => {
    directory.refresh().catch((error: unknown) => log.error({ error }, 'the institution was not read anew'))
  })
  const texts = institutionTexts(directory, () => clock.now())
  return {
    config,
    publicUrl: parts.publicUrl,
    demo: config.demo,
    db,
    pool,
    bus,
    clock,
    keys,
    log,
    directory,
    translators: Object.fromEntries(
      languages.map((language) => [language, liveTranslator(language, texts)]),
    ) as Record<Language, Translator>,
    staffTexts: staffTranslator(() => texts.words('pl')),
    queue: createMessageQueue({
      clock,
      keys,
      timeZone: directory.institution.timeZone,
      policy: () => messagePolicy(directory.institution.settings),
      wake: parts.wakeDispatcher,
    }),
    store: recordingStore(config.recordings),
    endpointRules: endpointRules(config),
    close: async () => {
      stopFollowing()
      await bus.close()
      await close()
    },
  }
}
