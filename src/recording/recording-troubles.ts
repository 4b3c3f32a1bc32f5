import { sql } from 'kysely'
import type { Db } from '../platform/db'
import type { ObjectStore } from '../platform/object-store'

export interface RecordingTroubles {
  /** Why the store does not work, in its own words; undefined: it does. */
  store: string | undefined
  /** Recordings whose files could not be made, or not whole, by the code of the reason. */
  unfinished: { code: string; count: number }[]
}

/** What is wrong with recordings as a whole, measured now. */
export async function recordingTroubles(db: Db, store: ObjectStore): Promise<RecordingTroubles> {
  const [fault, unfinished] = await Promise.all([storeFault(store), countUnfinished(db)])
  return { store: fault, unfinished }
}

/** Undefined: the store takes, keeps and gives bytes. */
export async function storeFault(store: ObjectStore): Promise<string | undefined> {
  try {
    await store.check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const countUnfinished = (db: Db): Promise<RecordingTroubles['unfinished']> =>
  db
    .selectFrom('recording')
    .where('finalise_error', 'is not', null)
    .where('state', '<>', 'erased')
    .groupBy('finalise_error')
    .orderBy('finalise_error')
    .select((eb) => [eb.ref('finalise_error').$notNull().as('code'), sql<number>`count(*)::int`.as('count')])
    .execute()
