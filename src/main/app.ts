import type { FastifyInstance } from 'fastify'
import { createHttpServer } from '../platform/http/server'
import { registerAdministrationRoutes } from '../administration/administration-routes'
import { registerBookingApi } from '../booking/booking-api'
import { registerBookingRoutes } from '../booking/booking-routes'
import { registerDeskRoutes } from '../desk/desk-routes'
import { institutionWords } from '../institution/directory'
import { readInstitutionData } from '../institution/read-institution-data'
import { registerInformationRoutes } from '../institution/information-routes'
import { registerDeliveryReportRoutes } from '../message/delivery-report-routes'
import { registerMailboxRoutes } from '../message/mailbox/mailbox-routes'
import { registerOperationsRoutes } from '../operations/operations-routes'
import { registerStaffRoutes } from '../staff/staff-routes'
import { registerJournalRoutes } from '../recording/journal-routes'
import { registerPlaybackRoutes } from '../recording/playback-routes'
import { registerRecordingRoutes } from '../recording/recording-routes'
import { registerStatisticsRoutes } from '../statistics/statistics-routes'
import { setSite } from '../ui/site'
import { registerDeviceRoutes } from '../visit/device-routes'
import { registerMeetingRoutes } from '../visit/meeting-routes'
import { keepServerProcess } from '../visit/server-process'
import { registerRoomRoutes } from '../visit/room-routes'
import { describeApi, registerApiPage } from './api-document'
import { sampleAccounts } from './demo/sample-staff'
import { registerHealthRoutes } from './health-routes'
import { problemAnswer } from './problem-answer'
import { institutionFolder } from './project-folder'
import type { Services } from './services'
import { serveStaticFiles } from './static-files'

/** The whole product as one Fastify instance, not listening yet. */
export async function buildApp(
  services: Services,
  isStopping: () => boolean = () => false,
): Promise<FastifyInstance> {
  const { config, directory, log, publicUrl, translators } = services
  setSite({
    words: {
      pl: institutionWords(directory.institution, 'pl'),
      en: institutionWords(directory.institution, 'en'),
      uk: institutionWords(directory.institution, 'uk'),
    },
    phoneE164: directory.institution.phoneE164,
    demo: services.demo,
  })
  const app = await createHttpServer(
    {
      publicUrl,
      trustProxy: config.trustProxy,
      rateLimits: config.rateLimits,
      cameraRoutes: ['/spotkanie/', '/pracownik/wizyta/', '/sprawdz-urzadzenie'],
      programRoutes: ['/api/', '/zwrotka/'],
    },
    log,
    problemAnswer(translators),
  )
  await serveStaticFiles(app)
  await describeApi(app, directory.institution.texts.en.name)

  registerHealthRoutes(app, { db: services.db, isStopping })
  registerInformationRoutes(app, { ...services, declaration: await readInstitutionData(institutionFolder) })
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
  registerStatisticsRoutes(app, services)
  registerOperationsRoutes(app, services)
  registerAdministrationRoutes(app, services)
  registerDeliveryReportRoutes(app, services)
  if (services.demo) registerMailboxRoutes(app, services)
  registerApiPage(app)
  return app
}
