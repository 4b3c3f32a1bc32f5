import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { cookieOptions } from '../platform/http/cookies'

const cookieName = 'booking'
const secretBytes = 24
const secretPattern = /^[A-Za-z0-9_-]{32}$/

/** What ties holds to this browser; undefined when it has booked nothing yet. */
export const ownerSecretOf = (request: FastifyRequest): string | undefined => {
  const secret = request.cookies[cookieName]
  return secret !== undefined && secretPattern.test(secret) ? secret : undefined
}

/** The browser's secret (192 random bits), given to it for as long as it is open when it has none. */
export const giveOwnerSecret = (request: FastifyRequest, reply: FastifyReply, publicUrl: string): string => {
  const known = ownerSecretOf(request)
  if (known !== undefined) return known
  const secret = randomBytes(secretBytes).toString('base64url')
  reply.setCookie(cookieName, secret, cookieOptions(publicUrl))
  return secret
}
