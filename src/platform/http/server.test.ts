import { expect, test } from 'vitest'
import { createLogger } from '../logger'
import { createHttpServer } from './server'

/** The address that rate limits count by. */
const addressSeen = async (trustProxy: boolean): Promise<string> => {
  const app = await createHttpServer(
    { publicUrl: 'http://localhost', trustProxy, rateLimits: false, cameraRoutes: [], programRoutes: [] },
    createLogger('silent'),
    (_request, reply, { status }) => reply.code(status).send(),
  )
  app.get('/', (request, reply) => reply.send(request.ip))
  const answer = await app.inject({
    url: '/',
    remoteAddress: '10.0.0.1',
    headers: { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' },
  })
  await app.close()
  return answer.body
}

test('behind a balancer a person is who the balancer saw, not who the person claims to be', async () => {
  expect(await addressSeen(true)).toBe('203.0.113.9')
})

test('without a balancer nobody is believed about addresses', async () => {
  expect(await addressSeen(false)).toBe('10.0.0.1')
})
