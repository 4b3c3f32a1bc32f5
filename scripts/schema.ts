// Compares schema.sql and src/platform/db-types.ts with what the migrations make of an empty database,
// or writes them anew (--write). A review then sees in the diff what the database becomes.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { type Db, openDatabase } from '../src/platform/db'
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded-postgres'
import { migrate } from '../src/platform/migrate'
import { createLogger } from '../src/platform/logger'

const write = process.argv.includes('--write')
const typesFile = 'src/platform/db-types.ts'
const schemaFile = 'schema.sql'

const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-schema-'))
const postgres = await startEmbeddedPostgres({
  folder: join(folder, 'postgres'),
  log: createLogger('silent'),
  settings: { fsync: 'off' },
})
try {
  const { db, close } = openDatabase(postgres.url)
  await migrate(db, 'migrations')
  const results = [
    await settle(schemaFile, await dump(db)),
    await settle(typesFile, await generatedTypes(postgres.url)),
  ]
  await close()
  if (results.includes(false)) {
    console.error('The committed schema differs from the migrations: run npm run schema')
    process.exitCode = 1
  }
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

async function settle(file: string, content: string): Promise<boolean> {
  if (write) {
    await writeFile(file, content)
    return true
  }
  const same = (await readFile(file, 'utf8').catch(() => '')) === content
  console.log(`${same ? 'ok  ' : 'DIFF'} ${file}`)
  return same
}

async function generatedTypes(url: string): Promise<string> {
  const out = join(folder, 'db-types.ts')
  await promisify(execFile)('node_modules/.bin/kysely-codegen', [
    ...['--url', url, '--dialect', 'postgres', '--out-file', out, '--date-parser', 'string'],
    ...['--type-mapping', JSON.stringify({ int8: 'number' }), '--exclude-pattern', 'kysely_*'],
  ])
  return readFile(out, 'utf8')
}

async function dump(db: Db): Promise<string> {
  const lines = async (query: ReturnType<typeof sql<{ line: string }>>) =>
    (await query.execute(db)).rows.map((row) => row.line)
  const types = await lines(sql`
    select format('create type %I as enum (%s);', t.typname,
      string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
    from pg_type t join pg_enum e on e.enumtypid = t.oid
    where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`)
  const tables = await lines(sql`
    select format(E'create table %I (\n%s\n);', c.relname, (
      select string_agg(part, E',\n' order by kind, position) from (
        select 1 as kind, a.attnum::int as position, format('  %I %s%s%s', a.attname,
          format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
          case when a.attidentity <> '' then ' generated always as identity'
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end) as part
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        union all
        select 2, row_number() over (order by k.contype, k.conname)::int,
          format('  constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
        from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'
      ) parts)) as line
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname not like 'kysely_%' order by c.relname`)
  const indexes = await lines(sql`
    select pg_get_indexdef(i.indexrelid) || ';' as line
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and t.relname not like 'kysely_%'
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid) order by c.relname`)
  const head = '-- Made by npm run schema from migrations/: do not edit. CI compares it.'
  return [head, types.join('\n'), ...tables, indexes.join('\n')].join('\n\n') + '\n'
}
