import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addEndpoint } from '../backoffice/add-endpoint'
import { changeEndpoint, type EndpointChanged } from '../backoffice/change-endpoint'
import type { Endpoint, EndpointForm } from '../backoffice/endpoint'
import { readEndpoint } from '../backoffice/endpoint-store'
import { overlapHours, rotateSecret } from '../backoffice/rotate-secret'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { endpointAddresses, newEndpointPath } from './backoffice-addresses'
import { endpointFormPage, type ShownEndpointForm } from './pages/endpoint-form-page'
import { secretPage } from './pages/secret-page'
import { whenText } from './pages/when'

const formSchema = z.object({
  opis: z.string().default(''),
  adres: z.string().default(''),
  sprawy: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
})
const versionSchema = z.object({ wersja: z.coerce.number().int().positive() })

/** Adding and changing an endpoint, and its secret: the answers to these two forms are all that ever shows one. */
export function registerEndpointFormRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, keys, directory, endpointRules: rules } = services
  const { plainHttp } = rules
  const preHandler = requireActionEverywhere(services, 'administer')
  const act = (request: FastifyRequest) => ({ staffId: request.staff.id, now: clock.now() })

  const read = <T>(schema: z.ZodType<T>, given: unknown): T => {
    const parsed = schema.safeParse(given ?? {})
    if (!parsed.success) throw badInput()
    return parsed.data
  }
  const formOf = (request: FastifyRequest): EndpointForm => {
    const { opis, adres, sprawy } = read(formSchema, request.body)
    return { description: opis, url: adres, kinds: sprawy }
  }
  const endpointOf = async (request: FastifyRequest): Promise<Endpoint> => {
    const id = z.uuid().safeParse((request.params as { id: string }).id)
    const endpoint = id.success ? await readEndpoint(db, id.data) : undefined
    if (!endpoint) throw notFound()
    return endpoint
  }

  const sendForm = (
    request: FastifyRequest,
    reply: FastifyReply,
    shown: Omit<ShownEndpointForm, 'plainHttp'>,
    status = 200,
  ) => sendPage(reply, endpointFormPage(staffPageOf(services, request), { ...shown, plainHttp }), status)

  const newForm = (id: string, form: EndpointForm): Omit<ShownEndpointForm, 'plainHttp'> => ({
    ...{ form, action: newEndpointPath, hidden: { id }, change: null, problems: [] },
  })

  app.get(newEndpointPath, { preHandler }, (request, reply) =>
    sendForm(request, reply, newForm(randomUUID(), { url: '', description: '', kinds: [] })),
  )

  app.post(newEndpointPath, { preHandler }, async (request, reply) => {
    const { id } = read(z.object({ id: z.uuid() }), request.body)
    const form = formOf(request)
    const added = await addEndpoint(db, { id, form, keys, rules, ...act(request) })
    if (!added.ok) return sendForm(request, reply, { ...newForm(id, form), problems: added.problems }, 422)
    if (added.secret === null) return reply.redirect(endpointAddresses(id).page, 303)
    return sendSecret(request, reply, {
      id,
      description: form.description,
      secret: added.secret,
      until: null,
    })
  })

  const changeForm = (endpoint: Endpoint, form: EndpointForm): Omit<ShownEndpointForm, 'plainHttp'> => ({
    form,
    action: endpointAddresses(endpoint.id).change,
    hidden: { wersja: String(endpoint.version) },
    change: { page: endpointAddresses(endpoint.id).page, description: endpoint.description },
    problems: [],
  })

  app.get(endpointAddresses(':id').change, { preHandler }, async (request, reply) => {
    const endpoint = await endpointOf(request)
    return sendForm(request, reply, changeForm(endpoint, endpoint))
  })

  app.post(endpointAddresses(':id').change, { preHandler }, async (request, reply) => {
    const endpoint = await endpointOf(request)
    const { wersja: version } = read(versionSchema, request.body)
    const form = formOf(request)
    const changed = await changeEndpoint(db, { id: endpoint.id, version, form, rules, ...act(request) })
    if (changed.ok) return reply.redirect(`${endpointAddresses(endpoint.id).page}?stalo=zapisano`, 303)
    return sendRefused(request, reply, { endpoint, form, version, changed })
  })

  /** What was typed stays; after somebody else's change the form carries their version, to be saved over it knowingly. */
  const sendRefused = (
    request: FastifyRequest,
    reply: FastifyReply,
    refused: {
      endpoint: Endpoint
      form: EndpointForm
      version: number
      changed: Extract<EndpointChanged, { ok: false }>
    },
  ) => {
    const { endpoint, form, version, changed } = refused
    if (changed.reason === 'unknown') throw notFound()
    const stale = changed.reason === 'changed'
    const problems = changed.reason === 'invalid' ? changed.problems : (['changed'] as const)
    const shown = changeForm(stale ? endpoint : { ...endpoint, version }, form)
    return sendForm(request, reply, { ...shown, problems }, stale ? 409 : 422)
  }

  app.post(endpointAddresses(':id').secret, { preHandler }, async (request, reply) => {
    const endpoint = await endpointOf(request)
    const { wersja: version, godziny } = read(
      versionSchema.extend({ godziny: z.coerce.number() }),
      request.body,
    )
    const hours = overlapHours.find((one) => one === godziny)
    if (hours === undefined) throw badInput()
    const { id, description } = endpoint
    const rotated = await rotateSecret(db, { id, version, hours, keys, ...act(request) })
    // Sent twice, or changed by somebody meanwhile: the page says what is so now
    if (!rotated.ok) return reply.redirect(endpointAddresses(id).page, 303)
    const until = hours === 0 ? null : new Date(clock.now().getTime() + hours * 3_600_000)
    return sendSecret(request, reply, { id, description, secret: rotated.secret, until })
  })

  const sendSecret = (
    request: FastifyRequest,
    reply: FastifyReply,
    {
      id,
      description,
      secret,
      until,
    }: { id: string; description: string; secret: string; until: Date | null },
  ) =>
    sendPage(
      reply,
      secretPage(staffPageOf(services, request), {
        endpointPage: endpointAddresses(id).page,
        overlapUntil: until && whenText(until, directory.institution.timeZone),
        ...{ description, secret },
      }),
    )
}
