import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Branch } from '../institution/directory'
import { badInput } from '../platform/http/http-error'
import { sendNotAllowed } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import { registerAbsenceRoutes } from './absence-routes'
import type { ReplanParts } from './replan-parts'
import { decisionsIn, runField } from './decision-fields'
import { replanningAddress, replanningPath, undoPath } from './replanning-addresses'
import { branchOf, type ReplanningServices } from './replanning-services'
import { sendReplanning } from './send-replanning'
import { startRun } from './start-run'
import { undoRun } from './undo-run'

/** Visits that lost their desk: reporting absences, deciding about the visits, and undoing that. */
export function registerReplanningRoutes(app: FastifyInstance, services: ReplanningServices): void {
  const { db, directory } = services
  const preHandler = requireStaff(services)
  registerAbsenceRoutes(app, services)

  app.get(replanningPath, { preHandler }, (request, reply) =>
    sendReplanning(services, request, reply, { fields: request.query as Record<string, unknown> }),
  )

  app.post(replanningPath, { preHandler }, async (request, reply) => {
    const fields = (request.body ?? {}) as Record<string, unknown>
    const branch = branchOf(services, request, fields['oddzial'])
    if (!branch) return sendNotAllowed(services, request, reply)
    const decisions = decisionsIn(fields)
    const started = await startRun(
      db,
      { runId: idIn(fields[runField]), branchId: branch.id, staff: request.staff, decisions },
      partsOf(services),
    )
    if (!started.ok) return sendNotAllowed(services, request, reply)
    return back(reply, branch, started.again ? '&wynik=powtorzony' : '')
  })

  app.post(undoPath, { preHandler }, async (request, reply) => {
    const runId = idIn(((request.body ?? {}) as Record<string, unknown>)[runField])
    const undone = await undoRun(db, { runId, staff: request.staff }, partsOf(services))
    // A run of another branch is answered like one that there is not
    if (!undone.ok) return sendNotAllowed(services, request, reply)
    return back(reply, directory.branchById(undone.branchId))
  })
}

const back = (reply: FastifyReply, branch: Branch | undefined, more = ''): FastifyReply =>
  reply.redirect(branch ? `${replanningAddress(branch)}${more}` : replanningPath, 303)

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const idIn = (value: unknown): string => {
  if (typeof value !== 'string' || !uuidPattern.test(value)) throw badInput()
  return value
}

const partsOf = ({ clock, keys, queue, bus, directory }: ReplanningServices): ReplanParts => {
  const { settings, timeZone } = directory.institution
  return { clock, keys, queue, bus, settings, timeZone }
}
