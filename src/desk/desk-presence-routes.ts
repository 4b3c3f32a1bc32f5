import type { FastifyInstance } from 'fastify'
import { badInput, forbidden } from '../platform/http/http-error'
import { dayOf } from '../platform/zone'
import { may } from '../staff/may'
import { requireStaff } from '../staff/staff-session'
import { sayLate } from '../visit/say-late'
import { setBreak } from '../visit/set-break'
import type { DeskServices } from './desk-services'
import { dayAddress } from './pages/day-page'
import { presenceAddresses } from './presence-addresses'

/** The officer's word on lateness, and whether they take visits at the moment. */
export function registerDeskPresenceRoutes(app: FastifyInstance, services: DeskServices): void {
  const { db, bus, clock, directory } = services
  const preHandler = requireStaff(services)
  const branchOf = (body: unknown) => {
    const { oddzial } = (body ?? {}) as { oddzial?: unknown }
    const branch = directory.branches.find(({ code }) => code === oddzial)
    if (!branch) throw badInput()
    return branch
  }
  const today = () => dayOf(clock.now(), directory.institution.timeZone)

  app.post(presenceAddresses.late, { preHandler }, async (request, reply) => {
    const branch = branchOf(request.body)
    const { minuty } = request.body as { minuty?: unknown }
    const minutes = typeof minuty === 'string' && /^\d{1,3}$/.test(minuty) ? Number(minuty) : Number.NaN
    const said = await sayLate(db, {
      staff: request.staff,
      branchId: branch.id,
      minutes,
      now: clock.now(),
      bus,
    })
    if (!said.ok) throw said.reason === 'not_allowed' ? forbidden() : badInput()
    return reply.redirect(dayAddress(branch, today()), 303)
  })

  app.post(presenceAddresses.break, { preHandler }, async (request, reply) => {
    const branch = branchOf(request.body)
    if (!may(request.staff, 'call_in', branch.id)) throw forbidden()
    const { przerwa } = request.body as { przerwa?: unknown }
    if (przerwa !== 'tak' && przerwa !== 'nie') throw badInput()
    await setBreak(db, { staff: request.staff, branchId: branch.id, onBreak: przerwa === 'tak', bus })
    return reply.redirect(dayAddress(branch, today()), 303)
  })
}
