import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Keys } from '../platform/keys'

const signingKeysAnswer = z.object({
  keys: z.array(
    z.object({
      id: z.int().describe('First byte of a signature made with the key'),
      algorithm: z.literal('Ed25519'),
      publicKey: z.string().describe('SPKI in PEM'),
      current: z.boolean().describe('Whether new recordings are signed with it'),
    }),
  ),
})

/** The institution's public keys: with them anybody checks the manifest of a recording that was handed over. */
export function registerSigningKeysApi(app: FastifyInstance, { keys }: { keys: Keys }): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/recording-keys',
    {
      schema: {
        tags: ['Recording'],
        summary: 'Public keys that check the manifests of recordings',
        response: { 200: signingKeysAnswer },
      },
    },
    async () => ({
      keys: Array.from(keys.publicKeys(), ([id, publicKey]) => ({
        ...{ id, publicKey, algorithm: 'Ed25519' as const },
        current: id === keys.currentKey(),
      })),
    }),
  )
}
