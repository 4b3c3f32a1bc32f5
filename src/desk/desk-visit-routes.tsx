import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readVisit } from '../booking/read-visit'
import type { VisitRow } from '../booking/visit-links'
import { type EarlyEndReason, earlyEndReasons, parties } from '../contract/visit-state'
import { badInput } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dayOf } from '../platform/zone'
import { may } from '../staff/may'
import { requireStaff } from '../staff/staff-session'
import { callIn } from '../visit/call-in'
import { endVisit } from '../visit/end-visit'
import { markMissed } from '../visit/mark-missed'
import { releaseVisit } from '../visit/release-visit'
import { saveStaffNote } from '../visit/staff-note'
import { type DeskFailure, deskFailure, endFields, noteField } from './desk-answers'
import { visitAddresses } from './desk-boot'
import { deskPageOf, type DeskServices, sendRefusal, wantsJson } from './desk-services'
import { callPage, type ShownCall } from './pages/call-page'
import { dayAddress } from './pages/day-page'
import { shownCall } from './shown-call'

type Form = Readonly<Record<string, unknown>>

/** The page of one visit at the desk, and everything that can be done with it. */
export function registerDeskVisitRoutes(app: FastifyInstance, services: DeskServices): void {
  const { db, bus, clock, keys, queue, directory, staffTexts } = services
  const preHandler = requireStaff(services)

  app.get('/pracownik/wizyta/:id', { preHandler }, async (request, reply) => {
    const visit = await visitOf(request)
    if (!visit) return sendRefusal(services, request, reply, 'unknown')
    return sendCall(request, reply, visit)
  })

  /** A visit of another branch is not even known. */
  const visitOf = async (request: FastifyRequest): Promise<VisitRow | undefined> => {
    const { id } = request.params as { id: string }
    if (!z.uuid().safeParse(id).success) return undefined
    const visit = await readVisit(db, id)
    return visit && may(request.staff, 'see_visit', visit.branch_id) ? visit : undefined
  }

  const sendCall = async (
    request: FastifyRequest,
    reply: FastifyReply,
    visit: VisitRow,
    failed?: { status: number; problem: NonNullable<ShownCall['problem']> },
  ) => {
    const call = await shownCall(services, request.staff, visit)
    const shown = failed ? { ...call, problem: failed.problem } : call
    return sendPage(reply, callPage(deskPageOf(services, request), shown), failed?.status ?? 200)
  }

  /** Registers a form of the visit's page: a person is led on, a script is told where. */
  const form = (
    name: keyof ReturnType<typeof visitAddresses>,
    carryOut: (request: FastifyRequest, visit: VisitRow, typed: Form) => Promise<DeskFailure | string>,
  ) =>
    app.post(visitAddresses(':id')[name], { preHandler }, async (request, reply) => {
      const visit = await visitOf(request)
      if (!visit) return sendRefusal(services, request, reply, 'unknown')
      const typed = (request.body ?? {}) as Form
      const result = await carryOut(request, visit, typed)
      if (typeof result === 'string')
        return wantsJson(request) ? reply.send({ ok: true, to: result }) : reply.redirect(result, 303)
      const { status, ...failure } = result
      if (wantsJson(request)) return reply.code(status).send(failure)
      const problem = { message: failure.message, ...typedIn(typed) }
      return sendCall(request, reply, (await visitOf(request)) ?? visit, { status, problem })
    })

  const dayOfVisit = (visit: VisitRow): string => {
    const branch = directory.branchById(visit.branch_id)
    const day = dayOf(visit.starts_at, directory.institution.timeZone)
    return branch ? dayAddress(branch, day) : '/pracownik/dzien'
  }

  form('callIn', async ({ staff }, { id }) => {
    const result = await callIn(db, { visitId: id, staff, now: clock.now(), bus })
    return result.ok ? visitAddresses(id).visit : deskFailure(staffTexts, result)
  })

  form('release', async ({ staff }, visit) => {
    const result = await releaseVisit(db, { visitId: visit.id, staff, now: clock.now(), bus })
    return result.ok ? dayOfVisit(visit) : deskFailure(staffTexts, result)
  })

  form('end', async ({ staff }, visit, typed) => {
    const how = endOf(typed[endFields.how])
    if (how === undefined) return deskFailure(staffTexts, { reason: 'how_missing' })
    const topicId = directory.topicByCode(textOf(typed[endFields.topic]))?.id ?? null
    const note = textOf(typed[endFields.note])
    const now = clock.now()
    const result = await endVisit(db, { visitId: visit.id, staff, how, note, topicId, now, keys, bus })
    return result.ok ? dayOfVisit(visit) : deskFailure(staffTexts, result)
  })

  form('note', async ({ staff }, { id }, typed) => {
    const result = await saveStaffNote(db, { visitId: id, staff, words: textOf(typed[noteField]), keys })
    return result.ok ? visitAddresses(id).visit : deskFailure(staffTexts, result)
  })

  form('missed', async ({ staff }, visit, typed) => {
    const by = parties.find((party) => party === typed.by)
    if (by === undefined) throw badInput()
    const now = clock.now()
    const result = await markMissed(db, { visitId: visit.id, staff, by, now, keys, queue, bus })
    return result.ok ? dayOfVisit(visit) : deskFailure(staffTexts, result)
  })
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const endOf = (value: unknown): 'settled' | EarlyEndReason | undefined =>
  (['settled', ...earlyEndReasons] as const).find((how) => how === value)

/** What is shown again when a form was not accepted. */
const typedIn = (typed: Form) => ({
  typed: {
    how: textOf(typed[endFields.how]),
    note: textOf(typed[endFields.note]),
    topic: textOf(typed[endFields.topic]),
  },
  ...(typeof typed[noteField] === 'string' && { note: typed[noteField] }),
})
