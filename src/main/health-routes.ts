import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../platform/db'

/**
 * /healthz: this process answers. /readyz: it can serve people, that is, reach its database and is not
 * being stopped.
 */
export function registerHealthRoutes(
  app: FastifyInstance,
  { db, isStopping }: { db: Db; isStopping: () => boolean },
): void {
  const quiet = { config: { rateLimit: false }, schema: { hide: true } } as const

  app.get('/healthz', quiet, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ ok: true }),
  )

  app.get('/readyz', quiet, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    const database = await sql`select 1`.execute(db).then(
      () => true,
      () => false,
    )
    const ready = database && !isStopping()
    return reply.code(ready ? 200 : 503).send({ ready, database, stopping: isStopping() })
  })
}
