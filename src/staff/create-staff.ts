import { type Db, inTransaction } from '../platform/db'
import { hashPassword } from './password'
import type { StaffRole } from './staff'
import { insertStaff } from './staff-store'

export interface NewAccount {
  email: string
  name: string
  password: string
  role: StaffRole
  /** Null: all branches. */
  branchId: number | null
  topicIds: readonly number[]
}

/** Adds an account and returns its id. @throws when the e-mail has one already */
export async function createStaff(db: Db, account: NewAccount): Promise<number> {
  const { password, ...rest } = account
  const passwordHash = await hashPassword(password)
  return inTransaction(db, (tx) =>
    insertStaff(tx, { ...rest, email: account.email.trim().toLowerCase(), passwordHash }),
  )
}
