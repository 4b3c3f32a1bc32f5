import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { generateSeats } from '../../src/institution/generate-seats'
import { loadInstitution } from '../../src/institution/load-institution'
import { readInstitutionData } from '../../src/institution/read-institution-data'
import { type Db, openDatabase } from '../../src/platform/db'
import { migrate } from '../../src/platform/migrate'
import { testDay, testTime } from './fake-clock'

const template = 'e_wizyta_template'

export interface TestDatabase {
  db: Db
  pool: pg.Pool
  url: string
  /** Closes the connections and removes the database. */
  drop(): Promise<void>
}

/** Makes the database that tests get copies of: migrated, the bundled institution, seats from `testDay` on. */
export async function prepareTemplate(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.query(`create database ${template}`)
  })
  const { db, close } = openDatabase(urlOf(adminUrl, template))
  try {
    await migrate(db, 'migrations')
    const data = await readInstitutionData('data/zus')
    await loadInstitution(db, data, testDay)
    const { timeZone, settings } = data
    await generateSeats(db, { from: testDay, days: settings.horizonDays, now: testTime, timeZone })
  } finally {
    await close()
  }
}

/** A copy of the template (or of one `like` it, that nobody is connected to) for one test file, or an empty database. */
export async function createTestDatabase(
  adminUrl: string,
  options: { empty?: boolean; maxConnections?: number; like?: string } = {},
): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  const source = options.empty ? '' : ` template ${options.like ?? template}`
  await asAdmin(adminUrl, (admin) => admin.query(`create database ${name}${source}`))
  const url = urlOf(adminUrl, name)
  const { db, pool, close } = openDatabase(url, { maxConnections: options.maxConnections ?? 10 })
  return {
    db,
    pool,
    url,
    drop: async () => {
      await close()
      await asAdmin(adminUrl, (admin) => admin.query(`drop database ${name} with (force)`))
    },
  }
}

async function asAdmin(adminUrl: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

function urlOf(adminUrl: string, name: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return url.href
}
