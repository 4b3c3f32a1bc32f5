import type { FastifyRequest } from 'fastify'
import type { Db } from '../platform/db'
import { type BookingServices, today } from './booking-services'
import { addUnmetSearch, createSeenSearches, type UnmetSearch } from './unmet-search'

/** One per opened database: a visitor of the pages who also asks the API is one visitor. */
const seen = new WeakMap<Db, ReturnType<typeof createSeenSearches>>()

function seenOf(db: Db): ReturnType<typeof createSeenSearches> {
  const known = seen.get(db)
  if (known) return known
  const fresh = createSeenSearches()
  seen.set(db, fresh)
  return fresh
}

/**
 * Counts a search that showed no free time in the whole horizon, whichever way it came. The figures miss one
 * search rather than somebody their answer.
 */
export async function countUnmetSearch(
  services: Pick<BookingServices, 'db' | 'log' | 'clock' | 'directory'>,
  search: Omit<UnmetSearch, 'day'>,
  { ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>,
): Promise<void> {
  const { db, log } = services
  const dated = { ...search, day: today(services) }
  const isPrefetch = /prefetch|prerender/.test(String(headers['sec-purpose'] ?? ''))
  const visitor = { address: ip, browser: headers['user-agent'] ?? '' }
  if (isPrefetch || !seenOf(db)(dated, visitor)) return
  await addUnmetSearch(db, dated).catch((error: unknown) => {
    log.error({ error }, 'a search without a free time was not counted')
  })
}
