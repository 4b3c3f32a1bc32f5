import type { DataClass } from '../institution/kept-days'
import type { DbOrTx } from '../platform/db'

export interface RetentionRun {
  startedAt: Date
  /** Null: it is at it, or was killed and the next one goes on. */
  finishedAt: Date | null
  erased: number
}

/** What the job did the last time, by class. */
export async function retentionRuns(db: DbOrTx): Promise<Map<DataClass, RetentionRun>> {
  const rows = await db
    .selectFrom('retention_run')
    .select(['data_class', 'started_at as startedAt', 'finished_at as finishedAt', 'erased'])
    .execute()
  return new Map(rows.map(({ data_class, ...run }) => [data_class as DataClass, run]))
}
