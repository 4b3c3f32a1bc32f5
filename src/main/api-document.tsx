import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Directory } from '../institution/directory'
import { sendPublicPage } from '../platform/http/page'
import { ApiPage } from './api-page'

const apiPrefix = '/api/v1'

/** Collects the routes of the API, registered after this, into one OpenAPI 3.1 document. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'e-Wizyta', version: '1' },
      servers: [{ url: '/' }],
    },
    transform: (route) =>
      route.url.startsWith(`${apiPrefix}/`)
        ? jsonSchemaTransform(route)
        : { schema: { hide: true }, url: route.url },
  })
}

const documentSchema = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
})

const descriptionOf = ({ institution }: Directory): string =>
  `Booking of video visits at ${institution.texts.en.name}. Times are ISO 8601 in UTC. An error says its code, ` +
  'a message and, where it helps, the fields at fault. Unknown fields are refused.'

/** The document itself and a page that shows it to people; both name the institution as it is called now. */
export function registerApiPage(app: FastifyInstance, { directory }: { directory: Directory }): void {
  const document = () => {
    const { info, ...described } = app.swagger()
    return { ...described, info: { ...info, description: descriptionOf(directory) } }
  }

  app.get(`${apiPrefix}/openapi.json`, { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(document()),
  )
  app.get('/api', { schema: { hide: true } }, async (_request, reply) =>
    sendPublicPage(reply, <ApiPage document={documentSchema.parse(document())} />),
  )
}
