import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { ApiRefusal } from './api-refusal'

const secretBytes = 24

/** What proves to the API whose hold it is: 192 random bits. */
export const newSecret = (): string => randomBytes(secretBytes).toString('base64url')

/** The secret that a call carries. */
export function bearerSecret(request: FastifyRequest): string {
  const secret = /^Bearer ([A-Za-z0-9_-]{32})$/i.exec(request.headers.authorization ?? '')?.[1]
  if (secret === undefined) throw new ApiRefusal('no_secret')
  return secret
}
