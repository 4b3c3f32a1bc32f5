import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { appendAudit } from '../audit/append-audit'
import { sendPage } from '../platform/http/page'
import { zipOf } from '../platform/zip'
import { removeErasedBytes } from '../recording/erase-expired-recordings'
import { mayAnywhere } from '../staff/may'
import type { FormProblem } from '../staff/pages/form-problems'
import { sendNotAllowed, sendStaffMessage, staffPageOf } from '../staff/staff-page'
import { personPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import type { StaffTextKey } from '../texts/catalogue'
import { cancelForPerson } from './cancel-for-person'
import { consentProofs } from './consent-proof'
import { caseReasonContext, openPerson, type SearchProblem } from './open-person'
import { erasePerson, type ErasureProblem } from './erase-person'
import { prepareExport, readyExport, takeExport } from './export-person'
import { consentsPage } from './pages/consents-page'
import { erasePage, type RefusedErasure } from './pages/erase-page'
import { personHtml } from './pages/person-html'
import { personPage } from './pages/person-page'
import { personSearchPage, type RefusedSearch } from './pages/person-search-page'
import { caseAddresses, doneIn, fields } from './person-addresses'
import { personJson } from './person-json'
import { longestReason } from './person-reason'
import type { PersonCase } from './person-store'
import { recentCases } from './person-store'
import type { PrivacyServices } from './privacy-services'
import { ownCase, readPerson } from './read-person'

const casesShown = 20

/** What an inspector has to mend in a form: in which field, and words for it. */
const mendable = {
  key_unclear: [fields.key, 'person.key.error'],
  nobody: [fields.key, 'person.nobody'],
  reason_missing: [fields.reason, 'person.reason.short'],
  reason_too_long: [fields.reason, 'person.reason.tooLong'],
  document_number: [fields.reason, 'desk.error.documentNumber'],
  reason_names: [fields.reason, 'person.reason.names'],
  ground_missing: [fields.ground, 'person.erase.ground.error'],
  not_understood: [fields.understood, 'person.erase.understood.error'],
} as const satisfies Record<SearchProblem | ErasureProblem, readonly [string, StaffTextKey]>

/** All that is kept of one person, for the inspector: found, shown, handed over, erased. */
export function registerPersonRoutes(app: FastifyInstance, services: PrivacyServices): void {
  const { db, clock, keys, bus, log, store, directory, queue, staffTexts } = services
  const preHandler = requireStaff(services)
  const personOf = (found: PersonCase) =>
    readPerson(db, { keys, timeZone: directory.institution.timeZone, found })
  const problemsOf = (reasons: readonly (keyof typeof mendable)[]): FormProblem[] =>
    reasons.map((reason) => {
      const [field, text] = mendable[reason]
      return { field, text: staffTexts.t(text, { max: longestReason }) }
    })
  const nothingChosen = { message: staffTexts.t('person.nothingChosen'), status: 422 }

  const refuse = async (
    request: FastifyRequest,
    reply: FastifyReply,
    reason: 'not_allowed' | 'unknown' | 'expired',
  ): Promise<FastifyReply> => {
    await appendAudit(db, {
      at: clock.now(),
      actor: { kind: 'staff', staffId: request.staff.id },
      action: 'person.refused',
      details: { why: reason },
    })
    if (reason === 'not_allowed') return sendNotAllowed(services, request, reply)
    const text = reason === 'expired' ? 'person.case.expired' : 'person.case.unknown'
    const status = reason === 'expired' ? 410 : 404
    return sendStaffMessage(services, request, reply, {
      ...{ reason, status, back: personPath },
      message: staffTexts.t(text),
    })
  }

  /** The case of the address; otherwise the answer is sent. */
  const caseOf = async (request: FastifyRequest, reply: FastifyReply): Promise<PersonCase | undefined> => {
    const { staff } = request
    const id = z.uuid().safeParse((request.params as { caseId: string }).caseId)
    const known = id.success && mayAnywhere(staff, 'see_person')
    const own = known
      ? await ownCase(db, { caseId: id.data, staff, now: clock.now() })
      : ({ ok: false, reason: id.success ? 'not_allowed' : 'unknown' } as const)
    if (own.ok) return own.found
    const mayLook = mayAnywhere(staff, 'see_person')
    await refuse(request, reply, mayLook ? own.reason : 'not_allowed')
    return undefined
  }

  const showSearch = async (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: RefusedSearch,
  ): Promise<FastifyReply> => {
    const cases = await recentCases(db, {
      // What other branches ask for is none of one branch's business
      staffId: request.staff.branchId === null ? null : request.staff.id,
      limit: casesShown,
    })
    const { timeZone, settings } = directory.institution
    const page = personSearchPage(staffPageOf(services, request), {
      cases: cases.map(({ reason, ...one }) => ({
        ...one,
        reason: reason && keys.unseal(reason, caseReasonContext(one.id)),
      })),
      refused,
      contactDays: settings.keptDays.contact,
      now: clock.now(),
      timeZone,
    })
    return sendPage(reply, page, refused ? 422 : 200)
  }

  app.get(personPath, { preHandler }, (request, reply) =>
    mayAnywhere(request.staff, 'see_person')
      ? showSearch(request, reply)
      : refuse(request, reply, 'not_allowed'),
  )

  app.post(personPath, { preHandler }, async (request, reply) => {
    const [typed, reason] = [textOf(request, fields.key), textOf(request, fields.reason)]
    const opened = await openPerson(db, { staff: request.staff, typed, reason, now: clock.now(), keys })
    if (opened.ok) return reply.redirect(caseAddresses(opened.caseId).page, 303)
    if (opened.reason === 'not_allowed') return refuse(request, reply, 'not_allowed')
    return showSearch(request, reply, { problems: problemsOf(opened.problems), typed, reason })
  })

  const showCase = async (
    request: FastifyRequest,
    reply: FastifyReply,
    found: PersonCase,
    failed?: { message: string; status: number },
  ): Promise<FastifyReply> => {
    const now = clock.now()
    const page = personPage(staffPageOf(services, request), {
      ...(await personOf(found)),
      reason: found.reason && keys.unseal(found.reason, caseReasonContext(found.id)),
      ready: await readyExport(db, { caseId: found.id, now }),
      problem: failed?.message,
      done: failed ? undefined : doneIn(request.query),
      directory,
    })
    return sendPage(reply, page, failed?.status ?? 200)
  }
  const addresses = caseAddresses(':caseId')

  app.get(addresses.page, { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    return found ? showCase(request, reply, found) : reply
  })

  app.get(addresses.consents(':visitId'), { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const { visits } = await personOf(found)
    const visit = visits.find(({ row }) => row.id === (request.params as { visitId: string }).visitId)
    if (!visit) return refuse(request, reply, 'unknown')
    const page = consentsPage(staffPageOf(services, request), {
      number: visit.row.number,
      proofs: consentProofs(services, visit.consents),
      back: caseAddresses(found.id).page,
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page)
  })

  app.post(addresses.export, { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const act = { caseId: found.id, staff: request.staff, now: clock.now() }
    const prepared = await prepareExport(db, { ...act, visitIds: chosenVisits(request.body) })
    if (prepared.ok) return reply.redirect(caseAddresses(found.id).page, 303)
    if (prepared.reason !== 'nothing_chosen') return refuse(request, reply, prepared.reason)
    return showCase(request, reply, found, nothingChosen)
  })

  app.post(addresses.take(':exportId'), { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const exportId = z.uuid().safeParse((request.params as { exportId: string }).exportId).data
    if (exportId === undefined) return refuse(request, reply, 'unknown')
    const now = clock.now()
    const taken = await takeExport(db, { caseId: found.id, staff: request.staff, now, exportId })
    if (!taken.ok && taken.reason !== 'taken') return refuse(request, reply, taken.reason)
    if (!taken.ok)
      return showCase(request, reply, found, { message: staffTexts.t('person.export.taken'), status: 410 })
    const { visits, looks } = await personOf({ ...found, visitIds: taken.visitIds })
    const parts = { visits, looks, directory, translators: services.translators, now }
    const zip = zipOf(
      [
        { name: 'dane.json', content: Buffer.from(`${JSON.stringify(personJson(parts), null, 2)}\n`) },
        { name: 'dane.html', content: Buffer.from(personHtml(services, parts)) },
      ],
      now,
    )
    return reply
      .headers({
        'cache-control': 'no-store',
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="dane-osoby-${exportId.slice(0, 8)}.zip"`,
      })
      .send(zip)
  })

  app.post(addresses.cancel(':visitId'), { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const { settings } = directory.institution
    const cancelled = await cancelForPerson(db, {
      caseId: found.id,
      staff: request.staff,
      visitId: (request.params as { visitId: string }).visitId,
      ...{ now: clock.now(), keys, settings, queue, bus },
    })
    if (cancelled.ok || cancelled.reason === 'already_cancelled')
      return reply.redirect(caseAddresses(found.id).done('odwolano'), 303)
    if (cancelled.reason === 'too_late')
      return showCase(request, reply, found, {
        message: staffTexts.t('person.cancel.tooLate'),
        status: 409,
      })
    return refuse(request, reply, cancelled.reason)
  })

  const showErase = async (
    request: FastifyRequest,
    reply: FastifyReply,
    found: PersonCase,
    chosen: readonly string[],
    refused?: RefusedErasure,
  ): Promise<FastifyReply> => {
    const { visits } = await personOf(found)
    const page = erasePage(staffPageOf(services, request), {
      caseId: found.id,
      visits: visits.filter(({ row }) => chosen.includes(row.id) && row.erased_at === null),
      refused,
      directory,
    })
    return sendPage(reply, page, refused ? 422 : 200)
  }

  app.get(addresses.erase, { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const chosen = chosenVisits(request.query)
    if (chosen.length === 0) return showCase(request, reply, found, nothingChosen)
    return showErase(request, reply, found, chosen)
  })

  app.post(addresses.erase, { preHandler }, async (request, reply) => {
    const found = await caseOf(request, reply)
    if (!found) return reply
    const visitIds = chosenVisits(request.body)
    const [reason, ground] = [textOf(request, fields.reason), textOf(request, fields.ground)]
    const understood = textOf(request, fields.understood) !== ''
    const erased = await erasePerson(db, {
      caseId: found.id,
      staff: request.staff,
      ...{ visitIds, ground, reason },
      understood,
      ...{ now: clock.now(), keys, bus },
    })
    if (erased.ok) {
      // Erased they are already; bytes that stay are removed by the hourly job
      void removeErasedBytes(db, { now: clock.now(), store, log }).catch((error: unknown) =>
        log.error({ error }, 'the bytes of an erased recording were not removed'),
      )
      return reply.redirect(caseAddresses(found.id).done('usunieto'), 303)
    }
    if (erased.reason === 'nothing_chosen') return showCase(request, reply, found, nothingChosen)
    if (erased.reason !== 'invalid') return refuse(request, reply, erased.reason)
    const problems = problemsOf(erased.problems)
    return showErase(request, reply, found, visitIds, { problems, reason, ground, understood })
  })
}

const textOf = ({ body }: FastifyRequest, name: string): string => {
  const value = ((body ?? {}) as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : ''
}

/** Ids of the visits that were ticked; a single one comes as a string. */
const chosenVisits = (form: unknown): string[] => {
  const value = ((form ?? {}) as Record<string, unknown>)[fields.visit]
  return [value].flat().filter((id): id is string => z.uuid().safeParse(id).success)
}
