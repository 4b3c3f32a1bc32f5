import { createWebhookDispatcher, type WebhookDispatcher } from '../backoffice/dispatcher'
import { createEntryReader } from '../visit/read-entry-content'
import type { Services } from './services'

/** What tells the institution's other systems; what an entry says is read from the visit. */
export function startBackoffice(services: Services): WebhookDispatcher {
  const { db, clock, log, keys, endpointRules: rules } = services
  const dispatcher = createWebhookDispatcher({
    ...{ db, clock, log, keys, rules },
    readEntry: createEntryReader(services),
  })
  dispatcher.start()
  return dispatcher
}
