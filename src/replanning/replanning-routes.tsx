import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Branch, Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { badInput } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import type { Keys } from '../platform/keys'
import { may } from '../staff/may'
import { sendNotAllowed, type StaffPageServices, staffPageOf } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import type { ReplanParts } from './carry-out-run'
import { decisionsIn, runField } from './decision-fields'
import { replanningPage } from './pages/replanning-page'
import { readReplanning } from './read-replanning'
import { replanningAddress, replanningPath, undoPath } from './replanning-addresses'
import { startRun } from './start-run'
import { countTouched } from './touched-store'
import { undoRun } from './undo-run'

export interface ReplanningServices extends StaffPageServices {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  directory: Directory
  queue: MessageQueue
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Visits that lost their desk: deciding about them, and undoing that. */
export function registerReplanningRoutes(app: FastifyInstance, services: ReplanningServices): void {
  const { db, clock, directory } = services
  const preHandler = requireStaff(services)

  app.get(replanningPath, { preHandler }, async (request, reply) => {
    const { oddzial, wynik } = request.query as { oddzial?: unknown; wynik?: unknown }
    const branches = branchesOf(request)
    const now = clock.now()
    const counts = await countTouched(db, { branchIds: branches.map(({ id }) => id), now })
    // Whoever has many branches begins at one where there is something to do
    const first = branches.find(({ id }) => counts.get(id)?.toDecide) ?? branches[0]
    const branch = oddzial === undefined ? first : branches.find(({ code }) => code === oddzial)
    if (!branch) return sendNotAllowed(services, request, reply)
    const { timeZone } = directory.institution
    return sendPage(
      reply,
      replanningPage(staffPageOf(services, request), {
        ...(await readReplanning(db, { ...services, staff: request.staff, branch, now })),
        ...{ branch, branches, counts, now, timeZone },
        runId: randomUUID(),
        wasSentBefore: wynik === 'powtorzony',
      }),
    )
  })

  app.post(replanningPath, { preHandler }, async (request, reply) => {
    const fields = (request.body ?? {}) as Record<string, unknown>
    const branch = branchOf(request, fields['oddzial'])
    if (!branch) return sendNotAllowed(services, request, reply)
    const started = await startRun(
      db,
      {
        runId: idIn(fields[runField]),
        branchId: branch.id,
        staff: request.staff,
        decisions: decisionsIn(fields),
      },
      partsOf(services),
    )
    if (!started.ok) return sendNotAllowed(services, request, reply)
    return back(reply, branch, started.again ? '&wynik=powtorzony' : '')
  })

  app.post(undoPath, { preHandler }, async (request, reply) => {
    const fields = (request.body ?? {}) as Record<string, unknown>
    const undone = await undoRun(
      db,
      { runId: idIn(fields[runField]), staff: request.staff },
      partsOf(services),
    )
    // A run of another branch is answered like one that there is not
    if (!undone.ok) return sendNotAllowed(services, request, reply)
    return back(reply, directory.branchById(undone.branchId))
  })

  const branchesOf = (request: FastifyRequest): readonly Branch[] =>
    directory.branches.filter(({ id }) => may(request.staff, 'replan', id))
  const branchOf = (request: FastifyRequest, code: unknown): Branch | undefined =>
    branchesOf(request).find((branch) => branch.code === code)
}

const back = (reply: FastifyReply, branch: Branch | undefined, more = ''): FastifyReply =>
  reply.redirect(branch ? `${replanningAddress(branch)}${more}` : replanningPath, 303)

const idIn = (value: unknown): string => {
  if (typeof value !== 'string' || !uuidPattern.test(value)) throw badInput()
  return value
}

const partsOf = ({ clock, keys, queue, bus, directory }: ReplanningServices): ReplanParts => {
  const { settings, timeZone } = directory.institution
  return { clock, keys, queue, bus, settings, timeZone }
}
