import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import pg, { type ClientBase } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { type SnapshotManifest, tableFile } from './snapshot-manifest'

type Tables = SnapshotManifest['tables']
type Sequences = SnapshotManifest['sequences']

const name = (identifier: string): string => pg.escapeIdentifier(identifier)
const columnList = (columns: readonly string[]): string => columns.map(name).join(', ')

/** The migrations that made the tables, in order. */
export async function readMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name')
  return rows.map((row) => row.name)
}

/** Tables with their columns; the migrator's own are made anew by migrating. */
async function readTables(client: ClientBase): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely_%'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname`)
  return rows
}

/** Writes every table as the client's transaction sees it, one file each. */
export async function copyTablesOut(client: ClientBase, folder: string): Promise<Tables> {
  const tables: Tables = []
  for (const { name: table, columns } of await readTables(client)) {
    const hash = createHash('sha256')
    let length = 0
    const digesting = new Transform({
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece)
        length += piece.length
        done(null, piece)
      },
    })
    const rows = client.query(copyTo(`copy ${name(table)} (${columnList(columns)}) to stdout`))
    const file = createWriteStream(join(folder, tableFile(table)), { mode: 0o600, flush: true })
    await pipeline(rows, createGzip(), digesting, file)
    tables.push({ name: table, columns, rows: rows.rowCount, length, digest: hash.digest('hex') })
  }
  return tables
}

/** Where numbering goes on. Sequences know no transactions: read after the tables, none is behind them. */
export async function readSequences(client: ClientBase): Promise<Sequences> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    select c.relname as table, a.attname as column,
      pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely_%'
      and a.attnum > 0 and not a.attisdropped
      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
    order by 1, 2`)
  const sequences: Sequences = []
  for (const { table, column, sequence } of rows) {
    const state = await client.query<{ last: number; is_called: boolean }>(
      `select last_value as last, is_called from ${sequence}`,
    )
    const { last, is_called: isCalled } = state.rows[0] ?? { last: 1, is_called: false }
    sequences.push({ table, column, last, isCalled })
  }
  return sequences
}

/**
 * Fills the empty tables of a database that the same migrations have made, all or nothing. References are taken off
 * meanwhile, since tables may refer to one another in circles; put back, the database checks each of them.
 * @throws when a file is damaged, or does not hold as many rows as were saved
 */
export async function loadTables(
  client: ClientBase,
  folder: string,
  { tables, sequences }: Pick<SnapshotManifest, 'tables' | 'sequences'>,
): Promise<void> {
  await client.query('begin')
  try {
    const { rows: references } = await client.query<{ table: string; name: string; definition: string }>(`
      select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`)
    for (const reference of references)
      await client.query(`alter table ${reference.table} drop constraint ${name(reference.name)}`)
    for (const { name: table, columns, rows } of tables) {
      // Rows that the migrations themselves have brought stand in the snapshot, too
      const { rowCount } = await client.query(`select from ${name(table)} limit 1`)
      if (rowCount) await client.query(`delete from ${name(table)}`)
      const into = client.query(copyFrom(`copy ${name(table)} (${columnList(columns)}) from stdin`))
      await pipeline(createReadStream(join(folder, tableFile(table))), createGunzip(), into)
      if (into.rowCount !== rows) throw new Error(`${tableFile(table)} holds other rows than were saved`)
    }
    for (const reference of references)
      await client.query(
        `alter table ${reference.table} add constraint ${name(reference.name)} ${reference.definition}`,
      )
    for (const { table, column, last, isCalled } of sequences)
      await client.query('select setval(pg_get_serial_sequence(quote_ident($1), $2), $3, $4)', [
        table,
        column,
        last,
        isCalled,
      ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}
