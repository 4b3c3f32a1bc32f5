import type { Db } from '../../platform/db'
import { createStaff } from '../../staff/create-staff'
import type { SampleAccounts } from '../../staff/pages/sign-in-page'

/** Accounts of the demonstration, without a branch for all of them; nothing of this exists with production configuration. */
export const samplePassword = 'wizyta-na-probe'

export const sampleStaff = [
  { email: 'ewa.maj@example.org', name: 'Ewa Maj', role: 'officer', branch: 'POKAZ' },
  { email: 'tomasz.sowa@example.org', name: 'Tomasz Sowa', role: 'officer', branch: 'POKAZ' },
  { email: 'anna.gil@example.org', name: 'Anna Gil', role: 'officer', branch: 'WAW2' },
  { email: 'jan.lis@example.org', name: 'Jan Lis', role: 'supervisor', branch: 'POKAZ' },
  { email: 'zofia.bak@example.org', name: 'Zofia Bąk', role: 'administrator', branch: '' },
  { email: 'adam.rys@example.org', name: 'Adam Ryś', role: 'inspector', branch: '' },
] as const

/** Adds the accounts; each serves every topic. */
export async function addSampleStaff(db: Db): Promise<void> {
  const branches = await db.selectFrom('branch').select(['id', 'code']).execute()
  const topics = await db.selectFrom('topic').select('id').execute()
  for (const { branch, ...account } of sampleStaff)
    await createStaff(db, {
      ...account,
      password: samplePassword,
      branchId: branches.find(({ code }) => code === branch)?.id ?? null,
      topicIds: topics.map(({ id }) => id),
    })
}

/** What the sign-in page of the demonstration shows. */
export const sampleAccounts: SampleAccounts = { accounts: sampleStaff, password: samplePassword }
