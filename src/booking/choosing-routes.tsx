import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Topic } from '../institution/directory'
import { parsePostalCode } from '../institution/postal-code'
import { sendPage, sendPublicPage } from '../platform/http/page'
import { type BookingServices, pageOf } from './booking-services'
import { branchFoundPage, branchListPage, branchUnknownPage } from './pages/branch-pages'
import { countryPage } from './pages/country-page'
import { fieldsIn, type Journey, journeyPath, readJourney, textIn } from './pages/journey'
import { linkTo } from './pages/page-context'
import { postalPage } from './pages/postal-page'
import { startPage } from './pages/start-page'
import { topicPage } from './pages/topic-page'

const unprocessable = 422

/** Start, topic, postal code or country, branch: pages whose choices stand in the address. */
export function registerChoosingRoutes(app: FastifyInstance, services: BookingServices): void {
  const { directory } = services

  app.get('/', (request, reply) => sendPublicPage(reply, startPage(pageOf(services, request))))

  app.get('/temat', (request, reply) =>
    sendPublicPage(
      reply,
      topicPage(pageOf(services, request), readJourney(directory, fieldsIn(request.query))),
    ),
  )

  app.get('/kod', (request, reply) =>
    withTopic(services, request, reply, (journey) => {
      const page = pageOf(services, request)
      // Topics are chosen by a form that leads here; each has a question of its own
      if (journey.topic.routing !== 'postal')
        return reply.redirect(
          linkTo(
            page,
            journey.topic.routing === 'manual'
              ? journeyPath.branchList({ ...journey, postalCode: undefined, country: undefined })
              : journeyPath.country({ ...journey, postalCode: undefined }),
          ),
          303,
        )
      return sendPublicPage(reply, postalPage(page, journey))
    }),
  )

  app.get('/kraj', (request, reply) =>
    withTopic(services, request, reply, (journey) =>
      sendPublicPage(reply, countryPage(pageOf(services, request), journey)),
    ),
  )

  app.get('/oddzial', (request, reply) =>
    withTopic(services, request, reply, (journey) => {
      const page = pageOf(services, request)
      if (journey.topic.routing === 'country') {
        const served = directory.branchForCountry(journey.country ?? '')
        return served
          ? sendPublicPage(reply, branchFoundPage(page, journey, served))
          : sendPublicPage(reply, countryPage(page, journey, true), unprocessable)
      }
      const typed = textIn(fieldsIn(request.query), 'kod') ?? ''
      const postalCode = parsePostalCode(typed)
      if (postalCode === undefined) {
        const key = typed === '' ? 'postal.error.empty' : 'postal.error.format'
        return sendPublicPage(reply, postalPage(page, journey, { key, typed }), unprocessable)
      }
      const branch = directory.branchForPostalCode(postalCode)
      return sendPublicPage(
        reply,
        branch
          ? branchFoundPage(page, { ...journey, postalCode, country: undefined }, branch)
          : branchUnknownPage(page, { ...journey, postalCode }),
      )
    }),
  )

  app.get('/oddzialy', (request, reply) =>
    withTopic(services, request, reply, (journey) =>
      sendPublicPage(reply, branchListPage(pageOf(services, request), journey)),
    ),
  )
}

/** Goes on with the topic of the address; without one, or with one we do not offer, asks for it. */
export const withTopic = (
  services: BookingServices,
  request: FastifyRequest,
  reply: FastifyReply,
  goOn: (journey: Journey & { topic: Topic }) => unknown,
): unknown => {
  const fields = fieldsIn(request.query)
  const journey = readJourney(services.directory, fields)
  const { topic } = journey
  if (topic) return goOn({ ...journey, topic })
  const mistake = textIn(fields, 'temat') ? 'closed' : 'empty'
  return sendPage(reply, topicPage(pageOf(services, request), journey, mistake), unprocessable)
}
