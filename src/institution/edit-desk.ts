import { appendAudit } from '../audit/append-audit'
import { type Db, inTransaction, type Tx } from '../platform/db'
import { versionOf } from '../platform/version-of'

export interface DeskFacts {
  name: string
  topicIds: readonly number[]
}

/** The version of what a desk is called and serves, for the form that changes it. */
export const deskVersion = ({ name, topicIds }: DeskFacts): string => versionOf([name, [...topicIds].sort()])

interface Edit {
  branchId: number
  facts: DeskFacts
  staffId: number
  now: Date
}

export type DeskEdited = { ok: true; deskId: number } | { ok: false; reason: 'name_taken' | 'changed' }

/** Adds a desk without hours to a branch. */
export function addDesk(db: Db, edit: Edit): Promise<DeskEdited> {
  return inTransaction(db, async (tx) => {
    const desk = await tx
      .insertInto('desk')
      .values({ branch_id: edit.branchId, name: edit.facts.name })
      .onConflict((conflict) => conflict.columns(['branch_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!desk) return { ok: false, reason: 'name_taken' }
    await setTopics(tx, desk.id, edit.facts.topicIds)
    await audit(tx, 'desk.added', desk.id, edit)
    return { ok: true, deskId: desk.id }
  })
}

/** Changes what a desk is called and which topics it serves; its booked visits stay, whatever they are about. */
export function changeDesk(db: Db, edit: Edit & { deskId: number; version: string }): Promise<DeskEdited> {
  const { deskId, branchId, facts } = edit
  return inTransaction(db, async (tx) => {
    const desk = await tx
      .selectFrom('desk')
      .select('name')
      .where('id', '=', deskId)
      .where('branch_id', '=', branchId)
      .forUpdate()
      .executeTakeFirst()
    const topics = await tx
      .selectFrom('desk_topic')
      .select('topic_id')
      .where('desk_id', '=', deskId)
      .execute()
    const topicIds = topics.map(({ topic_id }) => topic_id)
    if (!desk || deskVersion({ name: desk.name, topicIds }) !== edit.version)
      return { ok: false, reason: 'changed' }
    const other = await tx
      .selectFrom('desk')
      .select('id')
      .where('branch_id', '=', branchId)
      .where('name', '=', facts.name)
      .where('id', '<>', deskId)
      .executeTakeFirst()
    if (other) return { ok: false, reason: 'name_taken' }
    await tx.updateTable('desk').set({ name: facts.name }).where('id', '=', deskId).execute()
    await tx.deleteFrom('desk_topic').where('desk_id', '=', deskId).execute()
    await setTopics(tx, deskId, facts.topicIds)
    await audit(tx, 'desk.changed', deskId, edit)
    return { ok: true, deskId }
  })
}

async function setTopics(tx: Tx, deskId: number, topicIds: readonly number[]): Promise<void> {
  if (topicIds.length === 0) return
  await tx
    .insertInto('desk_topic')
    .values(topicIds.map((topicId) => ({ desk_id: deskId, topic_id: topicId })))
    .execute()
}

const audit = (
  tx: Tx,
  action: 'desk.added' | 'desk.changed',
  deskId: number,
  { branchId, facts, staffId, now }: Edit,
) =>
  appendAudit(tx, {
    ...{ at: now, actor: { kind: 'staff', staffId }, action, branchId },
    subject: { kind: 'desk', id: String(deskId) },
    details: { topics: facts.topicIds.length },
  })
