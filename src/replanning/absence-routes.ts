import type { FastifyInstance } from 'fastify'
import { sendNotAllowed } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import { typedAbsence } from './absence-fields'
import { absencePath, replanningAddress, takeBackPath } from './replanning-addresses'
import { branchOf, type ReplanningServices } from './replanning-services'
import { reportAbsence, takeBackAbsence } from './report-absence'
import { sendReplanning } from './send-replanning'
import { readReport } from './shown-absence'

/** Saying that a desk or a branch is not there, as it was previewed, and taking that back. */
export function registerAbsenceRoutes(app: FastifyInstance, services: ReplanningServices): void {
  const { db, bus, clock, directory } = services
  const preHandler = requireStaff(services)
  const time = () => ({ now: clock.now(), timeZone: directory.institution.timeZone, bus })

  app.post(absencePath, { preHandler }, async (request, reply) => {
    const fields = (request.body ?? {}) as Record<string, unknown>
    const branch = branchOf(services, request, fields['oddzial'])
    if (!branch) return sendNotAllowed(services, request, reply)
    const read = await readReport(services, { staff: request.staff, branch, typed: typedAbsence(fields) })
    if (!read.ok)
      return sendReplanning(services, request, reply, {
        fields,
        state: { step: 'mistake', mistake: read.mistake },
      })
    const plan = typeof fields['plan'] === 'string' ? fields['plan'] : ''
    const saved = await reportAbsence(db, read.report, { ...time(), plan })
    if (saved.ok) return reply.redirect(replanningAddress(branch), 303)
    return sendReplanning(services, request, reply, {
      fields,
      state:
        saved.reason === 'other_effect'
          ? { step: 'preview', effect: saved.effect, isOther: true }
          : { step: 'refused', reason: saved.reason },
    })
  })

  app.post(takeBackPath, { preHandler }, async (request, reply) => {
    const { oddzial, zamkniecie } = (request.body ?? {}) as Record<string, unknown>
    const branch = branchOf(services, request, oddzial)
    if (!branch) return sendNotAllowed(services, request, reply)
    const { staff } = request
    const closureId = Number(zamkniecie)
    // One that is gone by now is as it was wanted
    if (Number.isSafeInteger(closureId))
      await takeBackAbsence(db, { staff, branchId: branch.id, closureId }, time())
    return reply.redirect(replanningAddress(branch), 303)
  })
}
