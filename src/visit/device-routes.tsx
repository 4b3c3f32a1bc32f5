import { randomBytes, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type BookingServices, pageOf } from '../booking/booking-services'
import { invalidLinkPage } from '../booking/pages/message-pages'
import type { Config } from '../config/config'
import { badInput, notFound } from '../platform/http/http-error'
import { localizedPath } from '../platform/http/localized-path'
import { sendPage, sendPublicPage } from '../platform/http/page'
import { deviceReport } from './device-report'
import { meetingVisitor } from './meeting-visitor'
import { devicePage } from './pages/device-page'
import { saveDeviceCheck } from './save-device-check'
import { turnCredentials } from './turn-credentials'

export interface DeviceServices extends BookingServices {
  demo: boolean
  config: Pick<Config, 'turn'>
}

const addresses = {
  relays: '/sprawdz-urzadzenie/serwery',
  download: '/sprawdz-urzadzenie/pobieranie',
  upload: '/sprawdz-urzadzenie/wysylanie',
}

/** Random and longer than what a compressor looks back over, so that nothing on the way makes it smaller. */
const block = randomBytes(65_536)
/** Enough for four seconds at 20 Mb/s; who has more is fast enough. */
const downloadBlocks = 160
function* download(): Generator<Buffer> {
  for (let sent = 0; sent < downloadBlocks; sent++) yield block
}
const uploadLimit = 4_000_000
/** Long enough for a check, too short to be worth taking. */
const relaySeconds = 120
const rateLimit = { max: 30, timeWindow: '1 minute' }

/** The device check, for anybody and for the client of a visit, and what it measures against. */
export function registerDeviceRoutes(app: FastifyInstance, services: DeviceServices): void {
  const { db, bus, clock, keys, directory, demo, config } = services

  app.get('/sprawdz-urzadzenie', (request, reply) =>
    sendPublicPage(
      reply,
      devicePage(pageOf(services, request), {
        addresses: { ...addresses, report: null },
        demo,
        onward: null,
      }),
    ),
  )

  app.get('/spotkanie/:token/sprzet', async (request, reply) => {
    const { token } = request.params as { token: string }
    const visitor = await meetingVisitor(db, keys, token)
    if (!visitor) return sendPage(reply, invalidLinkPage(pageOf(services, request, '/znajdz')), 404)
    const meeting = `/spotkanie/${token}`
    const report = visitor.participant === 'client' ? `${meeting}/sprzet` : null
    const onward = localizedPath(request.language, meeting)
    const view = { addresses: { ...addresses, report }, demo, onward }
    return sendPage(reply, devicePage(pageOf(services, request), view))
  })

  app.post('/spotkanie/:token/sprzet', { config: { rateLimit } }, async (request, reply) => {
    const { token } = request.params as { token: string }
    const visitor = await meetingVisitor(db, keys, token)
    if (visitor?.participant !== 'client') throw notFound()
    const report = deviceReport.safeParse(request.body)
    if (!report.success) throw badInput()
    const { openBeforeMinutes } = directory.institution.settings
    const saved = await saveDeviceCheck(db, {
      visit: visitor.visit,
      report: report.data,
      now: clock.now(),
      openBeforeMinutes,
      bus,
    })
    return reply.code(saved.ok ? 204 : 409).send()
  })

  app.get(addresses.relays, { config: { rateLimit } }, (_request, reply) => {
    const turn = config.turn && { ...config.turn, credentialSeconds: relaySeconds }
    return reply
      .header('cache-control', 'no-store')
      .send({ iceServers: turnCredentials(turn, `check-${randomUUID()}`, clock.now()) })
  })

  app.get(addresses.download, { config: { rateLimit }, compress: false }, (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .header('content-type', 'application/octet-stream')
      .header('content-length', downloadBlocks * block.length)
      .send(Readable.from(download())),
  )

  void app.register((upload, _options, done) => {
    // Counted and dropped as it comes; nothing of it is kept
    upload.addContentTypeParser('application/octet-stream', (_request, body, parsed) => {
      let size = 0
      body.on('data', (part: Buffer) => {
        size += part.length
        if (size > uploadLimit) body.destroy(badInput())
      })
      body.on('error', parsed)
      body.on('end', () => parsed(null, undefined))
    })
    upload.post(addresses.upload, { config: { rateLimit }, bodyLimit: uploadLimit }, (_request, reply) =>
      reply.code(200).send({}),
    )
    done()
  })
}
