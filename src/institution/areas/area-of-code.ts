import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db'

/** An area that holds a code, with its branch. */
export interface AreaOfCode {
  prefix: string
  branch: string
  active: boolean
}

/** All areas that hold a code of five digits; the first, with the longest prefix, decides. */
export async function areasOfCode(db: DbOrTx, fiveDigits: string): Promise<AreaOfCode[]> {
  const { rows } = await sql<AreaOfCode>`
    select prefix, branch.code as branch, branch.active
    from postal_area join branch on branch.id = branch_id
    where starts_with(${fiveDigits}, prefix) order by length(prefix) desc`.execute(db)
  return rows
}
