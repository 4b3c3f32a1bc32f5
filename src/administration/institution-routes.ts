import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  type Description,
  type DescriptionProblem,
  describeInstitution,
  readDescriptions,
} from '../institution/wording/describe-institution'
import type { InstitutionTexts } from '../institution/institution-data'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dateWords, timeOfDay } from '../platform/i18n/dates'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { type Language, languages } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { institutionField, institutionFields, institutionPage, phoneField } from './pages/institution-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { textVersionPage } from './pages/text-version-page'
import { textsAddresses } from './texts-addresses'
import { typedNumber, typedText } from './typed-text'

/** What the institution says of itself on pages and in messages. */
export function registerInstitutionRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const preHandler = requireActionEverywhere(services, 'administer')
  const { t } = staffTexts

  interface Form {
    description: Description
    restored: string | undefined
    problems?: readonly FormProblem[]
    done?: string | undefined
    status?: number
  }

  const showForm = async (request: FastifyRequest, reply: FastifyReply, form: Form) => {
    const page = institutionPage(staffPageOf(services, request), {
      description: form.description,
      restored: form.restored,
      problems: form.problems ?? [],
      versions: await readDescriptions(db),
      done: form.done,
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page, form.status ?? 200)
  }

  app.get(textsAddresses.institution, { preHandler }, async (request, reply) => {
    const { z, zapisano } = request.query as { z?: unknown; zapisano?: unknown }
    const versions = await readDescriptions(db)
    const kept = versions.find(({ version }) => String(version) === z)
    const saved = versions.find(({ version }) => String(version) === zapisano)
    const done = saved && t('admin.texts.saved', { version: saved.version })
    return showForm(request, reply, {
      description: kept ?? directory.institution,
      restored: kept && String(kept.version),
      done,
    })
  })

  app.post(textsAddresses.institution, { preHandler }, async (request, reply) => {
    const { body } = request
    const description = { phoneE164: typedText(body, phoneField), texts: typedTexts(body) }
    const restored = typedNumber(body, 'z')
    const described = await describeInstitution(
      db,
      {
        ...description,
        seenVersion: typedNumber(body, 'wersja'),
        staffId: request.staff.id,
        ...(restored > 0 && { restoredVersion: restored }),
      },
      {
        institution: directory.institution,
        wordings: directory.wordings(() => clock.now()),
        now: clock.now(),
        bus,
      },
    )
    if (described.ok) {
      await directory.refresh()
      return reply.redirect(`${textsAddresses.institution}?zapisano=${described.version}`, 303)
    }
    return showForm(request, reply, {
      description,
      restored: restored > 0 ? String(restored) : undefined,
      problems:
        described.reason === 'problems'
          ? described.problems.map(problemWords)
          : [{ text: t('admin.texts.problem.changed') }],
      status: described.reason === 'changed' ? 409 : 422,
    })
  })

  const problemWords = (problem: DescriptionProblem): FormProblem => {
    if (problem.part === 'phone') return { field: phoneField, text: t('admin.institution.problem.phone') }
    const { language, field } = problem
    return {
      field: institutionField(field, language),
      text: t(`admin.institution.problem.${problem.part}`, {
        part: t(`admin.institution.field.${field}`),
        language: t(`admin.texts.language.${language}`),
      }),
    }
  }

  app.get(textsAddresses.institutionVersion(':version'), { preHandler }, async (request, reply) => {
    const { timeZone } = directory.institution
    const versions = await readDescriptions(db)
    const wanted = (request.params as { version: string }).version
    const at = versions.findIndex(({ version }) => String(version) === wanted)
    const kept = versions[at]
    if (!kept) throw notFound()
    const before = versions[at + 1]
    const title = t('admin.texts.name.institution')
    const page = textVersionPage(staffPageOf(services, request), {
      title,
      version: wanted,
      text: { path: textsAddresses.institution, text: title },
      facts: kept.savedBy
        ? `${kept.savedBy} · ${dateWords(kept.savedAt, 'pl', timeZone)}, ${timeOfDay(kept.savedAt, timeZone)}`
        : t('admin.institution.begin'),
      before: before ? t('admin.texts.version', { version: before.version }) : '–',
      parts: [
        {
          title: t('admin.institution.phoneE164'),
          before: before?.phoneE164 ?? '',
          after: kept.phoneE164,
        },
        ...languages.map((language) => ({
          title: t(`admin.texts.language.${language}`),
          before: before ? lines(before.texts[language]) : '',
          after: lines(kept.texts[language]),
        })),
      ],
      restore: `${textsAddresses.institution}?z=${wanted}`,
      withdraw: undefined,
    })
    return sendPage(reply, page)
  })

  const lines = (texts: InstitutionTexts): string =>
    institutionFields.map((field) => `${t(`admin.institution.field.${field}`)}: ${texts[field]}`).join('\n')
}

const typedTexts = (body: unknown): Description['texts'] => {
  const inLanguage = (language: Language) =>
    Object.fromEntries(
      institutionFields.map((field) => [field, typedText(body, institutionField(field, language))]),
    ) as InstitutionTexts
  return { pl: inLanguage('pl'), en: inLanguage('en'), uk: inLanguage('uk') }
}
