import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Branch } from '../institution/directory'
import { badInput } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { addDays, dayOf, instantAt } from '../platform/zone'
import { toDecideAt } from '../replanning/to-decide'
import { may } from '../staff/may'
import { staffPageOf } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import { countComingVisits } from './desk-day'
import { countEarlyEnds } from './early-ends'
import { type DeskServices, sendRefusal } from './desk-services'
import { findVisits, type FoundVisits } from './find-visits'
import { visitsPage } from './pages/visits-page'

const visitsPath = '/pracownik/wizyty'
const shownDays = 14
const countedDays = 30

/** The coming days of a branch, and the search by number or name. A name stays out of the address: it is posted. */
export function registerVisitsRoutes(app: FastifyInstance, services: DeskServices): void {
  const { db, clock, keys, directory, translators } = services
  const preHandler = requireStaff(services)

  app.get(visitsPath, { preHandler }, (request, reply) => {
    const { oddzial } = request.query as { oddzial?: unknown }
    return show(request, reply, oddzial)
  })

  app.post(visitsPath, { preHandler }, async (request, reply) => {
    const { oddzial, szukaj } = (request.body ?? {}) as { oddzial?: unknown; szukaj?: unknown }
    if (typeof szukaj !== 'string') throw badInput()
    const branch = branchOf(request, oddzial)
    if (!branch) return sendRefusal(services, request, reply, 'not_allowed')
    const found = await findVisits(db, {
      staff: request.staff,
      branchId: branch.id,
      text: szukaj,
      keys,
      directory,
      texts: translators.pl,
      now: clock.now(),
    })
    return show(request, reply, oddzial, { text: szukaj, found })
  })

  const branchesOf = (request: FastifyRequest): readonly Branch[] =>
    directory.branches.filter(({ id }) => may(request.staff, 'see_day', id))
  const branchOf = (request: FastifyRequest, code: unknown): Branch | undefined => {
    const branches = branchesOf(request)
    return code === undefined ? branches[0] : branches.find((branch) => branch.code === code)
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: unknown,
    search?: { text: string; found: FoundVisits },
  ): Promise<FastifyReply> => {
    const branch = branchOf(request, code)
    if (!branch || (search?.found.ok === false && search.found.reason === 'not_allowed'))
      return sendRefusal(services, request, reply, 'not_allowed')
    const { timeZone } = directory.institution
    const today = dayOf(clock.now(), timeZone)
    const counts = await countComingVisits(db, {
      branchId: branch.id,
      from: instantAt(today, '00:00', timeZone),
      to: instantAt(addDays(today, shownDays), '00:00', timeZone),
      timeZone,
    })
    const days = Array.from({ length: shownDays }, (_, n) => addDays(today, n)).map((day) => ({
      day,
      visits: counts.get(day) ?? 0,
    }))
    const early = may(request.staff, 'see_statistics', branch.id)
      ? await countEarlyEnds(db, {
          branchId: branch.id,
          from: instantAt(addDays(today, 1 - countedDays), '00:00', timeZone),
          to: instantAt(addDays(today, 1), '00:00', timeZone),
        })
      : undefined
    const page = visitsPage(staffPageOf(services, request), {
      branch,
      branches: branchesOf(request),
      days,
      today,
      timeZone,
      search,
      early,
      countedDays,
      toDecide: await toDecideAt(db, { staff: request.staff, branchId: branch.id, now: clock.now() }),
    })
    return sendPage(reply, page, search?.found.ok === false ? 422 : 200)
  }
}
