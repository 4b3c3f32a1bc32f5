import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { sendPublicPage } from '../platform/http/page'
import { ApiPage } from './api-page'

const apiPrefix = '/api/v1'

/** Collects the routes of the API, registered after this, into one OpenAPI 3.1 document. */
export async function describeApi(app: FastifyInstance, institution: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'e-Wizyta',
        version: '1',
        description:
          `Booking of video visits at ${institution}. Times are ISO 8601 in UTC. An error says its code, ` +
          'a message and, where it helps, the fields at fault. Unknown fields are refused.',
      },
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

/** The document itself and a page that shows it to people. */
export function registerApiPage(app: FastifyInstance): void {
  app.get(`${apiPrefix}/openapi.json`, { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  )
  app.get('/api', { schema: { hide: true } }, async (_request, reply) =>
    sendPublicPage(reply, <ApiPage document={documentSchema.parse(app.swagger())} />),
  )
}
