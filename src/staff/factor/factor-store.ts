import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import type { LockPolicy } from '../staff-store'

export interface ListedPasskey {
  id: string
  name: string
  addedAt: Date
  usedAt: Date | null
}

/** What a person has to prove themself with, beside the password. */
export interface Factors {
  totpSince: Date | null
  passkeys: ListedPasskey[]
  codesLeft: number
}

export const countFactors = ({ totpSince, passkeys }: Factors): number =>
  passkeys.length + (totpSince === null ? 0 : 1)

export async function readFactors(db: DbOrTx, staffId: number): Promise<Factors> {
  const totp = await db
    .selectFrom('staff_totp')
    .where('staff_id', '=', staffId)
    .select('added_at')
    .executeTakeFirst()
  const passkeys = await db
    .selectFrom('staff_passkey')
    .where('staff_id', '=', staffId)
    .select(['id', 'name', 'added_at as addedAt', 'used_at as usedAt'])
    .orderBy('added_at')
    .execute()
  const codes = await db
    .selectFrom('staff_recovery_code')
    .where('staff_id', '=', staffId)
    .select((select) => select.fn.countAll<number>().as('left'))
    .executeTakeFirstOrThrow()
  return { totpSince: totp?.added_at ?? null, passkeys, codesLeft: codes.left }
}

/** Whoever changes the factors of a person does so one after the other. */
export async function lockAccount(tx: Tx, staffId: number): Promise<void> {
  await tx.selectFrom('staff').where('id', '=', staffId).select('id').forUpdate().execute()
}

/** @returns false when the person has one already */
export async function insertTotp(
  db: DbOrTx,
  totp: { staffId: number; seed: Buffer; lastStep: number; now: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('staff_totp')
    .values({ staff_id: totp.staffId, seed: totp.seed, last_step: totp.lastStep, added_at: totp.now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function readSealedSeed(db: DbOrTx, staffId: number): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('staff_totp')
    .where('staff_id', '=', staffId)
    .select('seed')
    .executeTakeFirst()
  return row?.seed
}

/** Takes the code of a half minute: of several tries with one code one succeeds, and no older one after it. */
export async function useStep(db: DbOrTx, staffId: number, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff_totp')
    .set({ last_step: step })
    .where('staff_id', '=', staffId)
    .where('last_step', '<', step)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function deleteTotp(db: DbOrTx, staffId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('staff_totp')
    .where('staff_id', '=', staffId)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** All second factors of a person, their recovery codes and the tries that were counted. */
export async function deleteFactors(tx: Tx, staffId: number): Promise<void> {
  await deleteTotp(tx, staffId)
  await tx.deleteFrom('staff_passkey').where('staff_id', '=', staffId).execute()
  await replaceCodes(tx, staffId, [])
  await forgetCodeTries(tx, staffId)
}

export interface KeptPasskey {
  id: string
  credentialId: string
  publicKey: Buffer
  counter: number
  transports: string[]
}

/** @returns false when this passkey is known already, whoever has it */
export async function insertPasskey(
  db: DbOrTx,
  passkey: KeptPasskey & { staffId: number; name: string; now: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('staff_passkey')
    .values({
      id: passkey.id,
      staff_id: passkey.staffId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports,
      name: passkey.name,
      added_at: passkey.now,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function passkeysOf(db: DbOrTx, staffId: number): Promise<KeptPasskey[]> {
  return db
    .selectFrom('staff_passkey')
    .where('staff_id', '=', staffId)
    .select(['id', 'credential_id as credentialId', 'public_key as publicKey', 'counter', 'transports'])
    .orderBy('added_at')
    .execute()
}

/** Notes the use; false when another use of the same key was faster. Keys without a counter always say 0. */
export async function usePasskey(
  db: DbOrTx,
  use: { id: string; counter: number; newCounter: number; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('staff_passkey')
    .set({ counter: use.newCounter, used_at: use.now })
    .where('id', '=', use.id)
    .where('counter', '=', use.counter)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function deletePasskey(db: DbOrTx, staffId: number, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('staff_passkey')
    .where('staff_id', '=', staffId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function replaceCodes(tx: Tx, staffId: number, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('staff_recovery_code').where('staff_id', '=', staffId).execute()
  if (hashes.length > 0)
    await tx
      .insertInto('staff_recovery_code')
      .values(hashes.map((hash) => ({ staff_id: staffId, code_hash: hash })))
      .execute()
}

/** Takes a recovery code: it is deleted with its use. */
export async function takeCode(db: DbOrTx, staffId: number, hash: Buffer): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('staff_recovery_code')
    .where('staff_id', '=', staffId)
    .where('code_hash', '=', hash)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Five of a million codes in ten minutes: guessing takes years. Only who knows the password can count here. */
export const codeLockPolicy: LockPolicy = { failures: 5, minutes: 10 }

/**
 * Counts one try of a code before it is looked at, so that guesses at the same time are all counted.
 * @returns the end of the lock when codes are locked already
 */
export async function countCodeTry(
  db: DbOrTx,
  { staffId, now, policy }: { staffId: number; now: Date; policy: LockPolicy },
): Promise<Date | null> {
  const lockUntil = new Date(now.getTime() + policy.minutes * 60_000)
  const { rows } = await sql<{ locked_until: Date | null }>`
    with account as materialized (
      select id, factor_locked_until, factor_locked_until > ${now} as locked from staff where id = ${staffId}
      for update
    ), counted as (
      update staff set
        factor_failures = case when staff.factor_failures + 1 >= ${policy.failures} then 0
          else staff.factor_failures + 1 end,
        factor_locked_until = case when staff.factor_failures + 1 >= ${policy.failures}
          then ${lockUntil}::timestamptz end
      from account where staff.id = account.id and account.locked is not true
    )
    select case when locked then factor_locked_until end as locked_until from account`.execute(db)
  return rows[0]?.locked_until ?? null
}

export async function forgetCodeTries(db: DbOrTx, staffId: number): Promise<void> {
  await db
    .updateTable('staff')
    .set({ factor_failures: 0, factor_locked_until: null })
    .where('id', '=', staffId)
    .execute()
}
