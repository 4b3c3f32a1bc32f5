import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appendAudit } from '../../audit/append-audit'
import { readChainState } from '../../audit/chain-state'
import type { Branch } from '../../institution/directory'
import { badInput } from '../../platform/http/http-error'
import { sendPage } from '../../platform/http/page'
import { dayOf } from '../../platform/zone'
import { mayAnywhere } from '../../staff/may'
import { sendNotAllowed, staffPageOf } from '../../staff/staff-page'
import { auditPath } from '../../staff/staff-places'
import { requireStaff } from '../../staff/staff-session'
import type { AdministrationServices } from '../administration-services'
import { exportFormats, exportStream } from './audit-export'
import { readAuditFilter, type ReadAuditFilter } from './audit-filter'
import { auditPage } from './audit-page'
import { type AuditAnswer, exportAudit, searchAudit } from './search-audit'

const mimeTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson; charset=utf-8' } as const

/** The record of who did or saw what: to be searched, taken along and verified, never changed. */
export function registerAuditRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, directory, staffTexts } = services
  const preHandler = requireStaff(services)

  const branchesOf = ({ staff }: FastifyRequest): readonly Branch[] =>
    directory.branches.filter(({ id }) => staff.branchId === null || staff.branchId === id)
  const isAllowed = ({ staff }: FastifyRequest) => mayAnywhere(staff, 'see_audit')
  const question = ({ staff }: FastifyRequest, { filter }: ReadAuditFilter) => ({
    ...{ staff, filter },
    timeZone: directory.institution.timeZone,
    now: clock.now(),
  })

  app.get(auditPath, { preHandler }, async (request, reply) => {
    if (!isAllowed(request)) return sendNotAllowed(services, request, reply)
    const read = readAuditFilter(request.query, branchesOf(request))
    if (!read) throw badInput()
    const answer: AuditAnswer = read.error
      ? { ok: true, entries: [], more: false, names: new Map() }
      : await searchAudit(db, { ...question(request, read), after: read.after })
    if (!answer.ok && answer.reason === 'not_allowed') return sendNotAllowed(services, request, reply)
    const found = answer.ok ? answer : { entries: [], more: false, names: new Map<string, string>() }
    return show(request, reply, { read, found, isUnknown: !answer.ok })
  })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    {
      read,
      found,
      isUnknown,
    }: { read: ReadAuditFilter; found: Omit<Extract<AuditAnswer, { ok: true }>, 'ok'>; isUnknown: boolean },
  ) => {
    const [chain, people] = await Promise.all([
      readChainState(db),
      db.selectFrom('staff').select(['id', 'name']).orderBy('name').orderBy('id').execute(),
    ])
    const error = isUnknown ? 'unknown' : read.error
    const { timeZone } = directory.institution
    const branches = branchesOf(request)
    const page = auditPage(staffPageOf(services, request), {
      ...{ read, found, error, chain, people, branches, timeZone },
    })
    return sendPage(reply, page, error ? 422 : 200)
  }

  app.post(`${auditPath}/plik`, { preHandler }, async (request, reply) => {
    if (!isAllowed(request)) return sendNotAllowed(services, request, reply)
    const { format: typed } = (request.body ?? {}) as { format?: unknown }
    const format = exportFormats.find((one) => one === typed)
    const read = readAuditFilter(request.body, branchesOf(request))
    if (!format || !read || read.error) throw badInput()
    const exported = await exportAudit(db, { ...question(request, read), format })
    if (!exported.ok && exported.reason === 'not_allowed') return sendNotAllowed(services, request, reply)
    if (!exported.ok) throw badInput()
    const day = dayOf(clock.now(), directory.institution.timeZone)
    return reply
      .headers({
        'cache-control': 'no-store',
        'content-type': mimeTypes[format],
        'content-disposition': `attachment; filename="dziennik-${day}.${format}"`,
      })
      .send(exportStream(exported.batches, { format, texts: staffTexts, directory }))
  })

  app.post(`${auditPath}/sprawdz`, { preHandler }, async (request, reply) => {
    if (!isAllowed(request)) return sendNotAllowed(services, request, reply)
    // Asked twice it is verified once
    if ((await readChainState(db)).askedAt === null)
      await appendAudit(db, {
        at: clock.now(),
        actor: { kind: 'staff', staffId: request.staff.id },
        action: 'audit.verify_asked',
      })
    return reply.redirect(auditPath, 303)
  })
}
