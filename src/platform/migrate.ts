import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Migration, Migrator, sql } from 'kysely'
import type { Db } from './db'

/**
 * Brings the database up to the newest of the ordered, append-only SQL files in `folder`. Safe when
 * several processes start at once: Kysely's migrator holds a lock meanwhile.
 * @param last the migration to stop at; default: the newest
 * @returns the names of the migrations that were carried out now
 */
export async function migrate(db: Db, folder: string, last?: string): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => readMigrations(folder) } })
  const { error, results } = await (last === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(last))
  if (error) throw error instanceof Error ? error : new Error('Migration failed', { cause: error })
  return (results ?? []).map((result) => result.migrationName)
}

/** Names of the migrations in the folder, in order. */
export const listMigrations = async (folder: string): Promise<string[]> =>
  Object.keys(await readMigrations(folder)).sort()

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const migrations: Record<string, Migration> = {}
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8')
    migrations[file.replace(/\.sql$/, '')] = {
      up: (db) =>
        sql
          .raw(text)
          .execute(db)
          .then(() => undefined),
    }
  }
  return migrations
}
