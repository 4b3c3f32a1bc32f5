import type { FastifyInstance } from 'fastify'
import { type RefusalCode, refusals } from '../contract/booking-api'

export interface WrongField {
  field: string
  message: string
}

/** Thrown in routes of the API only: the call is refused for a reason of the closed list. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly code: RefusalCode
  readonly fields: readonly WrongField[] | undefined
  constructor(code: RefusalCode, fields?: readonly WrongField[]) {
    super(refusals[code][1])
    this.code = code
    this.fields = fields
  }
}

/** Refuses where a thing that was named is not known. */
export function orRefuse<T>(thing: T | undefined, code: RefusalCode): T {
  if (thing === undefined) throw new ApiRefusal(code)
  return thing
}

/** Answers refusals of the routes registered on `api`; every other error goes on to the handler above. */
export function answerRefusals(api: FastifyInstance): void {
  api.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ApiRefusal)) throw error
    const { code, message, fields } = error
    return reply.code(refusals[code][0]).send({ error: { code, message, ...(fields && { fields }) } })
  })
}
