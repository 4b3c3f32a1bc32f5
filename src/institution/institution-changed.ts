import type { Bus } from '../platform/bus'
import type { DbOrTx } from '../platform/db'

/** Topic of the bus that tells every process to read the institution anew. */
const institutionTopic = 'institution'

/** In the transaction that changes branches, topics, areas, texts or settings. */
export const tellInstitutionChanged = (db: DbOrTx, bus: Bus): Promise<void> =>
  bus.publish(db, { topic: institutionTopic, body: {} })

/** Calls back after each change, also one that was missed while the line to the database was cut. */
export function onInstitutionChanged(bus: Bus, listener: () => void): () => void {
  const stops = [bus.subscribe(institutionTopic, listener), bus.onRestored(listener)]
  return () => stops.forEach((stop) => stop())
}
