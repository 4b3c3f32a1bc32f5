import type { DbOrTx } from '../platform/db'

export interface DeskWatch {
  connectionId: string
  processId: string
  staffId: number
  branchId: number
  since: Date
}

/** Notes that somebody's day page is open; the row dies with its process. */
export async function insertDeskWatch(db: DbOrTx, watch: DeskWatch): Promise<void> {
  const { connectionId, processId, staffId, branchId, since } = watch
  await db
    .insertInto('desk_watch')
    .values({
      connection_id: connectionId,
      process_id: processId,
      staff_id: staffId,
      branch_id: branchId,
      since,
    })
    .execute()
}

export async function deleteDeskWatch(db: DbOrTx, connectionId: string): Promise<void> {
  await db.deleteFrom('desk_watch').where('connection_id', '=', connectionId).execute()
}
