import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db'
import type { NamedBranch } from './area-line'
import type { Areas } from './area-effect'
import type { AreaProblem } from './area-problem'

/** What a file was, beside its areas. */
export interface FileFacts {
  encoding: string
  delimiter: string
  lines: number
  errors: number
  warnings: number
}

/** One set of areas: a dry run until it has a version. */
export interface AreaImport {
  id: string
  source: 'start' | 'file' | 'restored'
  checkedAt: Date
  fileName: string | null
  fileHash: Buffer | null
  restoredVersion: number | null
  facts: FileFacts | null
  problems: readonly AreaProblem[]
  areas: Areas
  version: number | null
}

type StoredAreas = Record<string, string[]>

const unpacked = (stored: StoredAreas): Areas =>
  new Map(
    Object.entries(stored).flatMap(([code, prefixes]) => prefixes.map((prefix) => [prefix, code] as const)),
  )

const packed = (areas: Areas): StoredAreas => {
  const stored: StoredAreas = {}
  for (const [prefix, code] of areas) (stored[code] ??= []).push(prefix)
  return stored
}

/** All branches, closed ones too, as a file may name them. */
export async function readBranches(db: DbOrTx): Promise<NamedBranch[]> {
  return db.selectFrom('branch').select(['code', 'name', 'active']).orderBy('code').execute()
}

/** The areas in force, by code of the branch. */
export async function readCurrentAreas(db: DbOrTx): Promise<Areas> {
  const rows = await db
    .selectFrom('postal_area')
    .innerJoin('branch', 'branch.id', 'branch_id')
    .select(['prefix', 'branch.code'])
    .orderBy('prefix')
    .execute()
  return new Map(rows.map(({ prefix, code }) => [prefix, code]))
}

/** The areas that the service begins with are the first version of them. */
export async function keepFirstAreas(tx: Tx): Promise<void> {
  await sql`
    insert into postal_import (id, source, checked_at, areas, area_count, version, applied_at)
    select gen_random_uuid(), 'start', now(), jsonb_object_agg(code, prefixes),
      sum(jsonb_array_length(prefixes)), 1, now()
    from (
      select branch.code, jsonb_agg(prefix order by prefix) as prefixes
      from postal_area join branch on branch.id = branch_id
      group by branch.code
    ) as areas
    having count(*) > 0
    on conflict (version) do update set areas = excluded.areas, area_count = excluded.area_count`.execute(tx)
}

/** Number of the areas in force; 0 before the first. */
export async function currentVersion(db: DbOrTx): Promise<number> {
  const row = await db
    .selectFrom('postal_import')
    .select((select) => select.fn.max('version').as('version'))
    .executeTakeFirst()
  return row?.version ?? 0
}

type NewDryRun = Omit<AreaImport, 'version' | 'source'> & {
  source: 'file' | 'restored'
  checkedBy: number
  expiresAt: Date
}

/** Keeps a dry run, and forgets those that are too old to be applied. */
export async function insertDryRun(tx: Tx, run: NewDryRun): Promise<void> {
  await tx
    .deleteFrom('postal_import')
    .where('version', 'is', null)
    .where('expires_at', '<=', run.checkedAt)
    .execute()
  await tx
    .insertInto('postal_import')
    .values({
      id: run.id,
      source: run.source,
      checked_at: run.checkedAt,
      checked_by: run.checkedBy,
      file_name: run.fileName,
      file_hash: run.fileHash,
      restored_version: run.restoredVersion,
      facts: run.facts && JSON.stringify(run.facts),
      problems: JSON.stringify(run.problems),
      areas: JSON.stringify(packed(run.areas)),
      area_count: run.areas.size,
      expires_at: run.expiresAt,
    })
    .execute()
}

/** A dry run that is still good, or one that was applied. */
export const readImport = (db: DbOrTx, id: string, now: Date): Promise<AreaImport | undefined> =>
  readOne(db, sql`id = ${id} and (version is not null or expires_at > ${now})`)

export const readVersion = (db: DbOrTx, version: number): Promise<AreaImport | undefined> =>
  readOne(db, sql`version = ${version}`)

async function readOne(db: DbOrTx, which: ReturnType<typeof sql>): Promise<AreaImport | undefined> {
  const { rows } = await sql<Omit<AreaImport, 'areas'> & { areas: StoredAreas }>`
    select id, source, checked_at as "checkedAt", file_name as "fileName", file_hash as "fileHash",
      restored_version as "restoredVersion", facts, problems, areas, version
    from postal_import where ${which}`.execute(db)
  return rows[0] && { ...rows[0], areas: unpacked(rows[0].areas) }
}

/** A version in the list: who put it in force and when. */
export interface AreaVersion {
  version: number
  source: AreaImport['source']
  appliedAt: Date
  appliedBy: string | null
  fileName: string | null
  fileHash: Buffer | null
  restoredVersion: number | null
  areaCount: number
}

/** All versions, the newest first. */
export async function listVersions(db: DbOrTx): Promise<AreaVersion[]> {
  const { rows } = await sql<AreaVersion>`
    select version, source, applied_at as "appliedAt", staff.name as "appliedBy", file_name as "fileName",
      file_hash as "fileHash", restored_version as "restoredVersion", area_count as "areaCount"
    from postal_import left join staff on staff.id = applied_by
    where version is not null order by version desc`.execute(db)
  return rows
}

/** One at a time: the number of a version and the areas in force belong together. */
export const lockVersions = (tx: Tx) => sql`lock table postal_import in share row exclusive mode`.execute(tx)

/** Puts the areas of a dry run in force, touching only what differs. All its branches must be there. */
export async function applyDryRun(
  tx: Tx,
  { id, version, now, staffId }: { id: string; version: number; now: Date; staffId: number },
): Promise<void> {
  // NOT EXISTS becomes one hash join; NOT IN would compare each area with each
  await sql`
    with wanted as materialized (
      select prefix, branch.id as branch_id
      from postal_import, jsonb_each(areas) as of_branch(code, prefixes)
        join branch on branch.code = of_branch.code,
        jsonb_array_elements_text(prefixes) as prefix
      where postal_import.id = ${id}
    ), gone as (
      delete from postal_area
      where not exists (select from wanted where wanted.prefix = postal_area.prefix)
    )
    insert into postal_area (prefix, branch_id) select prefix, branch_id from wanted
    on conflict (prefix) do update set branch_id = excluded.branch_id
      where postal_area.branch_id <> excluded.branch_id`.execute(tx)
  await tx
    .updateTable('postal_import')
    .set({ version, applied_at: now, applied_by: staffId, expires_at: null })
    .where('id', '=', id)
    .execute()
}
