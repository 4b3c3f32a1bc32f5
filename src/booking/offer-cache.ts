import type { Db } from '../platform/db'

const maxAgeMs = 1000
const maxEntries = 500

interface Entry {
  branchId: number
  loadedAt: number
  answer: Promise<unknown>
}

/** One per opened database, so that neither callers nor tests carry it around. */
const caches = new WeakMap<Db, Map<string, Entry>>()

const cacheOf = (db: Db): Map<string, Entry> => {
  const known = caches.get(db)
  if (known) return known
  const fresh = new Map<string, Entry>()
  caches.set(db, fresh)
  return fresh
}

/**
 * What `load` answered for the key within the last second, or what it answers now; callers that ask while it
 * is loading share one answer. An answer loaded while the branch was forgotten is not kept.
 */
export function recentOffer<T>(
  db: Db,
  { branchId, key, now }: { branchId: number; key: string; now: Date },
  load: () => Promise<T>,
): Promise<T> {
  const cache = cacheOf(db)
  const known = cache.get(key)
  const age = known && now.getTime() - known.loadedAt
  if (age !== undefined && age >= 0 && age < maxAgeMs) return known?.answer as Promise<T>

  const entry: Entry = { branchId, loadedAt: now.getTime(), answer: load() }
  cache.delete(key)
  cache.set(key, entry)
  entry.answer.catch(() => {
    if (cache.get(key) === entry) cache.delete(key)
  })
  const oldest = cache.size > maxEntries ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  return entry.answer as Promise<T>
}

/** To be called after a seat of the branch was claimed or freed: whoever asks from now on sees it. */
export function forgetOffers(db: Db, branchId: number): void {
  const cache = cacheOf(db)
  for (const [key, entry] of cache) if (entry.branchId === branchId) cache.delete(key)
}
