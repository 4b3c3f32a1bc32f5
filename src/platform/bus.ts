import { EventEmitter } from 'node:events'
import { sql } from 'kysely'
import pg from 'pg'
import type { DbOrTx } from './db'
import type { Logger } from './logger'

/** Postgres refuses notices over 8000 bytes; larger ones pass through the table large_notice. */
const largestInlineBytes = 7000
const channel = 'e_wizyta'

export interface Notice {
  topic: string
  body: unknown
}

export interface Bus {
  /**
   * Tells every process, this one included, and only once the transaction commits. Short notices are for
   * "read the row again"; nothing depends on one arriving, except signalling between two live pages.
   */
  publish(db: DbOrTx, notice: Notice): Promise<void>
  /** Calls back for each notice of the topic, also after a broken connection was re-made. */
  subscribe(topic: string, listener: (body: unknown) => void): () => void
  /** Called each time listening was interrupted and is back: whoever follows a topic reads its rows again. */
  onRestored(listener: () => void): () => void
  close: () => Promise<void>
}

/** Listens on a connection of its own and re-makes it for ever when it breaks. */
export async function openBus(
  url: string,
  db: DbOrTx,
  log: Logger,
  now: () => Date,
  reconnectMilliseconds = 500,
): Promise<Bus> {
  const events = new EventEmitter().setMaxListeners(0)
  let client: pg.Client | undefined
  let closed = false
  let timer: NodeJS.Timeout | undefined

  const deliver = async (payload: string) => {
    const parsed = JSON.parse(payload) as { t: string; b?: unknown; large?: number }
    let body = parsed.b
    if (parsed.large !== undefined) {
      const row = await db
        .selectFrom('large_notice')
        .select('body')
        .where('id', '=', parsed.large)
        .executeTakeFirst()
      if (!row) return
      body = JSON.parse(row.body)
    }
    events.emit(`topic:${parsed.t}`, body)
  }

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'e-wizyta bus',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    })
    fresh.on('error', () => undefined)
    // One after the other: a small notice must not overtake the large one sent before it
    let queue = Promise.resolve()
    fresh.on('notification', ({ payload }) => {
      if (!payload) return
      queue = queue
        .then(() => deliver(payload))
        .catch((error: unknown) => log.error({ error }, 'notice lost'))
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
    } catch (error) {
      fresh.end().catch(() => undefined)
      throw error
    }
    if (closed) return fresh.end()
    client = fresh
    // Not before: an attempt that fails ends, too, and would be followed by two, then by four
    fresh.on('end', () => {
      client = undefined
      reconnectSoon()
    })
  }

  const reconnectSoon = () => {
    if (!closed) timer = setTimeout(() => void reconnect(), reconnectMilliseconds)
  }

  const reconnect = async () => {
    try {
      await connect()
    } catch {
      reconnectSoon()
      return
    }
    if (!closed) events.emit('restored')
  }

  await connect()

  return {
    publish: async (onto, { topic, body }) => {
      const inline = JSON.stringify({ t: topic, b: body })
      if (Buffer.byteLength(inline) <= largestInlineBytes) {
        await sql`select pg_notify(${channel}, ${inline})`.execute(onto)
        return
      }
      const row = await onto
        .insertInto('large_notice')
        .values({ body: JSON.stringify(body), created_at: now() })
        .returning('id')
        .executeTakeFirstOrThrow()
      await sql`select pg_notify(${channel}, ${JSON.stringify({ t: topic, large: row.id })})`.execute(onto)
    },
    subscribe: (topic, listener) => {
      events.on(`topic:${topic}`, listener)
      return () => events.off(`topic:${topic}`, listener)
    },
    onRestored: (listener) => {
      events.on('restored', listener)
      return () => events.off('restored', listener)
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}

const noticeKeptMilliseconds = 60 * 60_000

/** Deletes large notices that everybody who listens has long read: they say how browsers can be reached. */
export async function purgeNotices(db: DbOrTx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - noticeKeptMilliseconds)
  await db.deleteFrom('large_notice').where('created_at', '<', before).execute()
}
