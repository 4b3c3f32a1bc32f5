import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  addCertificateKind,
  changeCertificateKind,
  readCertificateKinds,
} from '../institution/edit-certificate-kind'
import { certificateKindSchema } from '../institution/institution-schema'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import type { StaffTranslator } from '../platform/i18n/translator'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { isLanguage } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { certificatePage, certificatesPage } from './pages/certificates-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { certificatesPath, newOne, oneOf } from './places-address'
import { textOf, type Typed, typedIn } from './typed'

const unprocessable = 422

/** The kinds of certificates that clients can apply for during a visit. */
export function registerCertificateRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')
  const isSaved = (request: FastifyRequest) => textOf(typedIn(request.query), 'zapisano') !== ''
  const codeOf = (request: FastifyRequest) => (request.params as { code: string }).code

  app.get(certificatesPath, { preHandler }, async (request, reply) =>
    sendPage(
      reply,
      certificatesPage(staffPageOf(services, request), {
        kinds: await readCertificateKinds(db),
        isSaved: isSaved(request),
      }),
    ),
  )

  app.get(`${certificatesPath}/:code`, { preHandler }, (request, reply) => show(request, reply))

  app.post(`${certificatesPath}/:code`, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const isNew = codeOf(request) === newOne
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, { typed, mistakes })
    const read = readForm(typed, isNew ? textOf(typed, 'kod').toLowerCase() : codeOf(request), staffTexts)
    if (!read.ok) return refuse(read.mistakes)
    const { code, ...facts } = read.kind
    const edit = { code, facts, staffId: request.staff.id, now: clock.now(), bus }
    const isReserved = code === newOne
    const edited = !isNew
      ? await changeCertificateKind(db, { ...edit, version: textOf(typed, 'wersja') })
      : isReserved
        ? ({ ok: false, reason: 'code_taken' } as const)
        : await addCertificateKind(db, edit)
    if (edited.ok) {
      await directory.refresh()
      return reply.redirect(`${certificatesPath}?zapisano=tak`, 303)
    }
    return edited.reason === 'code_taken'
      ? refuse([{ field: 'kod', text: t('places.error.codeTaken') }])
      : refuse([{ href: oneOf(certificatesPath, code), text: t('plan.refused.changed') }])
  })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): Promise<FastifyReply> => {
    const kinds = await readCertificateKinds(db)
    const code = codeOf(request)
    const kind = kinds.find((one) => one.code === code)
    if (!kind && code !== newOne) throw notFound()
    const page = certificatePage(staffPageOf(services, request), {
      kind,
      nextPosition: Math.max(0, ...kinds.map(({ position }) => position)) + 1,
      ...refused,
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

function readForm(typed: Typed, code: string, { t }: StaffTranslator) {
  const name = (language: string) => textOf(typed, `nazwa-${language}`)
  const parsed = certificateKindSchema.safeParse({
    code,
    position: Number(textOf(typed, 'kolejnosc') || 'x'),
    texts: { pl: name('pl'), en: name('en'), uk: name('uk') },
  })
  if (parsed.success)
    return { ok: true as const, kind: { ...parsed.data, active: textOf(typed, 'czynny') !== '' } }
  const mistakes = parsed.error.issues.map(({ path }): FormProblem => {
    const [part, language = ''] = path.map(String)
    if (part === 'code') return { field: 'kod', text: t('places.error.topicCode') }
    if (part === 'position') return { field: 'kolejnosc', text: t('places.error.position') }
    const inLanguage = isLanguage(language) ? language : 'pl'
    const words = t(`places.language.${inLanguage}`).toLowerCase()
    return { field: `nazwa-${inLanguage}`, text: `${t('places.error.name')}: ${words}` }
  })
  return { ok: false as const, mistakes }
}
