import { sql } from 'kysely'
import type { Db } from '../platform/db'
import type { StaffTranslator } from '../platform/i18n/translator'
import { Facts } from './pages/facts'
import type { OperationsPart } from './operations-part'

export interface About {
  /** As package.json has it. */
  version: string
  /** Names of the migrations that this product brings, in order. */
  migrations: readonly string[]
  /** What runs by the clock. */
  jobs: readonly { name: string; cron: string }[]
}

/** What runs here, and whether the tables are those that it needs. */
export async function versionsPart(
  { t }: StaffTranslator,
  db: Db,
  about: About,
): Promise<Omit<OperationsPart, 'id' | 'title'>> {
  const postgres = await sql<{
    version: string
  }>`select current_setting('server_version') as version`.execute(db)
  const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const names = new Set(done.rows.map(({ name }) => name))
  const open = about.migrations.filter((name) => !names.has(name))
  return {
    notices:
      open.length === 0
        ? []
        : [
            {
              tone: 'bad',
              text: t('ops.versions.open', { names: open.join(', ') }),
              fix: t('ops.versions.open.fix'),
            },
          ],
    details: (
      <Facts
        rows={[
          ['e-Wizyta', about.version],
          ['Node.js', process.versions.node],
          ['PostgreSQL', postgres.rows[0]?.version ?? ''],
          [t('ops.versions.migrations'), `${done.rows.length} (${done.rows.at(-1)?.name ?? ''})`],
        ]}
      />
    ),
  }
}
