import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../platform/clock'
import { notFound } from '../platform/http/http-error'
import { sendPublicPage } from '../platform/http/page'
import type { Translator } from '../platform/i18n/translator'
import { dayOf } from '../platform/zone'
import type { Language } from '../texts/catalogue'
import type { Directory } from './directory'
import type { LegalKind } from './institution-data'
import { accessibilityPage } from './pages/accessibility-page'
import { cookiesPage } from './pages/cookies-page'
import type { InformationPage } from './pages/information-page'
import { legalPage } from './pages/legal-page'

export interface InformationServices {
  clock: Clock
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  /** Without a trailing slash. */
  publicUrl: string
}

/** Where everybody reads the legal texts. */
export const legalPaths: readonly (readonly [path: string, kind: LegalKind])[] = [
  ['/zasady', 'rules'],
  ['/dane-osobowe', 'privacy'],
  ['/nagrywanie', 'recording'],
]

/** Rules, data protection, recording, cookies, accessibility: the same for everybody, in three languages. */
export function registerInformationRoutes(app: FastifyInstance, services: InformationServices): void {
  const { clock, directory, translators, publicUrl } = services
  const pageOf = (request: FastifyRequest): InformationPage => ({
    t: translators[request.language],
    language: request.language,
    path: request.url,
    timeZone: directory.institution.timeZone,
  })

  for (const [path, kind] of legalPaths) {
    app.get(path, (request, reply) => {
      const { wersja } = request.query as { wersja?: unknown }
      const day = dayOf(clock.now(), directory.institution.timeZone)
      const current = directory.currentLegalText(kind, request.language, day)
      if (wersja === undefined || wersja === current.version)
        return sendPublicPage(reply, legalPage(pageOf(request), { text: current }))
      const text =
        typeof wersja === 'string' ? directory.legalText(kind, wersja, request.language) : undefined
      if (!text) throw notFound()
      return sendPublicPage(reply, legalPage(pageOf(request), { text, newer: { text: current, path } }))
    })
  }

  app.get('/cookies', (request, reply) => sendPublicPage(reply, cookiesPage(pageOf(request))))

  app.get('/dostepnosc', (request, reply) =>
    sendPublicPage(
      reply,
      accessibilityPage(pageOf(request), {
        institution: directory.institution,
        declaration: directory.declaration,
        publicUrl,
      }),
    ),
  )
}
