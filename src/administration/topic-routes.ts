import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addTopic, changeTopic, readTopics } from '../institution/edit-topic'
import { topicSchema } from '../institution/institution-schema'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { isLanguage, type Language, type StaffTextKey } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import type { FormProblem } from '../staff/pages/form-problems'
import { topicPage, topicsPage } from './pages/topics-page'
import { newOne, oneOf, topicsPath } from './places-address'
import { textOf, type Typed, typedIn } from './typed'

const unprocessable = 422

/** Topics: their words in each language, how they lead to a branch, whether their visits are recorded. */
export function registerTopicRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')
  const isSaved = (request: FastifyRequest) => textOf(typedIn(request.query), 'zapisano') !== ''
  const codeOf = (request: FastifyRequest) => (request.params as { code: string }).code

  app.get(topicsPath, { preHandler }, async (request, reply) =>
    sendPage(
      reply,
      topicsPage(staffPageOf(services, request), {
        topics: await readTopics(db),
        isSaved: isSaved(request),
      }),
    ),
  )

  app.get(`${topicsPath}/:code`, { preHandler }, (request, reply) => show(request, reply))

  app.post(`${topicsPath}/:code`, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const isNew = codeOf(request) === newOne
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, { typed, mistakes })
    const read = readTopicForm(typed, isNew ? textOf(typed, 'kod-tematu').toLowerCase() : codeOf(request))
    if (!read.ok)
      return refuse(
        read.mistakes.map(({ field, key, language }) => ({
          field,
          text: language ? `${t(key)}: ${t(`places.language.${language}`).toLowerCase()}` : t(key),
        })),
      )
    const { code, facts } = read
    const topics = await readTopics(db)
    const edit = { facts, staffId: request.staff.id, now: clock.now(), bus }
    const like = topics.find((one) => one.code === textOf(typed, 'jak'))
    const edited = isNew
      ? await addTopic(db, { ...edit, code, likeTopicId: like?.id ?? null })
      : await changeTopic(db, {
          ...edit,
          topicId: topics.find((one) => one.code === code)?.id ?? 0,
          version: textOf(typed, 'wersja'),
        })
    if (edited.ok) {
      await directory.refresh()
      return reply.redirect(`${oneOf(topicsPath, code)}?zapisano=tak`, 303)
    }
    return edited.reason === 'code_taken'
      ? refuse([{ field: 'kod-tematu', text: t('places.error.codeTaken') }])
      : refuse([{ href: oneOf(topicsPath, code), text: t('plan.refused.changed') }])
  })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): Promise<FastifyReply> => {
    const topics = await readTopics(db)
    const code = codeOf(request)
    const topic = topics.find((one) => one.code === code)
    if (!topic && code !== newOne) throw notFound()
    const page = topicPage(staffPageOf(services, request), {
      ...{ topic, others: topics, isSaved: isSaved(request), ...refused },
      usual: {
        recording: directory.institution.settings.recordingConsent,
        position: Math.max(0, ...topics.map(({ position }) => position)) + 1,
      },
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

interface FieldMistake {
  field: string
  key: StaffTextKey
  language?: Language
}

/** The field of a form for what the schema says is wrong, and what is said there. */
function mistakeAt(path: readonly PropertyKey[]): FieldMistake {
  const [part, inLanguage, field] = path.map(String)
  const language = inLanguage !== undefined && isLanguage(inLanguage) ? inLanguage : 'pl'
  if (part === 'code') return { field: 'kod-tematu', key: 'places.error.topicCode' }
  if (part === 'position') return { field: 'kolejnosc', key: 'places.error.position' }
  if (part !== 'texts') return { field: 'droga', key: 'places.error.choice' }
  if (field === 'name') return { field: `nazwa-${language}`, key: 'places.error.topicName', language }
  if (field === 'hint') return { field: `opis-${language}`, key: 'places.error.topicHint', language }
  return { field: `lista-${language}`, key: 'places.error.prepare', language }
}

function readTopicForm(typed: Typed, code: string) {
  const words = (language: Language) => ({
    name: textOf(typed, `nazwa-${language}`),
    hint: textOf(typed, `opis-${language}`),
    prepare: textOf(typed, `lista-${language}`)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  })
  const parsed = topicSchema.required({ recording: true }).safeParse({
    code,
    position: Number(textOf(typed, 'kolejnosc') || 'x'),
    routing: textOf(typed, 'droga'),
    addressOf: textOf(typed, 'adres'),
    requiresIdentity: textOf(typed, 'tozsamosc') !== '',
    recording: textOf(typed, 'nagranie'),
    texts: { pl: words('pl'), en: words('en'), uk: words('uk') },
  })
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(({ path }) => mistakeAt(path))
    const isFirst = ({ field }: FieldMistake, n: number) =>
      mistakes.findIndex((one) => one.field === field) === n
    return { ok: false as const, mistakes: mistakes.filter(isFirst) }
  }
  const { code: known, ...facts } = parsed.data
  return { ok: true as const, code: known, facts: { ...facts, active: textOf(typed, 'czynny') !== '' } }
}
