import type { World } from './world'

/** Every row of every table, as `table: row` in which bytes stand in hexadecimal. */
export async function dumpOf({ query }: Pick<World, 'query'>): Promise<string[]> {
  const tables = await query<{ name: string }>(`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const found = await query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`)
      return found.map(({ row }) => `${name}: ${row}`)
    }),
  )
  return rows.flat()
}

/** How a word looks in what a dump holds: as it is, as bytes, and as base64 at each of the three places it may begin. */
const looksOf = (word: string): string[] => [
  word.toLowerCase(),
  JSON.stringify(word).slice(1, -1).toLowerCase(),
  Buffer.from(word).toString('hex'),
  ...[0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), Buffer.from(word)])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(offset === 0 ? 0 : 4, -2)
      .toLowerCase(),
  ),
]

/** The rows in which one of the words can be read, each with the word. */
export const readable = (dump: readonly string[], words: readonly string[]): string[] =>
  words.flatMap((word) => {
    const looks = looksOf(word)
    return dump
      .filter((row) => looks.some((look) => row.toLowerCase().includes(look)))
      .map((row) => `${word} in ${row.slice(0, 200)}`)
  })
