import type { EntryContent, EntryReader } from '../backoffice/entry-content'
import { readClient } from '../booking/visit-links'
import type { Directory } from '../institution/directory'
import type { DbOrTx } from '../platform/db'
import type { Keys } from '../platform/keys'
import { unsealPurpose } from './settlement-store'

interface ReaderParts {
  db: DbOrTx
  keys: Keys
  directory: Pick<Directory, 'branchById' | 'topicById' | 'certificateKinds'>
}

/** What the institution's other systems are told of a settled matter, read and unsealed when it is sent. */
export const createEntryReader =
  (parts: ReaderParts): EntryReader =>
  ({ kind, subjectId }) =>
    kind === 'application' ? readApplication(parts, subjectId) : readConfirmation(parts, subjectId)

async function readApplication(parts: ReaderParts, id: string): Promise<EntryContent | undefined> {
  const { db, keys, directory } = parts
  const row = await db
    .selectFrom('application')
    .select(['visit_id', 'reference', 'kind_code', 'purpose', 'accepted_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  const matter = row && (await readMatter(parts, row.visit_id))
  if (!matter) return undefined
  const kind = directory.certificateKinds.find(({ code }) => code === row.kind_code)
  return {
    reference: row.reference,
    acceptedAt: row.accepted_at.toISOString(),
    certificate: { kind: row.kind_code, name: kind?.texts.pl ?? row.kind_code },
    purpose: unsealPurpose(keys, row.visit_id, row.purpose),
    ...matter,
  }
}

async function readConfirmation(parts: ReaderParts, id: string): Promise<EntryContent | undefined> {
  const row = await parts.db
    .selectFrom('profile_confirmation')
    .select(['visit_id', 'reference', 'confirmed_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  const matter = row && (await readMatter(parts, row.visit_id))
  return matter && { reference: row.reference, confirmedAt: row.confirmed_at.toISOString(), ...matter }
}

/** What both have in common: the visit, its client, and the identity check on which they rest. */
async function readMatter({ db, keys, directory }: ReaderParts, visitId: string) {
  const row = await db
    .selectFrom('visit')
    .leftJoin('identity_check', (join) =>
      join
        .onRef('identity_check.visit_id', '=', 'visit.id')
        .on('identity_check.undone_at', 'is', null)
        .on('identity_check.result', '=', 'confirmed'),
    )
    .where('visit.id', '=', visitId)
    .select(['visit.id', 'visit.number', 'visit.starts_at', 'visit.branch_id', 'visit.topic_id'])
    .select(['visit.client', 'identity_check.document', 'identity_check.decided_at'])
    .executeTakeFirst()
  // Of an erased person nobody is told
  if (!row?.client) return undefined
  const { guardian, firstName, lastName, phone, email } = readClient(keys, row)
  const branch = directory.branchById(row.branch_id)
  return {
    visit: {
      number: row.number,
      startsAt: row.starts_at.toISOString(),
      branch: { code: branch?.code ?? '', name: branch?.name ?? '' },
      topic: directory.topicById(row.topic_id)?.code ?? '',
    },
    client: { firstName, lastName, phone, email },
    guardian: guardian && { firstName: guardian.firstName, lastName: guardian.lastName },
    identity: row.decided_at && { document: row.document, confirmedAt: row.decided_at.toISOString() },
  }
}
