import { sql } from 'kysely'
import type { Participant } from '../contract/signalling'
import type { DbOrTx, Tx } from '../platform/db'

/** A live socket in a visit's room. */
export interface Presence {
  connectionId: string
  participant: Participant
  pageId: string
  tabId: string
  ready: boolean
}

/** A process that does not count its heartbeat for so long is taken for dead, and its sockets with it. */
export const deadAfterMilliseconds = 15_000

/** Processes that were heard since then live. */
export const liveSince = (now: Date): Date => new Date(now.getTime() - deadAfterMilliseconds)

export async function insertProcess(db: DbOrTx, processId: string, now: Date): Promise<void> {
  await db.insertInto('server_process').values({ id: processId, seen_at: now }).execute()
}

/**
 * Counts a heartbeat unless one was counted after `unlessSince`. `late`: others may have taken the process for
 * dead meanwhile; `gone`: they have removed it, and its presence with it.
 */
export async function countHeartbeat(
  tx: Tx,
  { processId, now, unlessSince }: { processId: string; now: Date; unlessSince: Date },
): Promise<'counted' | 'late' | 'gone'> {
  const { rows } = await sql<{ seen_at: Date | null; known: boolean }>`
    with stale as materialized (
      select id, seen_at from server_process where id = ${processId} and seen_at <= ${unlessSince} for update
    ), counted as (
      update server_process set seen_at = ${now} from stale where server_process.id = stale.id
    )
    select (select seen_at from stale) as seen_at,
      exists (select from server_process where id = ${processId}) as known`.execute(tx)
  const row = rows[0]
  if (!row?.known) return 'gone'
  return row.seen_at && row.seen_at < liveSince(now) ? 'late' : 'counted'
}

/** The visits in whose rooms the process holds sockets. */
export async function visitsOfProcess(
  db: DbOrTx,
  processId: string,
): Promise<{ visitId: string; branchId: number }[]> {
  return db
    .selectFrom('presence')
    .innerJoin('visit', 'visit.id', 'presence.visit_id')
    .where('process_id', '=', processId)
    .select(['visit.id as visitId', 'visit.branch_id as branchId'])
    .distinct()
    .execute()
}

/** Removes the process, every presence of its sockets and every desk watch; returns the visits and branches of these. */
export async function removeProcesses(
  tx: Tx,
  which: { id: string } | { deadAt: Date },
): Promise<{ visitId: string | null; branchId: number }[]> {
  const condition =
    'id' in which ? sql<boolean>`id = ${which.id}` : sql<boolean>`seen_at < ${liveSince(which.deadAt)}`
  const { rows } = await sql<{ visit_id: string | null; branch_id: number }>`
    with gone as materialized (
      -- another process that sweeps at the same moment does the same work: leave it to it
      select id from server_process where ${condition} for update skip locked
    ), left_behind as materialized (
      select presence.visit_id, visit.branch_id
      from presence join gone on gone.id = presence.process_id join visit on visit.id = presence.visit_id
      union select null, desk_watch.branch_id from desk_watch join gone on gone.id = desk_watch.process_id
    ), removed as (
      delete from server_process where id in (select id from gone)
    )
    select visit_id, branch_id from left_behind`.execute(tx)
  return rows.map(({ visit_id: visitId, branch_id: branchId }) => ({ visitId, branchId }))
}

/** Everybody who is in the room now, oldest first; sockets of dead processes do not count. */
export async function presentIn(db: DbOrTx, visitId: string, now: Date): Promise<Presence[]> {
  const rows = await db
    .selectFrom('presence')
    .innerJoin('server_process', 'server_process.id', 'presence.process_id')
    .where('presence.visit_id', '=', visitId)
    .where('server_process.seen_at', '>=', liveSince(now))
    .select(['connection_id', 'participant', 'page_id', 'tab_id', 'ready'])
    .orderBy('presence.since')
    .orderBy('connection_id')
    .execute()
  return rows.map((row) => ({
    connectionId: row.connection_id,
    participant: row.participant as Participant,
    pageId: row.page_id,
    tabId: row.tab_id,
    ready: row.ready,
  }))
}

/** SQL: whether the client's page of `visit` is connected right now. */
export const clientIsPresent = (now: Date) => sql<boolean>`exists (
  select from presence join server_process on server_process.id = presence.process_id
  where presence.visit_id = visit.id and presence.participant = 'client'
    and server_process.seen_at >= ${liveSince(now)})`

/** SQL: whether anybody at all is connected to `visit`. */
export const somebodyIsPresent = (now: Date) => sql<boolean>`exists (
  select from presence join server_process on server_process.id = presence.process_id
  where presence.visit_id = visit.id and server_process.seen_at >= ${liveSince(now)})`

export interface NewPresence extends Omit<Presence, 'ready'> {
  processId: string
  visitId: string
  since: Date
}

export async function insertPresence(tx: Tx, presence: NewPresence): Promise<void> {
  await tx
    .insertInto('presence')
    .values({
      connection_id: presence.connectionId,
      process_id: presence.processId,
      visit_id: presence.visitId,
      participant: presence.participant,
      page_id: presence.pageId,
      tab_id: presence.tabId,
      since: presence.since,
    })
    .execute()
}

/** @returns whether there was one */
export async function deletePresence(db: DbOrTx, connectionIds: readonly string[]): Promise<boolean> {
  if (connectionIds.length === 0) return false
  const { numDeletedRows } = await db
    .deleteFrom('presence')
    .where('connection_id', 'in', connectionIds)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function connectionIsPresent(db: DbOrTx, connectionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('presence')
    .select('visit_id')
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes part in the call or leaves it. @returns false when the socket is not in the room or no call goes on */
export async function markReady(db: DbOrTx, connectionId: string, ready: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('presence')
    .set({ ready })
    .from('visit')
    .whereRef('visit.id', '=', 'presence.visit_id')
    .where('visit.state', '=', 'in_progress')
    .where('presence.connection_id', '=', connectionId)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The call is over for now: nobody is in it any more, and the officer has left the room. */
export async function emptyCall(tx: Tx, visitId: string): Promise<void> {
  await tx
    .deleteFrom('presence')
    .where('visit_id', '=', visitId)
    .where('participant', '=', 'officer')
    .execute()
  await tx.updateTable('presence').set({ ready: false }).where('visit_id', '=', visitId).execute()
}
