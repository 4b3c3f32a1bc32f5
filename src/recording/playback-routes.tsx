import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readVisit } from '../booking/read-visit'
import { HttpError } from '../platform/http/http-error'
import { type Every, everyInterval } from '../platform/every'
import { sendPage } from '../platform/http/page'
import { sendStaffMessage, staffPageOf } from '../staff/staff-page'
import { requireStaff, staffOf } from '../staff/staff-session'
import { watchSession } from '../staff/watch-session'
import { readByteRange } from './byte-range'
import { auditRecording, auditRefusal, type RecordingRefusal } from './kept-recording'
import { type RecordingMessage, recordingTopic } from './journals'
import { packagePage } from './pages/package-page'
import { playerPage } from './pages/player-page'
import { type PlaybackServices, sendRecordingRefusal } from './playback-services'
import { readFiles, readIndex, startReading } from './play-file'
import { playerBoot, readSaid } from './player-facts'
import { recordingAddresses } from './recording-addresses'
import { isPackageOf, preparePackage, streamPackage } from './take-along'
import { packageReadme } from './package-readme'
import { isFirstRead, readView, type ValidView } from './view-recording'

type View = Extract<ValidView, { ok: true }> & { viewId: string; address: string }
type Asked = Parameters<typeof auditRefusal>[1]['what']

const seekBody = z.object({
  na: z
    .string()
    .regex(/^\d{1,8}$/)
    .transform(Number),
})

/** The player of a recording and the media it plays, for the person of a view and nobody else. */
export function registerPlaybackRoutes(
  app: FastifyInstance,
  services: PlaybackServices,
  every: Every = everyInterval,
): void {
  const { db, bus, clock, keys, directory, staffTexts, store, log } = services
  const preHandler = requireStaff(services)
  const viewPath = recordingAddresses(':visitId').view(':viewId')
  const { timeZone } = directory.institution
  const mayTakeAlong = (): boolean => directory.institution.settings.recordingDownload

  /** The view of the address, or why there is none, written down. */
  const viewOf = async (request: FastifyRequest, what: Asked): Promise<View | RecordingRefusal> => {
    const { staff } = request
    const { visitId, viewId } = request.params as { visitId: string; viewId: string }
    const now = clock.now()
    const areIds = z.uuid().safeParse(visitId).success && z.uuid().safeParse(viewId).success
    const view: ValidView = areIds
      ? await readView(db, { visitId, viewId, staff, now })
      : { ok: false, reason: 'view_unknown' }
    if (view.ok) return { ...view, viewId, address: recordingAddresses(visitId).view(viewId) }
    await auditRefusal(db, { staff, what, why: view.reason, recording: view.recording, now })
    return view.reason
  }

  app.get(viewPath, { preHandler }, async (request, reply) => {
    const view = await viewOf(request, 'view')
    if (typeof view === 'string') return sendRecordingRefusal(services, request, reply, view)
    const { recording, address } = view
    const { visitId } = recording
    const visit = await readVisit(db, visitId)
    const index = await readIndex(db, services, recording).catch((error: unknown) => {
      log.error({ error, visit: visitId }, 'the index of a recording cannot be read')
      return undefined
    })
    if (!visit || !index)
      return sendStaffMessage(services, request, reply, {
        reason: 'damaged',
        message: staffTexts.t('recording.refused.damaged'),
        status: 500,
      })
    const now = clock.now()
    const boot = playerBoot({ staffTexts, index, address, viewer: request.staff.name, now, timeZone })
    const said = await readSaid(db, { visitId, startsAt: new Date(index.startsAt), keys, staffTexts })
    const page = playerPage(staffPageOf(services, request), {
      ...{ boot, index, said },
      number: visit.number,
      back: recordingAddresses(visitId).page,
      packageAddress: mayTakeAlong() ? `${address}/paczka` : null,
    })
    return sendPage(reply, page)
  })

  app.post(`${viewPath}/przewiniecie`, { preHandler }, async (request, reply) => {
    const view = await viewOf(request, 'seek')
    if (typeof view === 'string') return sendRecordingRefusal(services, request, reply, view)
    const body = seekBody.safeParse(request.body)
    if (!body.success) throw new HttpError('bad_input')
    await auditRecording(db, {
      staff: request.staff,
      action: 'recording.sought',
      recording: view.recording,
      details: { view: view.viewId, toMs: body.data.na },
      now: clock.now(),
    })
    return reply.code(204).send()
  })

  /** A player is told with a status: a sign-in page is no media. */
  const requireMediaStaff = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const staff = await staffOf(db, request, clock.now())
    if (staff) request.staff = staff
    else await reply.code(401).headers({ 'cache-control': 'no-store' }).send()
  }

  app.route({
    method: ['GET', 'HEAD'],
    url: `${viewPath}/plik/:name`,
    preHandler: requireMediaStaff,
    handler: async (request, reply) => {
      const view = await viewOf(request, 'file')
      reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' })
      if (typeof view === 'string') return reply.code(refusalStatuses[view]).send()
      const { recording, viewId } = view
      const { name } = request.params as { name: string }
      const file = (await readFiles(db, recording)).find((one) => one.name === name && one.kind !== 'index')
      if (!file) return reply.code(404).send()
      const range = readByteRange(request.headers.range, file.length)
      reply.headers({ 'accept-ranges': 'bytes', 'content-disposition': 'inline' })
      if (range.kind === 'none')
        return reply
          .code(416)
          .headers({ 'content-range': `bytes */${file.length}` })
          .send()
      const { start, end } = range.kind === 'part' ? range : { start: 0, end: file.length }
      const part = { start, end }
      if (request.method !== 'HEAD' && (await isFirstRead(db, viewId, name)))
        await auditRecording(db, {
          staff: request.staff,
          action: 'recording.file_read',
          recording,
          details: { view: viewId, file: name },
          now: clock.now(),
        })
      const bytes =
        request.method === 'HEAD' ? undefined : await startReading(services, recording, file, part)
      reply
        .code(range.kind === 'part' ? 206 : 200)
        .headers({ 'content-type': 'video/webm', 'content-length': String(end - start) })
      if (range.kind === 'part') reply.header('content-range', `bytes ${start}-${end - 1}/${file.length}`)
      return reply.send(bytes && whileAllowed(request, reply, view, bytes))
    },
  })

  /**
   * The same bytes, broken off once the person signs out, the view expires or the recording is erased: what is
   * broken off is shorter than was said, so that no player takes it for the whole.
   */
  const whileAllowed = (
    request: FastifyRequest,
    reply: FastifyReply,
    view: View,
    bytes: AsyncGenerator<Buffer>,
  ): Readable => {
    let ended: string | undefined
    /** The connection itself: a store that does not answer must not keep the stream open. */
    const breakOff = (why: string) => {
      ended = why
      log.warn({ reqId: request.id, why }, 'a recording was broken off')
      reply.raw.destroy()
    }
    const stopWatching = watchSession(services, {
      request,
      staffId: request.staff.id,
      isActivity: true,
      every,
      onEnd: () => breakOff('signed_out'),
    })
    const stopListening = bus.subscribe(recordingTopic(view.recording.visitId), (body) => {
      if ((body as RecordingMessage).type === 'erased') breakOff('erased')
    })
    async function* allowed(): AsyncGenerator<Buffer> {
      for await (const piece of bytes) {
        if (ended === undefined && clock.now() >= view.expiresAt) ended = 'expired'
        if (ended !== undefined) throw new Error(ended)
        yield piece
      }
    }
    reply.raw.once('close', () => {
      stopWatching()
      stopListening()
    })
    return Readable.from(allowed(), { objectMode: false, highWaterMark: 64 * 1024 })
  }

  app.post(`${viewPath}/paczka`, { preHandler }, async (request, reply) => {
    const view = await viewOf(request, 'package')
    if (typeof view === 'string') return sendRecordingRefusal(services, request, reply, view)
    const { recording, viewId, address } = view
    const now = clock.now()
    const { staff } = request
    if (!mayTakeAlong()) {
      await auditRefusal(db, { staff, what: 'package', why: 'no_download', recording, now })
      return sendRecordingRefusal(services, request, reply, 'no_download')
    }
    const made = await preparePackage(db, { recording, viewId, staff, keys, now })
    if (!made.ok) return sendRecordingRefusal(services, request, reply, made.reason)
    return sendPage(
      reply,
      packagePage(staffPageOf(services, request), {
        passphrase: made.passphrase,
        download: `${address}/paczka/${made.packageId}`,
        back: address,
      }),
    )
  })

  app.get(`${viewPath}/paczka/:packageId`, { preHandler }, async (request, reply) => {
    const view = await viewOf(request, 'package')
    if (typeof view === 'string') return sendRecordingRefusal(services, request, reply, view)
    const { recording, viewId } = view
    const { packageId } = request.params as { packageId: string }
    const now = clock.now()
    const known =
      mayTakeAlong() &&
      z.uuid().safeParse(packageId).success &&
      (await isPackageOf(db, { packageId, viewId }))
    if (!known) {
      const why = mayTakeAlong() ? 'view_unknown' : 'no_download'
      await auditRefusal(db, { staff: request.staff, what: 'package', why, recording, now })
      return sendRecordingRefusal(services, request, reply, why)
    }
    const visit = await readVisit(db, recording.visitId)
    const readme = packageReadme(visit?.number ?? '')
    const bytes = streamPackage(db, { recording, packageId, viewId, keys, store, now, readme })
    return reply
      .headers({
        'cache-control': 'no-store',
        'content-type': 'application/x-tar',
        'content-disposition': `attachment; filename="nagranie-${visit?.number ?? ''}.tar"`,
        // A compressed tar of sealed bytes is no smaller
        'content-encoding': 'identity',
      })
      .send(whileAllowed(request, reply, view, bytes))
  })
}

const refusalStatuses: Record<RecordingRefusal, number> = {
  unknown: 404,
  not_allowed: 403,
  erased: 410,
  not_ready: 409,
  view_unknown: 404,
  view_expired: 403,
  no_download: 403,
}
