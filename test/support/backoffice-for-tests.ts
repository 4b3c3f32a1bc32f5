import { randomUUID } from 'node:crypto'
import { addEndpoint } from '../../src/backoffice/add-endpoint'
import { createAddressGuard } from '../../src/backoffice/address-guard'
import { createWebhookDispatcher, type WebhookDispatcher } from '../../src/backoffice/dispatcher'
import type { EndpointRules } from '../../src/backoffice/endpoint-url'
import { enqueueEntry } from '../../src/backoffice/enqueue-entry'
import type { EntryContent, EntryReader } from '../../src/backoffice/entry-content'
import { type EntryKind, entryKinds } from '../../src/backoffice/entry-kind'
import type { Clock } from '../../src/platform/clock'
import { type Db, inTransaction } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { uuidV7 } from '../../src/platform/uuid'

/** Receivers of tests live on this machine, without a certificate. */
export const rulesForTests: EndpointRules = {
  mayBeAt: createAddressGuard(['127.0.0.0/8', '::1/128']),
  plainHttp: true,
}

/** What entries say here, without a visit behind them. */
export const sampleContent = (reference: string): EntryContent => ({
  reference,
  confirmedAt: '2026-12-21T08:00:00.000Z',
  visit: {
    number: 'EW-7K3F-94QX',
    startsAt: '2026-12-21T08:00:00.000Z',
    branch: { code: 'WAW3', name: 'III Oddział w Warszawie' },
    topic: 'profile',
  },
  client: { firstName: 'Halina', lastName: 'Żółć', phone: '+48601234567', email: 'halina@example.org' },
  guardian: null,
  identity: { document: 'idCard', confirmedAt: '2026-12-21T08:00:00.000Z' },
})

export interface BackofficeParts {
  db: Db
  keys: Keys
  clock: Clock
}

/** A dispatcher that looks many times a second; not started. */
export const dispatcherForTests = (
  { db, keys, clock }: BackofficeParts,
  options: Partial<Parameters<typeof createWebhookDispatcher>[0]> = {},
): WebhookDispatcher =>
  createWebhookDispatcher({
    ...{ db, keys, clock },
    log: createLogger('silent'),
    readEntry: sampleReader,
    rules: rulesForTests,
    pollMilliseconds: 30,
    random: () => 0,
    ...options,
  })

const sampleReader: EntryReader = ({ subjectId }) => Promise.resolve(sampleContent(subjectId))

/** Adds an endpoint as a form does. @returns its id and secret */
export async function endpointFor(
  { db, keys, clock }: BackofficeParts,
  url: string,
  options: { staffId: number; kinds?: readonly EntryKind[]; rules?: EndpointRules },
): Promise<{ id: string; secret: string }> {
  const { staffId, kinds = entryKinds, rules = rulesForTests } = options
  const id = randomUUID()
  const form = { url, description: 'System wniosków', kinds: [...kinds] }
  const added = await addEndpoint(db, { id, form, keys, rules, staffId, now: clock.now() })
  if (!added.ok || added.secret === null) throw new Error(`Not added: ${JSON.stringify(added)}`)
  return { id, secret: added.secret }
}

const signs = '23456789ACDEFGHJKMNPQRTVWXY'
let references = 0
const nextReference = (kind: EntryKind) => {
  const n = ++references
  const text = Array.from({ length: 8 }, (_, place) => signs[Math.floor(n / 27 ** place) % 27]).join('')
  return `${kind === 'application' ? 'WZ' : 'PP'}-${text.slice(0, 4)}-${text.slice(4)}`
}

/** Entries as a visit leaves them. @returns their ids */
export async function addEntries(
  { db, clock }: Pick<BackofficeParts, 'db' | 'clock'>,
  {
    count = 1,
    kind = 'profile_confirmation',
    branchId,
  }: { count?: number; kind?: EntryKind; branchId: number },
): Promise<string[]> {
  const now = clock.now()
  const ids = Array.from({ length: count }, () => uuidV7(now))
  await inTransaction(db, async (tx) => {
    for (const id of ids)
      await enqueueEntry(tx, {
        id,
        kind,
        subjectId: randomUUID(),
        reference: nextReference(kind),
        branchId,
        now,
      })
  })
  return ids
}
