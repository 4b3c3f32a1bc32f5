import type { DbOrTx } from '../platform/db'
import type { VisitRow } from './visit-links'

/** A visit by its id, for the browser that booked it; undefined when there is none. */
export const readVisit = (db: DbOrTx, id: string): Promise<VisitRow | undefined> =>
  db.selectFrom('visit').selectAll().where('id', '=', id).executeTakeFirst()
