import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PostgresStartError } from './postgres-start-error'

const passwordsSchema = z.object({ administrator: z.string().min(20), application: z.string().min(20) })

/** Of the superuser `postgres`, used to set the database up only, and of the role the product works as. */
export type Passwords = z.infer<typeof passwordsSchema>

const fileIn = (home: string) => join(home, 'passwords.json')

/** @throws PostgresStartError `passwords_missing` */
export async function readPasswords(home: string): Promise<Passwords> {
  try {
    return passwordsSchema.parse(JSON.parse(await readFile(fileIn(home), 'utf8')))
  } catch (cause) {
    throw new PostgresStartError(
      'passwords_missing',
      `${fileIn(home)}, which opens the database beside it, is missing or damaged: restore it from the backup.`,
      { cause },
    )
  }
}

/** Makes random passwords for a cluster that is about to be created, readable by us only. */
export async function createPasswords(home: string): Promise<Passwords> {
  const password = () => randomBytes(32).toString('base64url')
  const passwords: Passwords = { administrator: password(), application: password() }
  const work = `${fileIn(home)}.new`
  await writeFile(work, JSON.stringify(passwords), { mode: 0o600 })
  await rename(work, fileIn(home))
  return passwords
}
