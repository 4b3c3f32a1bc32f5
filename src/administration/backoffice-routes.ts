import { backofficePath } from '../staff/staff-places'
import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Endpoint } from '../backoffice/endpoint'
import { readEndpoint, readEndpoints } from '../backoffice/endpoint-store'
import { deliveryStates, findDeliveries, readDelivery } from '../backoffice/find-deliveries'
import { pauseEndpoint, resumeEndpoint } from '../backoffice/pause-endpoint'
import { countOpenEntries, findOpenEntries, readEndpointStandings } from '../backoffice/read-standing'
import { removeEndpoint } from '../backoffice/remove-endpoint'
import { countReplay, replayDelivery, replayRange } from '../backoffice/replay-deliveries'
import { sendTestEvent } from '../backoffice/send-test-event'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { deliveryAddresses, endpointAddresses } from './backoffice-addresses'
import { registerEndpointFormRoutes } from './endpoint-form-routes'
import { deliveryPage } from './pages/delivery-page'
import { endpointPage, type ShownEndpoint } from './pages/endpoint-page'
import { endpointsPage } from './pages/endpoints-page'
import { readReplay } from './replay-range'

const idOf = (given: unknown): string | null => z.uuid().safeParse(given).data ?? null

/** Sentences that a page says after it was led back to. */
const outcomes = ['wstrzymano', 'wznowiono', 'wyslano-probne', 'zapisano', 'powtorzono'] as const

/** The institution's other systems: endpoints, their log, and what did not arrive. */
export function registerBackofficeRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, keys, directory, staffTexts } = services
  const preHandler = requireActionEverywhere(services, 'administer')
  const act = (request: FastifyRequest) => ({ staffId: request.staff.id, now: clock.now() })

  app.get(backofficePath, { preHandler }, async (request, reply) => {
    const { po } = request.query as { po?: unknown }
    const [endpoints, standings, counts, open] = await Promise.all([
      readEndpoints(db),
      readEndpointStandings(db),
      countOpenEntries(db),
      findOpenEntries(db, idOf(po)),
    ])
    const shown = { endpoints, standings, counts, open, later: idOf(po) !== null, directory }
    return sendPage(reply, endpointsPage(staffPageOf(services, request), shown))
  })

  registerEndpointFormRoutes(app, services)

  app.get(endpointAddresses(':id').page, { preHandler }, async (request, reply) =>
    show(request, reply, await endpointOf(request)),
  )

  /** The endpoint of the address. */
  const endpointOf = async (request: FastifyRequest): Promise<Endpoint> => {
    const id = idOf((request.params as { id: string }).id)
    const endpoint = id === null ? undefined : await readEndpoint(db, id)
    if (!endpoint) throw notFound()
    return endpoint
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    endpoint: Endpoint,
    failed?: { status: number; text: string },
  ): Promise<FastifyReply> => {
    const query = request.query as Record<string, unknown>
    const state = deliveryStates.find((one) => one === query.stan) ?? null
    const after = idOf(query.po)
    const { timeZone } = directory.institution
    const replay = readReplay(query, timeZone)
    const range = replay.range && { endpointId: endpoint.id, ...replay.range }
    const [log, count] = await Promise.all([
      findDeliveries(db, { endpointId: endpoint.id, state, after }),
      range ? countReplay(db, range) : null,
    ])
    const done = outcomes.find((one) => one === query.stalo)
    const page = endpointPage(staffPageOf(services, request), {
      ...{ endpoint, log, state, timeZone },
      later: after !== null,
      replay: { typed: replay.typed, error: replay.error, count },
      testId: randomUUID(),
      said: saidOf(done, failed),
    })
    return sendPage(reply, page, failed?.status ?? (replay.error ? 422 : 200))
  }

  const saidOf = (
    done: (typeof outcomes)[number] | undefined,
    failed: { text: string } | undefined,
  ): ShownEndpoint['said'] => {
    if (failed) return { tone: 'warn', text: failed.text }
    return done === undefined ? null : { tone: 'done', text: staffTexts.t(`backoffice.done.${done}`) }
  }

  const backTo = (reply: FastifyReply, id: string, done: (typeof outcomes)[number]) =>
    reply.redirect(`${endpointAddresses(id).page}?stalo=${done}`, 303)

  app.post(endpointAddresses(':id').pause, { preHandler }, async (request, reply) => {
    const { id } = await endpointOf(request)
    await pauseEndpoint(db, { id, ...act(request) })
    return backTo(reply, id, 'wstrzymano')
  })

  app.post(endpointAddresses(':id').resume, { preHandler }, async (request, reply) => {
    const { id } = await endpointOf(request)
    await resumeEndpoint(db, { id, ...act(request) })
    return backTo(reply, id, 'wznowiono')
  })

  app.post(endpointAddresses(':id').test, { preHandler }, async (request, reply) => {
    const endpoint = await endpointOf(request)
    const id = idOf((request.body as { id?: unknown } | undefined)?.id)
    if (id === null) throw badInput()
    const sent = await sendTestEvent(db, { endpointId: endpoint.id, id, ...act(request) })
    if (sent.ok) return backTo(reply, endpoint.id, 'wyslano-probne')
    if (sent.reason === 'unknown') throw notFound()
    return show(request, reply, endpoint, { status: 429, text: staffTexts.t('backoffice.test.tooOften') })
  })

  app.post(endpointAddresses(':id').replay, { preHandler }, async (request, reply) => {
    const { id: endpointId } = await endpointOf(request)
    const { range } = readReplay(request.body, directory.institution.timeZone)
    if (!range) throw badInput()
    await replayRange(db, { range: { endpointId, ...range }, ...act(request) })
    return backTo(reply, endpointId, 'powtorzono')
  })

  app.post(endpointAddresses(':id').remove, { preHandler }, async (request, reply) => {
    const endpoint = await endpointOf(request)
    if ((request.body as { napewno?: unknown } | undefined)?.napewno !== 'tak')
      return show(request, reply, endpoint, { status: 422, text: staffTexts.t('backoffice.remove.unsure') })
    await removeEndpoint(db, { id: endpoint.id, ...act(request) })
    return reply.redirect(backofficePath, 303)
  })

  app.get(deliveryAddresses(':id').page, { preHandler }, async (request, reply) => {
    const id = idOf((request.params as { id: string }).id)
    const delivery = id === null ? undefined : await readDelivery(db, keys, id)
    const endpoint = delivery && (await readEndpoint(db, delivery.endpointId))
    if (!endpoint) throw notFound()
    const { timeZone } = directory.institution
    return sendPage(reply, deliveryPage(staffPageOf(services, request), { delivery, endpoint, timeZone }))
  })

  app.post(deliveryAddresses(':id').replay, { preHandler }, async (request, reply) => {
    const id = idOf((request.params as { id: string }).id)
    const replayed = id === null ? undefined : await replayDelivery(db, { id, ...act(request) })
    if (id === null || !replayed?.ok) throw notFound()
    return reply.redirect(deliveryAddresses(id).page, 303)
  })
}
