import { join } from 'node:path'
import { type Config, ConfigError, processEnvironment, readConfig } from '../../config/config'
import { type Db, openDatabase } from '../../platform/db'
import { type Keys, openKeys } from '../../platform/keys'
import { createLogger } from '../../platform/logger'
import { PostgresStartError } from '../../platform/postgres/postgres-start-error'
import { reachEmbeddedPostgres } from '../../platform/postgres/reach-embedded-postgres'

export interface CommandParts {
  config: Config
  db: Db
  keys: Keys
  /** What was typed after the command's name. */
  args: readonly string[]
  say: (line: string) => void
}

/**
 * Runs one command of an administrator on the product's own settings, also while the product runs. The
 * command's number is the exit code: 0 well, 1 what was looked for is not right, 2 it could not be done.
 */
export async function runCommand(work: (parts: CommandParts) => Promise<0 | 1 | 2>): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  try {
    const config = readConfig(processEnvironment())
    const log = createLogger('error')
    const keys = await openKeys(join(config.dataFolder, 'keys'))
    const database = config.databaseUrl
      ? { url: config.databaseUrl.reveal(), leave: () => Promise.resolve() }
      : await reachEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres'), log })
    const { db, close } = openDatabase(database.url, { maxConnections: 4 })
    try {
      process.exitCode = await work({ config, db, keys, args: process.argv.slice(2), say })
    } finally {
      await close()
      await database.leave()
    }
  } catch (error) {
    const explained = error instanceof ConfigError || error instanceof PostgresStartError
    process.stderr.write(`${explained || !(error instanceof Error) ? String(error) : error.stack}\n`)
    process.exitCode = 2
  }
}
