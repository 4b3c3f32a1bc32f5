import { type RawBuilder, sql } from 'kysely'
import type { FoundEntry } from '../../audit/find-entries'
import type { DbOrTx } from '../../platform/db'
import { mentionedIn, type Mention } from './mentioned'

/** What things are called now, of those that are still there: the record itself holds their numbers and codes alone. */
export type Names = ReadonlyMap<string, string>

const keyOf = ({ kind, id }: Mention): string => `${kind} ${id}`
export const nameOf = (names: Names, mention: Mention): string | undefined => names.get(keyOf(mention))

interface Named {
  ids: RegExp
  read: (ids: readonly string[]) => RawBuilder<{ id: string; name: string | null }>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const number = /^[1-9]\d{0,8}$/
const code = /^[a-z][a-z0-9-]*$/

const named: Readonly<Record<string, Named>> = {
  visit: {
    ids: uuid,
    read: (ids) => sql`select id, number as name from visit where id = any(${ids}::uuid[])`,
  },
  staff: { ids: number, read: (ids) => sql`select id, name from staff where id = any(${ids}::int[])` },
  branch: { ids: number, read: (ids) => sql`select id, name from branch where id = any(${ids}::int[])` },
  desk: { ids: number, read: (ids) => sql`select id, name from desk where id = any(${ids}::int[])` },
  topic: {
    ids: number,
    read: (ids) => sql`select id, texts #>> '{pl,name}' as name from topic where id = any(${ids}::int[])`,
  },
  certificate_kind: {
    ids: code,
    read: (ids) =>
      sql`select code as id, texts ->> 'pl' as name from certificate_kind where code = any(${ids}::text[])`,
  },
  endpoint: {
    ids: uuid,
    read: (ids) => sql`select id, description as name from webhook_endpoint where id = any(${ids}::uuid[])`,
  },
  postal_import: {
    ids: uuid,
    read: (ids) => sql`select id, file_name as name from postal_import where id = any(${ids}::uuid[])`,
  },
}

/** Names of what these entries mention: whoever may see an entry may see what it is about. */
export async function readNames(db: DbOrTx, entries: readonly FoundEntry[]): Promise<Names> {
  const names = new Map<string, string>()
  const mentions = entries.flatMap(mentionedIn)
  for (const [kind, { ids, read }] of Object.entries(named)) {
    const wanted = new Set(mentions.flatMap((one) => (one.kind === kind && ids.test(one.id) ? [one.id] : [])))
    if (wanted.size === 0) continue
    const { rows } = await read([...wanted]).execute(db)
    for (const { id, name } of rows) if (name !== null) names.set(keyOf({ kind, id }), name)
  }
  return names
}
