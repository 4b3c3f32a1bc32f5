import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, type DbOrTx, inTransaction, type Tx } from '../platform/db'
import { versionOf } from '../platform/version-of'
import type { CertificateKind } from './directory-content'
import { tellInstitutionChanged } from './institution-changed'

export interface ListedKind extends CertificateKind {
  position: number
}

/** All that an institution says of a kind of certificate, besides its code. */
export type KindFacts = Omit<ListedKind, 'code'>

/** All kinds, also those that cannot be applied for any more, in their order. */
export async function readCertificateKinds(db: DbOrTx): Promise<ListedKind[]> {
  const rows = await db
    .selectFrom('certificate_kind')
    .select(['code', 'position', 'active', 'texts'])
    .orderBy('position')
    .orderBy('code')
    .execute()
  return rows.map(({ texts, ...row }) => ({ ...row, texts: texts as unknown as ListedKind['texts'] }))
}

/** The version of a kind, for the form that changes it. */
export const kindVersion = ({ position, active, texts }: KindFacts): string =>
  versionOf([position, active, texts.pl, texts.en, texts.uk])

interface Edit {
  code: string
  facts: KindFacts
  staffId: number
  now: Date
  bus: Bus
}

const columnsOf = ({ position, active, texts }: KindFacts) => ({
  ...{ position, active, texts: JSON.stringify(texts) },
})

export function addCertificateKind(
  db: Db,
  edit: Edit,
): Promise<{ ok: true } | { ok: false; reason: 'code_taken' }> {
  return inTransaction(db, async (tx) => {
    const added = await tx
      .insertInto('certificate_kind')
      .values({ code: edit.code, ...columnsOf(edit.facts) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('code')
      .executeTakeFirst()
    if (!added) return { ok: false, reason: 'code_taken' }
    await tell(tx, 'certificate_kind.added', edit)
    return { ok: true }
  })
}

/** Changes a kind, unless somebody else has since `version`. Applications that were accepted stay. */
export function changeCertificateKind(
  db: Db,
  edit: Edit & { version: string },
): Promise<{ ok: true } | { ok: false; reason: 'changed' }> {
  const { code, facts, version } = edit
  return inTransaction(db, async (tx) => {
    await tx.selectFrom('certificate_kind').select('code').where('code', '=', code).forUpdate().execute()
    const before = (await readCertificateKinds(tx)).find((one) => one.code === code)
    if (!before || kindVersion(before) !== version) return { ok: false, reason: 'changed' }
    await tx.updateTable('certificate_kind').set(columnsOf(facts)).where('code', '=', code).execute()
    await tell(tx, 'certificate_kind.changed', edit)
    return { ok: true }
  })
}

async function tell(
  tx: Tx,
  action: 'certificate_kind.added' | 'certificate_kind.changed',
  { code, facts, staffId, now, bus }: Edit,
): Promise<void> {
  await appendAudit(tx, {
    ...{ at: now, actor: { kind: 'staff', staffId }, action, details: { active: facts.active } },
    subject: { kind: 'certificate_kind', id: code },
  })
  await tellInstitutionChanged(tx, bus)
}
