import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './db-types'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>
/** A use case that takes this runs on the pool as well as inside somebody's transaction. */
export type DbOrTx = Db | Tx

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

export interface OpenedDatabase {
  db: Db
  /** The pool under `db`, for code that needs a connection of its own (LISTEN, COPY). */
  pool: pg.Pool
  close: () => Promise<void>
}

/** Opens a pool of at most `maxConnections`. Connects lazily: an unreachable database shows at the first query. */
export function openDatabase(
  url: string,
  options: { maxConnections?: number; onIdleError?: (error: Error) => void } = {},
): OpenedDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 20,
    connectionTimeoutMillis: 5000,
    application_name: 'e-wizyta',
  })
  pool.on('error', (error) => options.onIdleError?.(error))
  // A connection that breaks while it is checked out fails its query; without this it would end the process
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return { db, pool, close: () => db.destroy() }
}

/** Lists of changing length make statements without end; beyond these they are planned each time. */
const mostPrepared = 500
const mostParameters = 60

/**
 * The pool with statements prepared under a name: Postgres parses and plans each text once a connection
 * (measured: half the time of a claim, a third of that of a booking).
 */
function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const nameOf = (text: string, parameters: readonly unknown[]): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= mostPrepared || parameters.length > mostParameters) return known
    const name = `e${names.size}`
    names.set(text, name)
    return name
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      return new Proxy(client, {
        get: (target, property) => {
          if (property !== 'query') return Reflect.get(target, property, target) as unknown
          return (text: unknown, parameters: readonly unknown[] = []) => {
            // Cursors and other objects go through as they are
            if (typeof text !== 'string') return target.query(text as pg.QueryConfig)
            // Without parameters it may be a script of several statements, which cannot be prepared
            if (parameters.length === 0) return target.query(text)
            const name = nameOf(text, parameters)
            const values = [...parameters]
            return target.query(name === undefined ? { text, values } : { name, text, values })
          }
        },
      })
    },
    end: () => pool.end(),
  }
}

const retried = new Set(['40001', '40P01'])
const maxAttempts = 4

/**
 * Runs `work` in a READ COMMITTED transaction, again when Postgres gives up on it for a deadlock or a
 * serialization failure (at most four times). `work` must therefore have no effect outside the database.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (attempt >= maxAttempts || !retried.has(sqlState(error) ?? '')) throw error
    }
  }
}

/** The SQLSTATE of a Postgres error, e.g. '23505' for a violated unique constraint. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** The name of the constraint that a Postgres error speaks of. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined
}
