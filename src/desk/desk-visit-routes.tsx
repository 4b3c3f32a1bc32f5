import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readVisit } from '../booking/read-visit'
import type { VisitRow } from '../booking/visit-links'
import type { DeskAnswer } from '../contract/desk-boot'
import { type EarlyEndReason, earlyEndReasons, parties } from '../contract/visit-state'
import { badInput } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dayOf } from '../platform/zone'
import { may } from '../staff/may'
import { requireStaff } from '../staff/staff-session'
import {
  askedThings,
  documentKinds,
  identityReasons,
  identityResults,
  matters,
  warningReasons,
} from '../contract/visit-matters'
import { acceptApplication } from '../visit/accept-application'
import { auditVisit } from '../visit/audit-visit'
import { askClient } from '../visit/ask-client'
import { bookFollowUp } from '../visit/book-follow-up'
import { confirmProfile } from '../visit/confirm-profile'
import { decideIdentity } from '../visit/decide-identity'
import { extendVisit } from '../visit/extend-visit'
import { interpreterUrl } from '../visit/interpreter'
import { inviteInterpreter } from '../visit/invite-interpreter'
import { saveAgreed } from '../visit/save-agreed'
import { setMatters } from '../visit/set-matters'
import { readSettlement } from '../visit/settlement-store'
import { takeOver } from '../visit/take-over'
import { undoIdentity } from '../visit/undo-identity'
import { warnClient } from '../visit/warn-client'
import { callIn } from '../visit/call-in'
import { endVisit } from '../visit/end-visit'
import { markMissed } from '../visit/mark-missed'
import { releaseVisit } from '../visit/release-visit'
import { saveStaffNote } from '../visit/staff-note'
import { chooseWithoutRecording } from '../recording/choose-without-recording'
import { stopRecording } from '../recording/stop-recording'
import { type DeskFailure, deskFailure, endFields, noteField } from './desk-answers'
import { visitAddresses } from './desk-boot'
import { staffPageOf, wantsJson } from '../staff/staff-page'
import { type DeskServices, sendRefusal } from './desk-services'
import { callPage, type ShownCall } from './pages/call-page'
import { dayAddress } from './pages/day-page'
import { shownCall } from './shown-call'

type Form = Readonly<Record<string, unknown>>
/** Where a form leads, the settlement after a change of it, or why nothing was done. */
type Outcome = DeskFailure | string | Extract<DeskAnswer, { ok: true }>

/** The page of one visit at the desk, and everything that can be done with it. */
export function registerDeskVisitRoutes(app: FastifyInstance, services: DeskServices): void {
  const { db, bus, clock, keys, queue, directory, staffTexts, publicUrl } = services
  const preHandler = requireStaff(services)

  app.get('/pracownik/wizyta/:id', { preHandler }, async (request, reply) => {
    const visit = await visitOf(request)
    if (!visit) return sendRefusal(services, request, reply, 'unknown')
    await auditVisit(db, visit, { staff: request.staff, action: 'visit.opened', now: clock.now() })
    return sendCall(request, reply, visit)
  })

  const failed = (failure: Parameters<typeof deskFailure>[1]) =>
    deskFailure(staffTexts, failure, directory.institution.timeZone)

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
    return sendPage(reply, callPage(staffPageOf(services, request), shown), failed?.status ?? 200)
  }

  /** Registers a form of the visit's page: a person is led on, a script is told where. */
  const form = (
    name: keyof ReturnType<typeof visitAddresses>,
    carryOut: (request: FastifyRequest, visit: VisitRow, typed: Form) => Promise<Outcome>,
  ) =>
    app.post(visitAddresses(':id')[name], { preHandler }, async (request, reply) => {
      const visit = await visitOf(request)
      if (!visit) return sendRefusal(services, request, reply, 'unknown')
      const typed = (request.body ?? {}) as Form
      const result = await carryOut(request, visit, typed)
      if (typeof result === 'string' || result.ok) {
        const to = typeof result === 'string' ? result : visitAddresses(visit.id).visit
        return wantsJson(request)
          ? reply.send(typeof result === 'string' ? { ok: true, to } : result)
          : reply.redirect(to, 303)
      }
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
    return result.ok ? visitAddresses(id).visit : failed(result)
  })

  form('release', async ({ staff }, visit) => {
    const result = await releaseVisit(db, { visitId: visit.id, staff, now: clock.now(), bus })
    return result.ok ? dayOfVisit(visit) : failed(result)
  })

  form('end', async ({ staff }, visit, typed) => {
    const how = endOf(typed[endFields.how])
    if (how === undefined) return failed({ reason: 'how_missing' })
    const topicId = directory.topicByCode(textOf(typed[endFields.topic]))?.id ?? null
    const note = textOf(typed[endFields.note])
    const now = clock.now()
    const result = await endVisit(db, { visitId: visit.id, staff, how, note, topicId, now, keys, queue, bus })
    return result.ok ? dayOfVisit(visit) : failed(result)
  })

  form('note', async ({ staff }, { id }, typed) => {
    const result = await saveStaffNote(db, {
      visitId: id,
      staff,
      words: textOf(typed[noteField]),
      now: clock.now(),
      keys,
    })
    return result.ok ? visitAddresses(id).visit : failed(result)
  })

  /** A change of what the visit settles; the page gets all of it anew. */
  const settled = async (visit: VisitRow): Promise<Outcome> => {
    const fresh = (await readVisit(db, visit.id)) ?? visit
    return { ok: true, to: visitAddresses(visit.id).visit, settlement: await readSettlement(db, keys, fresh) }
  }

  form('identity', async ({ staff }, visit, typed) => {
    const decision = identityForm.safeParse(typed)
    if (!decision.success) throw badInput()
    const now = clock.now()
    const result = await decideIdentity(db, { visitId: visit.id, staff, ...decision.data, now, bus })
    return result.ok ? settled(visit) : failed(result)
  })

  form('undoIdentity', async ({ staff }, visit, typed) => {
    const words = textOf(typed.cofniecie)
    const result = await undoIdentity(db, { visitId: visit.id, staff, words, now: clock.now(), keys, bus })
    return result.ok ? settled(visit) : failed(result)
  })

  form('matters', async ({ staff }, visit, typed) => {
    const chosen = mattersForm.safeParse([typed.sprawa ?? []].flat())
    if (!chosen.success) throw badInput()
    const result = await setMatters(db, { visitId: visit.id, staff, matters: chosen.data, now: clock.now() })
    return result.ok ? settled(visit) : failed(result)
  })

  form('agreed', async ({ staff }, visit, typed) => {
    const words = textOf(typed[endFields.note])
    const result = await saveAgreed(db, { visitId: visit.id, staff, words, keys })
    return result.ok ? settled(visit) : failed(result)
  })

  form('application', async ({ staff }, visit, typed) => {
    const id = z.uuid().safeParse(typed.id)
    if (!id.success) throw badInput()
    const result = await acceptApplication(db, {
      visitId: visit.id,
      staff,
      id: id.data,
      kindCode: textOf(typed.rodzaj),
      purpose: textOf(typed.cel),
      readBack: typed.odczytane === 'tak',
      now: clock.now(),
      keys,
      directory,
    })
    return result.ok ? settled(visit) : failed(result)
  })

  form('profile', async ({ staff }, visit) => {
    const result = await confirmProfile(db, { visitId: visit.id, staff, now: clock.now() })
    return result.ok ? settled(visit) : failed(result)
  })

  form('followUp', async ({ staff }, visit, typed) => {
    const topic = directory.topicByCode(textOf(typed.temat))
    const startsAt = z.iso.datetime({ offset: true }).safeParse(typed.termin)
    if (!topic || !startsAt.success) throw badInput()
    const result = await bookFollowUp(db, {
      visitId: visit.id,
      staff,
      topicId: topic.id,
      startsAt: new Date(startsAt.data),
      now: clock.now(),
      keys,
      directory,
      queue,
      bus,
    })
    if (result.ok) return settled(visit)
    return failed(result.reason === 'taken' ? { reason: 'seat_taken' } : { reason: result.reason })
  })

  form('warn', async ({ staff }, { id: visitId }, typed) => {
    const warning = warningForm.safeParse(typed)
    if (!warning.success) throw badInput()
    const result = await warnClient(db, { visitId, staff, ...warning.data, now: clock.now(), bus })
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('ask', async ({ staff }, { id: visitId }, typed) => {
    const asked = askedForm.safeParse(typed.prosba === '' ? null : typed.prosba)
    if (!asked.success) throw badInput()
    const result = await askClient(db, { visitId, staff, asked: asked.data, bus })
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('extend', async ({ staff }, { id: visitId }) => {
    const { bufferMinutes } = directory.institution.settings
    const result = await extendVisit(db, { visitId, staff, bufferMinutes, now: clock.now(), bus })
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('takeOver', async ({ staff }, { id: visitId }) => {
    const result = await takeOver(db, { visitId, staff, now: clock.now(), bus })
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('interpreter', async ({ staff }, { id: visitId }, typed) => {
    const name = typed.bez === 'tak' ? null : textOf(typed.tlumacz)
    const result = await inviteInterpreter(db, { visitId, staff, name, now: clock.now(), keys, bus })
    if (!result.ok) return failed(result)
    const visit = await readVisit(db, visitId)
    return {
      ok: true,
      to: visitAddresses(visitId).visit,
      ...(visit && { interpreterLink: interpreterUrl(publicUrl, keys, visit) }),
    }
  })

  form('recordingChoice', async ({ staff }, { id: visitId }, typed) => {
    const chosen = choiceForm.safeParse(typed)
    if (!chosen.success) throw badInput()
    const { recordingMayBeMissing: mayBeMissing } = directory.institution.settings
    const choice = { visitId, staff, ...chosen.data, mayBeMissing, now: clock.now(), keys, bus }
    const result = await chooseWithoutRecording(db, choice)
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('recordingStop', async ({ staff }, { id: visitId, topic_id: topicId }) => {
    const consent = directory.recordingPolicy(topicId)
    const result = await stopRecording(db, { visitId, staff, consent, now: clock.now(), bus })
    return result.ok ? visitAddresses(visitId).visit : failed(result)
  })

  form('missed', async ({ staff }, visit, typed) => {
    const by = parties.find((party) => party === typed.by)
    if (by === undefined) throw badInput()
    const now = clock.now()
    const result = await markMissed(db, { visitId: visit.id, staff, by, now, keys, queue, bus })
    return result.ok ? dayOfVisit(visit) : failed(result)
  })
}

const identityForm = z
  .object({
    id: z.uuid(),
    wynik: z.enum(identityResults),
    dokument: z.enum(['', ...documentKinds]).default(''),
    'powod-tozsamosci': z.enum(['', ...identityReasons]).default(''),
  })
  .transform(({ id, wynik, dokument, 'powod-tozsamosci': reason }) => ({
    id,
    result: wynik,
    document: dokument === '' ? null : dokument,
    reason: reason === '' ? null : reason,
  }))
const mattersForm = z.array(z.enum(matters)).max(matters.length)
const warningForm = z
  .object({ id: z.uuid(), ostrzezenie: z.enum(warningReasons) })
  .transform(({ id, ostrzezenie }) => ({ id, reason: ostrzezenie }))
const choiceForm = z
  .object({ id: z.uuid(), wybor: z.enum(['wait', 'continue']), 'powod-braku': z.string().default('') })
  .transform(({ id, wybor, 'powod-braku': reason }) => ({ id, choice: wybor, reason }))
const askedForm = z.enum(askedThings).nullable()

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
