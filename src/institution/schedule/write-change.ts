import { sql } from 'kysely'
import type { Tx } from '../../platform/db'
import { versionOf } from '../../platform/version-of'
import { addDays, type Day } from '../../platform/zone'
import { type EditedWindow, editWindows } from './edit-windows'
import type { ChangedPart, ChangeRefusal, ScheduleChange } from './schedule-change'
import { readSchedule, writeWindows } from './schedule-store'

type Change<Kind extends ScheduleChange['kind']> = Extract<ScheduleChange, { kind: Kind }>
type Written = { ok: true; part: ChangedPart } | { ok: false; reason: ChangeRefusal }

const refused = (reason: ChangeRefusal): Written => ({ ok: false, reason })

/** The version of a desk's windows, for the form that edits one of them. */
export const windowsVersion = (windows: readonly EditedWindow[]): string =>
  versionOf(windows.map(({ id, validTo }) => [id, validTo]))

/** Writes the change into the schedule, seats not yet; says where seats may have to follow. */
export function writeChange(
  tx: Tx,
  change: ScheduleChange,
  time: { today: Day; timeZone: string },
): Promise<Written> {
  switch (change.kind) {
    case 'window':
      return writeWindow(tx, change, time)
    case 'desk':
      return writeDesk(tx, change, time.today)
    case 'branch':
      return writeBranch(tx, change, time.today)
    case 'closure_added':
      return addClosure(tx, change)
    case 'closure_removed':
      return removeClosure(tx, change)
    case 'desks_copied':
      return copyDesks(tx, change, time.today)
    case 'horizon':
      return writeHorizon(tx, change, time.today)
  }
}

async function writeWindow(
  tx: Tx,
  change: Change<'window'>,
  { today, timeZone }: { today: Day; timeZone: string },
): Promise<Written> {
  const { desk: of, from, to, version } = change
  if (from < today || (to !== null && to < from)) return refused('in_past')
  const [desk] = (await readSchedule(tx, { branchId: of.branchId, deskId: of.id }, timeZone)).desks
  if (!desk) return refused('unknown')
  if (windowsVersion(desk.windows) !== version) return refused('changed')
  const edited = editWindows(desk.windows, change)
  if (!edited.ok) return refused(edited.reason)
  await writeWindows(tx, desk.windows, edited.windows)
  return { ok: true, part: { branchId: of.branchId, deskId: of.id, first: from, last: to } }
}

async function writeDesk(tx: Tx, { deskId, branchId, active }: Change<'desk'>, today: Day): Promise<Written> {
  const { numUpdatedRows } = await tx
    .updateTable('desk')
    .set({ active })
    .where('id', '=', deskId)
    .where('branch_id', '=', branchId)
    .where('active', '=', !active)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return refused('changed')
  return { ok: true, part: { branchId, deskId, first: today, last: null } }
}

async function writeBranch(tx: Tx, { branchId, active }: Change<'branch'>, today: Day): Promise<Written> {
  const { numUpdatedRows } = await tx
    .updateTable('branch')
    .set({ active })
    .where('id', '=', branchId)
    .where('active', '=', !active)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return refused('changed')
  return { ok: true, part: { branchId, deskId: null, first: today, last: null } }
}

async function addClosure(tx: Tx, { closure, reason }: Change<'closure_added'>): Promise<Written> {
  const { branchId, deskId, firstDay, lastDay, hours } = closure
  const [starts, ends] = hours ?? [null, null]
  const { rows } = await sql<{ there: boolean; known: boolean }>`
    select exists (select from closure where (branch_id, desk_id, first_day, last_day, starts, ends)
        is not distinct from (${branchId}::int, ${deskId}::int, ${firstDay}::date, ${lastDay}::date,
          ${starts}::time, ${ends}::time)) as there,
      ${deskId}::int is null or exists (
        select from desk where id = ${deskId}::int and branch_id = ${branchId}::int) as known`.execute(tx)
  if (!rows[0]?.known) return refused('unknown')
  if (rows[0].there) return refused('exists')
  await tx
    .insertInto('closure')
    .values({
      branch_id: branchId,
      desk_id: deskId,
      first_day: firstDay,
      last_day: lastDay,
      ...{ starts, ends, reason },
    })
    .execute()
  return { ok: true, part: { branchId, deskId, first: firstDay, last: lastDay } }
}

async function removeClosure(tx: Tx, { closureId, branchId }: Change<'closure_removed'>): Promise<Written> {
  const gone = await tx
    .deleteFrom('closure')
    .where('id', '=', closureId)
    .where(sql<boolean>`branch_id is not distinct from ${branchId}::int`)
    .returning(['desk_id', 'first_day', 'last_day'])
    .executeTakeFirst()
  if (!gone) return refused('changed')
  const { desk_id: deskId, first_day: first, last_day: last } = gone
  return { ok: true, part: { branchId, deskId, first, last } }
}

/** Gives a branch that has no desks those of another one, with the hours that are in force or still to come. */
async function copyDesks(
  tx: Tx,
  { branchId, fromBranchId }: Change<'desks_copied'>,
  today: Day,
): Promise<Written> {
  const there = await tx.selectFrom('desk').select('id').where('branch_id', '=', branchId).executeTakeFirst()
  if (there) return refused('changed')
  const { numAffectedRows } = await sql`
    insert into desk (branch_id, name)
    select ${branchId}::int, name from desk where branch_id = ${fromBranchId} and active order by id`.execute(
    tx,
  )
  if (!numAffectedRows) return refused('unknown')
  await sql`
    insert into desk_topic (desk_id, topic_id)
    select new.id, topic_id from desk_topic
      join desk old on old.id = desk_id and old.branch_id = ${fromBranchId}
      join desk new on new.name = old.name and new.branch_id = ${branchId}`.execute(tx)
  await sql`
    insert into desk_window (desk_id, weekday, opens, closes, breaks, visit_minutes, buffer_minutes,
      valid_from, valid_to, on_holidays)
    select new.id, weekday, opens, closes, breaks, visit_minutes, buffer_minutes,
      greatest(valid_from, ${today}::date), valid_to, on_holidays
    from desk_window
      join desk old on old.id = desk_id and old.branch_id = ${fromBranchId}
      join desk new on new.name = old.name and new.branch_id = ${branchId}
    where valid_to is null or valid_to >= ${today}::date`.execute(tx)
  return { ok: true, part: { branchId, deskId: null, first: today, last: null } }
}

async function writeHorizon(tx: Tx, { days, before }: Change<'horizon'>, today: Day): Promise<Written> {
  const { numAffectedRows } = await sql`
    update institution set settings = jsonb_set(settings, '{horizonDays}', to_jsonb(${days}::int))
    where (settings ->> 'horizonDays')::int = ${before}`.execute(tx)
  if (!numAffectedRows) return refused('changed')
  const first = addDays(today, Math.min(days, before))
  return { ok: true, part: { branchId: null, deskId: null, first, last: null } }
}
