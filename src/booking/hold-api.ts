import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { extensionAnswer, holdAnswer, holdBody, holdParams, refusedWith } from '../contract/booking-api'
import { parsePostalCode } from '../institution/postal-code'
import { ApiRefusal, orRefuse } from './api-refusal'
import { bearerSecret, newSecret } from './bearer-secret'
import type { BookingServices } from './booking-services'
import { extendHold } from './extend-hold'
import { holdSeat } from './hold-seat'

const rateLimit = { max: 60, timeWindow: '1 minute' }

/** Keeping a time while a person answers. */
export function registerHoldApi(app: FastifyInstance, services: BookingServices): void {
  const { db, clock, keys, directory } = services
  const api = app.withTypeProvider<ZodTypeProvider>()

  api.post(
    '/holds',
    {
      config: { rateLimit },
      schema: {
        tags: ['Booking'],
        summary: 'Hold a time',
        description:
          'Nobody else can have it until `heldUntil`. The hold becomes the visit: see POST visits.',
        body: holdBody,
        response: {
          201: holdAnswer,
          ...refusedWith('unknown_branch', 'unknown_topic', 'unknown_country', 'not_offered', 'taken'),
        },
      },
    },
    async (request, reply) => {
      const { branch, topic: topicCode, startsAt, language, postalCode, country } = request.body
      const ownerSecret = newSecret()
      const topic = orRefuse(directory.topicByCode(topicCode), 'unknown_topic')
      if (topic.routing === 'country' && country !== undefined)
        orRefuse(directory.branchForCountry(country), 'unknown_country')
      const held = await holdSeat(db, {
        branchId: orRefuse(directory.branchByCode(branch), 'unknown_branch').id,
        topicId: topic.id,
        startsAt: new Date(startsAt),
        postalCode: (postalCode !== undefined && parsePostalCode(postalCode)) || null,
        country: (topic.routing === 'country' && country) || null,
        now: clock.now(),
        settings: directory.institution.settings,
        ...{ ownerSecret, language, keys },
      })
      if (!held.ok) throw new ApiRefusal(held.reason)
      const { hold } = held
      return reply.code(201).send({
        id: hold.id,
        secret: ownerSecret,
        ...{ branch, topic: topic.code },
        startsAt: hold.startsAt.toISOString(),
        endsAt: hold.endsAt.toISOString(),
        heldUntil: hold.heldUntil.toISOString(),
      })
    },
  )

  api.post(
    '/holds/:id/extension',
    {
      config: { rateLimit },
      schema: {
        tags: ['Booking'],
        summary: 'Hold the time longer, once',
        description: 'Needs the header `Authorization: Bearer <secret of the hold>`.',
        params: holdParams,
        response: {
          200: extensionAnswer,
          ...refusedWith('no_secret', 'unknown_hold', 'extended_before', 'expired', 'lost', 'booked'),
        },
      },
    },
    async (request) => {
      const extended = await extendHold(db, {
        holdId: request.params.id,
        ownerSecret: bearerSecret(request),
        now: clock.now(),
        settings: directory.institution.settings,
      })
      if (extended.ok) return { heldUntil: extended.heldUntil.toISOString() }
      throw new ApiRefusal(extended.reason === 'unknown' ? 'unknown_hold' : extended.reason)
    },
  )
}
