import type { FastifyInstance } from 'fastify'
import { createHttpServer } from '../platform/http/server'
import { registerAdministrationRoutes } from '../administration/administration-routes'
import { registerBookingApi } from '../booking/booking-api'
import { registerBookingRoutes } from '../booking/booking-routes'
import { registerDeskRoutes } from '../desk/desk-routes'
import { type Institution, institutionWords } from '../institution/directory'
import { registerInformationRoutes } from '../institution/information-routes'
import { registerDeliveryReportRoutes } from '../message/delivery-report-routes'
import { registerMailboxRoutes } from '../message/mailbox/mailbox-routes'
import { registerOperationsRoutes } from '../operations/operations-routes'
import { registerPrivacyRoutes } from '../privacy/privacy-routes'
import { registerStaffRoutes } from '../staff/staff-routes'
import { registerJournalRoutes } from '../recording/journal-routes'
import { registerPlaybackRoutes } from '../recording/playback-routes'
import { registerRecordingRoutes } from '../recording/recording-routes'
import { registerReplanningRoutes } from '../replanning/replanning-routes'
import { registerStatisticsRoutes } from '../statistics/statistics-routes'
import { registerSigningKeysApi } from '../recording/signing-keys-api'
import { setSite, type Site } from '../ui/site'
import { registerDeviceRoutes } from '../visit/device-routes'
import { registerMeetingRoutes } from '../visit/meeting-routes'
import { keepServerProcess } from '../visit/server-process'
import { registerRoomRoutes } from '../visit/room-routes'
import { describeApi, registerApiPage } from './api-document'
import { sampleAccounts } from './demo/sample-staff'
import { readAbout } from './about'
import { registerHealthRoutes } from './health-routes'
import { problemAnswer } from './problem-answer'
import type { Services } from './services'
import { smsProvider } from './sms-provider'
import { serveStaticFiles } from './static-files'

/** What all pages show of the institution, made anew when it changes. */
function siteOf({ directory, demo }: Services): () => Site {
  let made: { of: Institution; site: Site } | undefined
  return () => {
    const { institution } = directory
    if (made?.of !== institution) {
      const words = {
        pl: institutionWords(institution, 'pl'),
        en: institutionWords(institution, 'en'),
        uk: institutionWords(institution, 'uk'),
      }
      made = { of: institution, site: { words, phoneE164: institution.phoneE164, demo } }
    }
    return made.site
  }
}

/** The whole product as one Fastify instance, not listening yet. */
export async function buildApp(
  services: Services,
  isStopping: () => boolean = () => false,
): Promise<FastifyInstance> {
  const { config, log, publicUrl, translators } = services
  setSite(siteOf(services))
  const app = await createHttpServer(
    {
      publicUrl,
      trustProxy: config.trustProxy,
      rateLimits: config.rateLimits,
      cameraRoutes: ['/spotkanie/', '/pracownik/wizyta/', '/sprawdz-urzadzenie'],
      programRoutes: ['/api/', '/zwrotka/'],
    },
    log,
    problemAnswer(translators, services),
  )
  await serveStaticFiles(app)
  await describeApi(app)

  registerHealthRoutes(app, { db: services.db, isStopping })
  registerInformationRoutes(app, services)
  registerBookingRoutes(app, services)
  registerBookingApi(app, services)
  registerDeviceRoutes(app, services)
  registerMeetingRoutes(app, services)
  const serverProcess = keepServerProcess(app, services)
  registerRoomRoutes(app, services, serverProcess)
  registerJournalRoutes(app, services)
  registerStaffRoutes(app, services, services.demo ? sampleAccounts : undefined)
  registerDeskRoutes(app, services, serverProcess)
  registerRecordingRoutes(app, services)
  registerPlaybackRoutes(app, services)
  registerSigningKeysApi(app, services)
  registerOperationsRoutes(app, { ...services, sms: smsProvider(services), about: await readAbout(services) })
  registerStatisticsRoutes(app, services)
  registerReplanningRoutes(app, services)
  registerAdministrationRoutes(app, services)
  registerPrivacyRoutes(app, services)
  registerDeliveryReportRoutes(app, services)
  if (services.demo) registerMailboxRoutes(app, services)
  registerApiPage(app, services)
  return app
}
