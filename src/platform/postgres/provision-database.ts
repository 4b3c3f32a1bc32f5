import pg from 'pg'
import type { Passwords } from './passwords'

const name = 'ewizyta'
const connectMilliseconds = 5_000

/**
 * Makes sure that the product's role and database exist. The role owns its database and may create others
 * (tests clone it), but is no superuser.
 * @returns the URL for the product
 */
export async function provisionDatabase(port: number, passwords: Passwords): Promise<string> {
  const administrator = `postgres://postgres:${passwords.administrator}@127.0.0.1:${port}/postgres`
  const url = `postgres://${name}:${passwords.application}@127.0.0.1:${port}/${name}`
  await withClient(administrator, async (client) => {
    const roles = await client.query('select from pg_roles where rolname = $1', [name])
    if (!roles.rowCount) {
      await client.query(
        `create role ${name} login createdb password ${client.escapeLiteral(passwords.application)}`,
      )
    }
    const databases = await client.query('select from pg_database where datname = $1', [name])
    if (!databases.rowCount) await client.query(`create database ${name} owner ${name}`)
  })
  await withClient(url, async () => undefined)
  return url
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMilliseconds,
    application_name: 'e-wizyta start',
  })
  // A connection that breaks rejects what waits for it; without a listener it would end the process too
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
