import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { DbOrTx } from '../platform/db'
import type { Day } from '../platform/zone'

/** A search that showed no free time within the horizon. */
export interface UnmetSearch {
  day: Day
  branchId: number
  topicId: number
  /** Five digits; undefined when the branch was chosen from the list. */
  postalCode: string | undefined
}

/** What tells one visitor from another, for a day and in memory only. */
export interface Visitor {
  address: string
  browser: string
}

/** Programs that say what they are, and pages that a browser loads in advance. */
const programs = /bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java\/|go-http|headless|^$/i

/** Visitors of a day remembered by a process; beyond them somebody floods us, and is not counted. */
const mostVisitors = 20_000

/**
 * Tells whether a visitor's search has not been counted yet today. Remembers digests under a random salt that
 * never leaves the memory and changes with the day: nothing of it can be led back to anybody, nor is it kept.
 */
export function createSeenSearches(): (search: UnmetSearch, visitor: Visitor) => boolean {
  let today: Day | undefined
  let salt = randomBytes(16)
  const seen = new Set<string>()
  return ({ day, branchId, topicId, postalCode }, { address, browser }) => {
    if (programs.test(browser)) return false
    if (day !== today) {
      today = day
      salt = randomBytes(16)
      seen.clear()
    }
    const said = JSON.stringify([address, browser, branchId, topicId, areaOf(postalCode)])
    const key = createHash('sha256').update(salt).update(said).digest('base64')
    if (seen.has(key) || seen.size >= mostVisitors) return false
    seen.add(key)
    return true
  }
}

/** The first three digits: some ten thousand people at least live where they are the same. */
const areaOf = (postalCode: string | undefined): string => postalCode?.slice(0, 3) ?? ''

/** Adds the search to the others of its day, branch, topic and area. */
export async function addUnmetSearch(db: DbOrTx, search: UnmetSearch): Promise<void> {
  const { day, branchId, topicId, postalCode } = search
  await sql`
    insert into unmet_search (day, branch_id, topic_id, area, searches)
    values (${day}, ${branchId}, ${topicId}, ${areaOf(postalCode)}, 1)
    on conflict (day, branch_id, topic_id, area) do update set searches = unmet_search.searches + 1`.execute(
    db,
  )
}
