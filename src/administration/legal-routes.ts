import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LegalKind } from '../institution/institution-data'
import { legalKinds } from '../institution/legal-text'
import { type LegalVersion, type LegalWording, readLegalVersions } from '../institution/wording/legal-store'
import {
  checkLegalText,
  draftOf,
  fillLegal,
  labelKeys,
  type LegalDraft,
  type LegalProblem,
  nextVersion,
  publishLegalText,
  standOf,
  withdrawLegalText,
} from '../institution/wording/publish-legal-text'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dateWords, timeOfDay } from '../platform/i18n/dates'
import { dayOf, isDay } from '../platform/zone'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { type Language, languages, type TextKey } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { bodyField, labelField, labelName, legalTextPage } from './pages/legal-text-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { problemInWords } from './pages/text-problems'
import { textVersionPage } from './pages/text-version-page'
import { textsAddresses } from './texts-addresses'
import { typedText } from './typed-text'

/** Three long texts in letters that travel as six signs each. */
const bodyLimit = 2 * 1024 * 1024

type Drafts = Readonly<Record<Language, LegalDraft>>

const inEach = <T>(make: (language: Language) => T): Record<Language, T> => ({
  pl: make('pl'),
  en: make('en'),
  uk: make('uk'),
})

/** Consents, clauses and rules: published in three languages at once, in versions that stay as they were agreed to. */
export function registerLegalRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const preHandler = requireActionEverywhere(services, 'administer')
  const { t } = staffTexts
  const parts = () => ({ institution: directory.institution, now: clock.now(), bus })
  const versionsOf = (kind: LegalKind) => readLegalVersions(db, kind, directory.institution.timeZone)
  const today = () => dayOf(clock.now(), directory.institution.timeZone)
  const keysOf = (kind: LegalKind) => labelKeys(kind, directory.institution.settings)

  const draftsOf = (kind: LegalKind, { wording }: LegalVersion): Drafts =>
    inEach((language) => draftOf(wording[language], kind, language, directory.institution.settings))

  const words = ({ language, part, problem }: LegalProblem): FormProblem => {
    const name = part === 'body' ? t('admin.legal.body') : labelName(staffTexts, part as TextKey)
    return {
      field: part === 'body' ? bodyField(language) : labelField(part, language),
      text: problemInWords(staffTexts, `${t(`admin.texts.language.${language}`)}, ${name}`, problem),
    }
  }

  interface Form {
    drafts: Drafts
    from: string
    problems?: readonly FormProblem[]
    isPreviewed?: boolean
    done?: string | undefined
    status?: number
  }

  const showForm = async (request: FastifyRequest, reply: FastifyReply, kind: LegalKind, form: Form) => {
    const { drafts, from } = form
    const versions = await versionsOf(kind)
    const wrong = checkLegalText(kind, drafts, directory.institution.settings)
    const validFrom = isDay(from) ? from : today()
    const version = nextVersion(versions, validFrom)
    const preview: Partial<Record<Language, LegalWording>> = {}
    for (const language of form.isPreviewed ? languages : [])
      if (!wrong.some((problem) => problem.language === language && problem.problem.reason !== 'missing'))
        preview[language] = fillLegal(
          drafts[language],
          { language, version, validFrom },
          directory.institution,
        )
    const page = legalTextPage(staffPageOf(services, request), {
      kind,
      current: directory.currentLegalText(kind, 'pl', today()),
      drafts,
      labelKeys: keysOf(kind),
      from,
      stand: standOf(versions),
      problems: form.problems ?? (form.isPreviewed ? wrong.map(words) : []),
      preview,
      versions,
      done: form.done,
      today: today(),
      timeZone: directory.institution.timeZone,
    })
    return sendPage(reply, page, form.status ?? 200)
  }

  app.get(textsAddresses.legal(':kind'), { preHandler }, async (request, reply) => {
    const kind = kindOf(request)
    const { z, zapisano } = request.query as { z?: unknown; zapisano?: unknown }
    const versions = await versionsOf(kind)
    const { version: current } = directory.currentLegalText(kind, 'pl', today())
    const wanted = typeof z === 'string' ? z : current
    const from = versions.find(({ version }) => version === wanted)
    if (!from) throw notFound()
    const saved = versions.find(({ version }) => version === zapisano)
    return showForm(request, reply, kind, {
      drafts: draftsOf(kind, from),
      from: '',
      done: saved && doneWords(saved),
    })
  })

  const doneWords = ({ version, validFrom }: LegalVersion): string =>
    validFrom > today()
      ? t('admin.legal.published.planned', {
          version,
          day: dateWords(validFrom, 'pl', directory.institution.timeZone),
        })
      : t('admin.legal.published', { version })

  app.post(textsAddresses.legal(':kind'), { preHandler, bodyLimit }, async (request, reply) => {
    const kind = kindOf(request)
    const { body } = request
    const drafts: Drafts = inEach((language) => ({
      source: typedText(body, bodyField(language)),
      labels: Object.fromEntries(
        keysOf(kind).map((key) => [key, typedText(body, labelField(key, language))]),
      ),
    }))
    const from = typedText(body, 'od')
    const what = typedText(body, 'co')
    if (what === 'podglad') return showForm(request, reply, kind, { drafts, from, isPreviewed: true })
    if (what !== 'zapisz') throw badInput()
    const seenStand = typedText(body, 'stan')
    const published = await publishLegalText(
      db,
      { kind, drafts, from, seenStand, staffId: request.staff.id },
      parts(),
    )
    if (published.ok) {
      await directory.refresh()
      return reply.redirect(`${textsAddresses.legal(kind)}?zapisano=${published.version}`, 303)
    }
    return showForm(request, reply, kind, {
      drafts,
      from,
      problems:
        published.reason === 'problems' ? published.problems.map(words) : [refusalWords(published.reason)],
      status: published.reason === 'changed' ? 409 : 422,
    })
  })

  const refusalWords = (reason: 'changed' | 'day_wrong' | 'unchanged'): FormProblem => {
    if (reason === 'unchanged') return { text: t('admin.legal.unchanged') }
    return { text: t(`admin.texts.problem.${reason}`), ...(reason === 'day_wrong' && { field: 'od' }) }
  }

  app.get(textsAddresses.legalVersion(':kind', ':version'), { preHandler }, async (request, reply) => {
    const kind = kindOf(request)
    const { timeZone } = directory.institution
    const versions = await versionsOf(kind)
    const at = versions.findIndex(
      ({ version }) => version === (request.params as { version: string }).version,
    )
    const kept = versions[at]
    if (!kept) throw notFound()
    const before = versions.slice(at + 1).find(({ withdrawnAt }) => !withdrawnAt)
    const after = draftsOf(kind, kept)
    const earlier = before && draftsOf(kind, before)
    const path = textsAddresses.legal(kind)
    const title = t(`admin.texts.name.legal.${kind}`)
    const page = textVersionPage(staffPageOf(services, request), {
      title,
      version: kept.version,
      text: { path, text: title },
      facts: [
        t('admin.legal.current', { version: kept.version, day: dateWords(kept.validFrom, 'pl', timeZone) }),
        ...(kept.savedBy ? [kept.savedBy] : []),
        ...(kept.savedAt
          ? [`${dateWords(kept.savedAt, 'pl', timeZone)}, ${timeOfDay(kept.savedAt, timeZone)}`]
          : []),
      ].join(' · '),
      before: before ? t('admin.texts.version', { version: before.version }) : '–',
      parts: languages.flatMap((language) => {
        const of = (name: string) => `${t(`admin.texts.language.${language}`)}: ${name}`
        return [
          ...keysOf(kind).map((key) => ({
            title: of(labelName(staffTexts, key)),
            before: earlier?.[language].labels[key] ?? '',
            after: after[language].labels[key] ?? '',
          })),
          {
            title: of(t('admin.legal.body')),
            before: earlier?.[language].source ?? '',
            after: after[language].source,
          },
        ]
      }),
      restore: `${path}?z=${kept.version}`,
      withdraw:
        !kept.withdrawnAt && kept.validFrom > today()
          ? textsAddresses.legalWithdraw(kind, kept.version)
          : undefined,
    })
    return sendPage(reply, page)
  })

  app.post(textsAddresses.legalWithdraw(':kind', ':version'), { preHandler }, async (request, reply) => {
    const kind = kindOf(request)
    const { version } = request.params as { version: string }
    const withdrawn = await withdrawLegalText(db, { kind, version, staffId: request.staff.id }, parts())
    if (withdrawn.ok) {
      await directory.refresh()
      return reply.redirect(textsAddresses.legal(kind), 303)
    }
    const current = directory.currentLegalText(kind, 'pl', today())
    const kept = (await versionsOf(kind)).find((one) => one.version === current.version)
    if (!kept) throw notFound()
    const problems = [{ text: t('admin.texts.problem.in_force') }]
    return showForm(request, reply, kind, { drafts: draftsOf(kind, kept), from: '', problems, status: 409 })
  })
}

const kindOf = (request: FastifyRequest): LegalKind => {
  const { kind } = request.params as { kind: string }
  const known = legalKinds.find((one) => one === kind)
  if (!known) throw notFound()
  return known
}
