import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { badInput } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { may } from '../staff/may'
import { staffPageOf } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import { eraseRecording } from './erase-recording'
import { findRecordings } from './find-recordings'
import { holdRecording, releaseRecording } from './hold-recording'
import { auditRefusal, isSeenBy, type KeptRecording, readKept } from './kept-recording'
import { type ReasonForm, recordingPage, type ShownRecording } from './pages/recording-page'
import { recordingsPage } from './pages/recordings-page'
import { type PlaybackServices, sendRecordingRefusal } from './playback-services'
import { recordingAddresses, reasonField, recordingsPath } from './recording-addresses'
import { readRecordingFacts } from './recording-facts'
import { readFilter } from './recordings-filter'
import { removeErasedBytes } from './erase-expired-recordings'
import { longestReason, openView } from './view-recording'

/** Every reason for which a form of the page is refused, with its status and words. */
const failures = {
  reason_missing: [422, 'recording.reason.short'],
  reason_too_long: [422, 'recording.reason.tooLong'],
  document_number: [422, 'desk.error.documentNumber'],
  changed: [409, 'desk.error.changed'],
  held: [409, 'recording.erase.held'],
  in_progress: [409, 'recording.erase.inProgress'],
  erased: [410, 'recording.refused.erased'],
  not_ready: [409, 'recording.view.notReady'],
} as const
type Failure = keyof typeof failures

/** The list of recordings, and the page of one with its forms. */
export function registerRecordingRoutes(app: FastifyInstance, services: PlaybackServices): void {
  const { db, bus, clock, keys, log, directory, staffTexts, store } = services
  const preHandler = requireStaff(services)
  const { timeZone } = directory.institution

  app.get(recordingsPath, { preHandler }, async (request, reply) => {
    const { staff } = request
    const branches = directory.branches.filter(({ id }) => may(staff, 'watch_recording', id))
    if (branches.length === 0) {
      await auditRefusal(db, { staff, what: 'list', why: 'not_allowed', now: clock.now() })
      return sendRecordingRefusal(services, request, reply, 'not_allowed')
    }
    const read = readFilter(request.query, { branches, topics: directory.topics })
    if (!read) throw badInput()
    const { typed, filter, error } = read
    const branchIds = filter.branchId === null ? branches.map(({ id }) => id) : [filter.branchId]
    const found = error
      ? { recordings: [], more: false }
      : await findRecordings(db, { staff, branchIds, filter, keys, directory })
    const shown = { branches, topics: directory.topics, typed, filter, error, found, timeZone }
    return sendPage(reply, recordingsPage(staffPageOf(services, request), shown), error ? 422 : 200)
  })

  app.get(recordingAddresses(':visitId').page, { preHandler }, async (request, reply) => {
    const recording = await recordingOf(request, reply, 'page')
    return recording ? show(request, reply, recording) : reply
  })

  /** The recording of the address, when this person may know of it; otherwise the answer is sent. */
  const recordingOf = async (
    request: FastifyRequest,
    reply: FastifyReply,
    what: 'page' | 'view' | 'hold' | 'erase',
  ): Promise<KeptRecording | undefined> => {
    const { staff } = request
    const id = z.uuid().safeParse((request.params as { visitId: string }).visitId)
    const recording = id.success ? await readKept(db, id.data) : undefined
    const action = what === 'hold' || what === 'erase' ? 'keep_recording' : 'watch_recording'
    if (recording && isSeenBy(staff, recording, action)) return recording
    const knows = recording && isSeenBy(staff, recording)
    const mayWatch = directory.branches.some((branch) => may(staff, 'watch_recording', branch.id))
    const why = knows || !mayWatch ? 'not_allowed' : 'unknown'
    await auditRefusal(db, { staff, what, why, recording, now: clock.now() })
    sendRecordingRefusal(services, request, reply, why)
    return undefined
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    recording: KeptRecording,
    failed?: { status: number; problem: NonNullable<ShownRecording['problem']> },
  ): Promise<FastifyReply> => {
    const facts = await readRecordingFacts(db, { recording, staff: request.staff, keys })
    const page = recordingPage(staffPageOf(services, request), {
      facts,
      branch: directory.branchById(recording.branchId)?.name ?? '',
      topic: directory.topicById(recording.topicId)?.texts.pl.name ?? '',
      timeZone,
      problem: failed?.problem ?? null,
    })
    return sendPage(reply, page, failed?.status ?? 200)
  }

  type Outcome = { ok: true; to?: string } | { ok: false; reason: Failure | 'not_allowed' }

  const form = (
    name: ReasonForm,
    what: 'view' | 'hold' | 'erase',
    carryOut: (act: { visitId: string; request: FastifyRequest; reason: string }) => Promise<Outcome>,
  ) =>
    app.post(recordingAddresses(':visitId')[name], { preHandler }, async (request, reply) => {
      const recording = await recordingOf(request, reply, what)
      if (!recording) return reply
      const typed = ((request.body ?? {}) as Record<string, unknown>)[reasonField]
      const reason = typeof typed === 'string' ? typed : ''
      const { visitId } = recording
      const result = await carryOut({ visitId, request, reason })
      if (result.ok) return reply.redirect(result.to ?? recordingAddresses(visitId).page, 303)
      if (result.reason === 'not_allowed')
        return sendRecordingRefusal(services, request, reply, 'not_allowed')
      const [status, text] = failures[result.reason]
      if (name === 'watch' && (result.reason === 'erased' || result.reason === 'not_ready'))
        await auditRefusal(db, {
          staff: request.staff,
          what,
          why: result.reason,
          recording,
          now: clock.now(),
        })
      const problem = { form: name, message: staffTexts.t(text, { max: longestReason }), typed: reason }
      return show(request, reply, (await readKept(db, visitId)) ?? recording, { status, problem })
    })

  form('watch', 'view', async ({ visitId, request: { staff }, reason }) => {
    const opened = await openView(db, { visitId, staff, reason, now: clock.now(), keys })
    return opened.ok ? { ok: true, to: recordingAddresses(visitId).view(opened.viewId) } : opened
  })
  form('hold', 'hold', ({ visitId, request: { staff }, reason }) =>
    holdRecording(db, { visitId, staff, reason, now: clock.now(), keys }),
  )
  form('release', 'hold', ({ visitId, request: { staff }, reason }) =>
    releaseRecording(db, { visitId, staff, reason, now: clock.now(), keys }),
  )
  form('erase', 'erase', async ({ visitId, request: { staff }, reason }) => {
    const erased = await eraseRecording(db, { visitId, staff, reason, now: clock.now(), keys, bus })
    // Erased it is already; bytes that stay are removed by the hourly job
    if (erased.ok)
      void removeErasedBytes(db, { now: clock.now(), store, log }).catch((error: unknown) =>
        log.error({ error }, 'the bytes of an erased recording were not removed'),
      )
    return erased
  })
}
