import { join } from 'node:path'
import type { Pool } from 'pg'
import { type Config, ConfigError, processEnvironment, readConfig } from '../../config/config'
import { type Db, openDatabase } from '../../platform/db'
import { type Keys, openKeys } from '../../platform/keys'
import { createLogger } from '../../platform/logger'
import { PostgresStartError } from '../../platform/postgres/postgres-start-error'
import { reachEmbeddedPostgres } from '../../platform/postgres/reach-embedded-postgres'

export interface CommandParts {
  config: Config
  db: Db
  pool: Pool
  databaseUrl: string
  keys: Keys
  /** What was typed after the command's name. */
  args: readonly string[]
  say: (line: string) => void
}

/** Something about the command itself is wrong; `message` says what to type instead. */
export class CommandError extends Error {
  override name = 'CommandError'
}

/**
 * Runs one command of an administrator on the product's own settings, also while the product runs. The
 * command's number is the exit code: 0 well, 1 what was looked for is not right, 2 it could not be done.
 */
export const runCommand = (work: (parts: CommandParts) => Promise<0 | 1 | 2>): Promise<void> =>
  runWithoutKeys(async (parts) => {
    const keys = await openKeys(join(parts.config.dataFolder, 'keys'))
    return work({ ...parts, keys })
  })

/** The same for a command that brings the keys: none are opened, and none made. */
export async function runWithoutKeys(
  work: (parts: Omit<CommandParts, 'keys'>) => Promise<0 | 1 | 2>,
): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  try {
    const config = readConfig(processEnvironment())
    const log = createLogger('error')
    const database = config.databaseUrl
      ? { url: config.databaseUrl.reveal(), leave: () => Promise.resolve() }
      : await reachEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres'), log })
    const { db, pool, close } = openDatabase(database.url, { maxConnections: 4 })
    try {
      const args = process.argv.slice(2)
      process.exitCode = await work({ config, db, pool, databaseUrl: database.url, args, say })
    } finally {
      await close()
      await database.leave()
    }
  } catch (error) {
    const isExplained =
      error instanceof ConfigError || error instanceof PostgresStartError || error instanceof CommandError
    const words = error instanceof Error ? (isExplained ? error.message : error.stack) : String(error)
    process.stderr.write(`${words}\n`)
    process.exitCode = 2
  }
}
