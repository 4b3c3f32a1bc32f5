import { sql } from 'kysely'
import type { Config } from '../config/config'
import { completeInstitution } from '../institution/complete-institution'
import { generateSeats } from '../institution/generate-seats'
import { sampleValues } from '../institution/institution-data'
import { readInstitutionData } from '../institution/read-institution-data'
import { loadInstitution } from '../institution/load-institution'
import type { Clock } from '../platform/clock'
import { type Db, openDatabase } from '../platform/db'
import type { Logger } from '../platform/logger'
import { migrate } from '../platform/migrate'
import { dayOf } from '../platform/zone'
import { addSampleBranch, sampleBranch } from './demo/sample-branch'
import { addSampleStaff, sampleStaff } from './demo/sample-staff'
import { inProject, institutionFolder } from './project-folder'
import { StartError } from './start-error'

interface Parts {
  config: Config
  publicUrl: string
  databaseUrl: string
  clock: Clock
  log: Logger
}

/**
 * Brings the database to where the product can run on it: newest schema, an institution, free times of the
 * whole horizon and, in the demonstration, the sample branch and accounts.
 */
export async function prepareDatabase({ config, publicUrl, databaseUrl, clock, log }: Parts): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { maxConnections: 2 })
  try {
    const migrations = await migrate(db, inProject('migrations')).catch((error: unknown) => {
      throw new StartError(
        `The tables could not be made or brought up to date (${error instanceof Error ? error.message : String(error)}). Give the product an empty database of PostgreSQL 15 or newer that belongs to the user in DATABASE_URL, or the one it had before.`,
      )
    })
    if (migrations.length > 0) log.info({ migrations }, 'schema brought up to date')
    const isNew = (await db.selectFrom('institution').select('only_one').executeTakeFirst()) === undefined
    if (isNew) await fillDatabase(db, config, clock)
    if (config.demo) await nameOwnAddress(db, publicUrl)
    else await refuseDemonstrationData(db)
    await refuseGaps(db, config, clock)
  } finally {
    await close()
  }
}

async function fillDatabase(db: Db, config: Config, clock: Clock): Promise<void> {
  const data = await readInstitutionData(institutionFolder)
  const samples = sampleValues(data)
  if (!config.demo && samples.length > 0)
    throw new StartError(
      `The institution's data hold sample values, which must not reach citizens. Fill in, in ${institutionFolder}:\n${samples.join('\n')}`,
    )
  const now = clock.now()
  const today = dayOf(now, data.timeZone)
  const loaded = await loadInstitution(db, data, today)
  // Another process of the same start was faster, and fills the rest as well
  if (!loaded.ok) return
  if (config.demo) {
    await addSampleBranch(db, { validFrom: today, ...data.settings })
    await addSampleStaff(db)
  }
  await generateSeats(db, { from: today, days: data.settings.horizonDays, now, timeZone: data.timeZone })
}

/** Citizens must never meet an empty place or a sample where the institution's own words belong. */
async function refuseGaps(db: Db, { demo }: Config, clock: Clock): Promise<void> {
  const read = () => readInstitutionData(institutionFolder)
  const gaps = await completeInstitution(db, read, clock.now())
  const told = gaps.filter(({ why }) => !demo || why !== 'sample')
  if (told.length > 0)
    throw new StartError(
      `What the institution must show citizens is not complete. Fill in, in ${institutionFolder}; what the database lacks is taken from there:\n${told.map(({ place, why }) => `${place}: ${gapWords[why]}`).join('\n')}`,
    )
}

const gapWords = { empty: 'it is empty', sample: 'it holds a sample', wrong: 'it is wrong' } as const

/** E-mails tell people to type the institution's address; the demonstration is found at its own. */
async function nameOwnAddress(db: Db, publicUrl: string): Promise<void> {
  const site = new URL(publicUrl).host
  await sql`
    update institution set texts = (
      select jsonb_object_agg(key, value || jsonb_build_object('site', ${site}::text)) from jsonb_each(texts)
    )`.execute(db)
}

async function refuseDemonstrationData(db: Db): Promise<void> {
  const branch = await db
    .selectFrom('branch')
    .where('code', '=', sampleBranch.code)
    .select('id')
    .executeTakeFirst()
  const account = await db
    .selectFrom('staff')
    .where(
      'email',
      'in',
      sampleStaff.map(({ email }) => email),
    )
    .select('id')
    .executeTakeFirst()
  if (branch ?? account)
    throw new StartError(
      'This database was made by the demonstration: it holds sample accounts whose password everybody knows. With MODE=production give it a database of its own (DATABASE_URL or DATA_DIR).',
    )
}
