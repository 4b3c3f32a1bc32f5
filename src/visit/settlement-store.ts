import { sql } from 'kysely'
import type { Settlement } from '../contract/settlement'
import type { DocumentKind, IdentityReason, IdentityResult, Matter } from '../contract/visit-matters'
import type { VisitRow } from '../booking/visit-links'
import type { DbOrTx, Tx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { readClosingNote } from './visit-notes'

const purposeContext = (visitId: string) => `visit.application:${visitId}`
const undoneContext = (visitId: string) => `visit.identity-undone:${visitId}`

export const sealPurpose = (keys: Keys, visitId: string, purpose: string): Buffer =>
  keys.seal(purpose, purposeContext(visitId))

/** Empty once the person's data were erased. */
export const unsealPurpose = (keys: Keys, visitId: string, sealed: Buffer | null): string =>
  sealed === null ? '' : keys.unseal(sealed, purposeContext(visitId))

export const sealUndoneReason = (keys: Keys, visitId: string, words: string): Buffer =>
  keys.seal(words, undoneContext(visitId))

/** The result that stands, if any: one that was undone is history. */
export const currentIdentity = (db: DbOrTx, visitId: string) =>
  db
    .selectFrom('identity_check')
    .innerJoin('staff', 'staff.id', 'identity_check.staff_id')
    .where('visit_id', '=', visitId)
    .where('undone_at', 'is', null)
    .select(['identity_check.id', 'result', 'document', 'reason', 'decided_at', 'staff.name as officer'])
    .executeTakeFirst()

/** The visit that was booked during this one and still stands. */
export const followUpOf = (db: DbOrTx, visitId: string) =>
  db
    .selectFrom('visit')
    .select(['number', 'topic_id as topicId', 'starts_at as startsAt'])
    .where('follow_up_of', '=', visitId)
    .where('state', '<>', 'cancelled')
    .executeTakeFirst()

/** Everything that was settled in the visit. */
export async function readSettlement(db: DbOrTx, keys: Keys, visit: VisitRow): Promise<Settlement> {
  const of = <Query extends { where: (column: 'visit_id', is: '=', id: string) => Query }>(query: Query) =>
    query.where('visit_id', '=', visit.id)
  const [identity, matterRows, applications, profile, followUp] = await Promise.all([
    currentIdentity(db, visit.id),
    of(db.selectFrom('visit_matter').select('matter')).execute(),
    of(db.selectFrom('application').selectAll()).orderBy('accepted_at').orderBy('id').execute(),
    of(db.selectFrom('profile_confirmation').select(['reference', 'confirmed_at'])).executeTakeFirst(),
    followUpOf(db, visit.id),
  ])
  return {
    identity: identity
      ? {
          result: identity.result as IdentityResult,
          document: identity.document as DocumentKind | null,
          reason: identity.reason as IdentityReason | null,
          officer: identity.officer,
          decidedAt: identity.decided_at.toISOString(),
        }
      : null,
    matters: matterRows.map(({ matter }) => matter as Matter),
    applications: applications.map((row) => ({
      id: row.id,
      kindCode: row.kind_code,
      reference: row.reference,
      purpose: unsealPurpose(keys, visit.id, row.purpose),
      acceptedAt: row.accepted_at.toISOString(),
    })),
    profile: profile
      ? { reference: profile.reference, confirmedAt: profile.confirmed_at.toISOString() }
      : null,
    followUp: followUp ? { number: followUp.number, startsAt: followUp.startsAt.toISOString() } : null,
    agreed: readClosingNote(keys, visit).words,
  }
}

/** Whether something was handed over that rests on the confirmed identity. */
export async function identityWasUsed(tx: Tx, visitId: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from application where visit_id = ${visitId})
      or exists (select from profile_confirmation where visit_id = ${visitId}) as used`.execute(tx)
  return rows[0]?.used === true
}
