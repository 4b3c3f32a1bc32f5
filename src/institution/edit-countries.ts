import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { tellInstitutionChanged } from './institution-changed'

/** Which branch serves those insured in a country; null: none, they choose from the list. */
export function setCountry(
  db: Db,
  {
    country,
    branchId,
    staffId,
    now,
    bus,
  }: { country: string; branchId: number | null; staffId: number; now: Date; bus: Bus },
): Promise<void> {
  return inTransaction(db, async (tx) => {
    if (branchId === null) await tx.deleteFrom('country_branch').where('country', '=', country).execute()
    else
      await tx
        .insertInto('country_branch')
        .values({ country, branch_id: branchId })
        .onConflict((conflict) => conflict.column('country').doUpdateSet({ branch_id: branchId }))
        .execute()
    await appendAudit(tx, {
      ...{ at: now, actor: { kind: 'staff', staffId }, action: 'country.changed' },
      ...{ subject: { kind: 'country', id: country }, details: { branch: branchId } },
    })
    await tellInstitutionChanged(tx, bus)
  })
}
