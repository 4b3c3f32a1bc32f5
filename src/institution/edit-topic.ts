import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, type DbOrTx, inTransaction, type Tx } from '../platform/db'
import { versionOf } from '../platform/version-of'
import type { RecordingPolicy, Topic } from './directory-content'
import { tellInstitutionChanged } from './institution-changed'

/** All that an institution says of a topic, besides its code. */
export type TopicFacts = Omit<Topic, 'id' | 'code'> & { active: boolean }

export interface ListedTopic extends TopicFacts {
  id: number
  code: string
  /** Active desks of active branches that serve it. */
  desks: number
}

/** All topics, also those that are not offered, in their order. */
export async function readTopics(db: DbOrTx): Promise<ListedTopic[]> {
  const { rows } = await sql<ListedTopic>`
    select id, code, position, routing, address_of as "addressOf", requires_identity as "requiresIdentity",
      recording, texts, active,
      (select count(*)::int from desk_topic join desk on desk.id = desk_id join branch on branch.id = desk.branch_id
        where topic_id = topic.id and desk.active and branch.active) as desks
    from topic order by position, id`.execute(db)
  return rows
}

/** The version of a topic, for the form that changes it. */
export const topicVersion = (facts: TopicFacts): string => {
  const { position, routing, addressOf, requiresIdentity, recording, active, texts } = facts
  const words = [texts.pl, texts.en, texts.uk].map(({ name, hint, prepare }) => [name, hint, prepare])
  return versionOf([position, routing, addressOf, requiresIdentity, recording, active, words])
}

interface Edit {
  facts: TopicFacts
  staffId: number
  now: Date
  bus: Bus
}

const columnsOf = ({ texts, addressOf, requiresIdentity, ...rest }: TopicFacts) => ({
  ...{ position: rest.position, routing: rest.routing, recording: rest.recording, active: rest.active },
  ...{ address_of: addressOf, requires_identity: requiresIdentity, texts: JSON.stringify(texts) },
})

/** Adds a topic; the desks that serve `likeTopicId` serve it, too. */
export function addTopic(
  db: Db,
  edit: Edit & { code: string; likeTopicId: number | null },
): Promise<{ ok: true } | { ok: false; reason: 'code_taken' }> {
  const { code, facts, likeTopicId } = edit
  return inTransaction(db, async (tx) => {
    const topic = await tx
      .insertInto('topic')
      .values({ code, ...columnsOf(facts) })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!topic) return { ok: false, reason: 'code_taken' }
    await sql`
      insert into desk_topic (desk_id, topic_id)
      select desk_id, ${topic.id}::int from desk_topic where topic_id = ${likeTopicId}::int`.execute(tx)
    await tell(tx, 'topic.added', topic.id, edit)
    return { ok: true }
  })
}

/**
 * Changes a topic, unless somebody else has since `version`. Visits that are booked stay; whether they will be
 * recorded follows the topic.
 */
export function changeTopic(
  db: Db,
  edit: Edit & { topicId: number; version: string },
): Promise<{ ok: true } | { ok: false; reason: 'changed' }> {
  const { topicId, facts, version } = edit
  return inTransaction(db, async (tx) => {
    await sql`select from topic where id = ${topicId} for update`.execute(tx)
    const before = (await readTopics(tx)).find(({ id }) => id === topicId)
    if (!before || topicVersion(before) !== version) return { ok: false, reason: 'changed' }
    await tx.updateTable('topic').set(columnsOf(facts)).where('id', '=', topicId).execute()
    if (before.recording !== facts.recording) await obeyPolicy(tx, topicId, facts.recording)
    await tell(tx, 'topic.changed', topicId, edit)
    return { ok: true }
  })
}

/**
 * Visits that have not begun are recorded as the topic says now: never, or with the consent that their client gave
 * and has not taken back. Nobody is asked for another one.
 */
async function obeyPolicy(tx: Tx, topicId: number, policy: RecordingPolicy): Promise<void> {
  await sql`
    update visit set recording_consent = ${policy !== 'never'} and exists (
      select from consent where visit_id = visit.id and kind = 'recording' and withdrawn_at is null)
    where topic_id = ${topicId} and state in ('booked', 'waiting')`.execute(tx)
}

async function tell(
  tx: Tx,
  action: 'topic.added' | 'topic.changed',
  topicId: number,
  { facts, staffId, now, bus }: Edit,
): Promise<void> {
  const { routing, recording, active } = facts
  await appendAudit(tx, {
    ...{ at: now, actor: { kind: 'staff', staffId }, action, details: { routing, recording, active } },
    subject: { kind: 'topic', id: String(topicId) },
  })
  await tellInstitutionChanged(tx, bus)
}
