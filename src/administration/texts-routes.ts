import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { legalKinds } from '../institution/legal-text'
import { byBeginning } from '../institution/wording/own-wording'
import { readLegalVersions } from '../institution/wording/legal-store'
import { readOwnTexts, readTextVersions } from '../institution/wording/own-text-store'
import { catalogueParts, editableText, type EditableText } from '../message/texts/editable-texts'
import { type CheckedText, previewText, previewValues } from '../message/texts/preview-text'
import { saveText, withdrawText } from '../message/texts/save-text'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dateWords, timeOfDay } from '../platform/i18n/dates'
import { dayOf } from '../platform/zone'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import { isLanguage, type Language } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { messageTextPage, partName, textName } from './pages/message-text-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { problemInWords } from './pages/text-problems'
import { textVersionPage } from './pages/text-version-page'
import { textsPage } from './pages/texts-page'
import { textsAddresses, textsPath } from './texts-addresses'
import { typedNumber, typedText } from './typed-text'

/** Longer than other forms: a whole e-mail, in letters that travel as six signs each. */
const bodyLimit = 256 * 1024

interface Wanted {
  text: EditableText
  language: Language
}

/** The wording of e-mails and SMS: list, editing with preview, versions. */
export function registerTextsRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, keys, directory, publicUrl, staffTexts } = services
  const preHandler = requireActionEverywhere(services, 'administer')
  const { t } = staffTexts
  const timeZone = () => directory.institution.timeZone
  const source = () => ({ directory, keys, publicUrl, now: clock.now(), bus })

  app.get(textsPath, { preHandler }, async (request, reply) => {
    const now = clock.now()
    const today = dayOf(now, timeZone())
    const own = (await readOwnTexts(db)).sort(byBeginning)
    const legal = await Promise.all(
      legalKinds.map(async (kind) => {
        const versions = await readLegalVersions(db, kind, timeZone())
        const planned = versions
          .filter(({ withdrawnAt, validFrom }) => !withdrawnAt && validFrom > today)
          .at(-1)
        return { kind, current: directory.currentLegalText(kind, 'pl', today), planned }
      }),
    )
    const standOf = (name: string, language: Language) => {
      const versions = own.filter((text) => text.name === name && text.language === language)
      return {
        current: versions.filter(({ validFrom }) => validFrom <= now).at(-1),
        planned: versions.find(({ validFrom }) => validFrom > now),
      }
    }
    return sendPage(
      reply,
      textsPage(staffPageOf(services, request), { legal, standOf, timeZone: timeZone() }),
    )
  })

  interface Form {
    parts: Readonly<Record<string, string>>
    from: string
    restored: string | undefined
    checked: CheckedText
    problem?: FormProblem
    status?: number
    done?: string
  }

  const showForm = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { text, language }: Wanted,
    form: Form,
  ) => {
    const problems = form.checked.problems.map((problem) => {
      const part = text.parts.find(({ key }) => key === problem.key)
      return {
        field: problem.key,
        text: problemInWords(staffTexts, part ? partName(staffTexts, part) : '', problem),
      }
    })
    const page = messageTextPage(staffPageOf(services, request), {
      text,
      language,
      parts: form.parts,
      from: form.from,
      restored: form.restored,
      problems: form.problem ? [...problems, form.problem] : problems,
      preview: form.checked.preview,
      smsValues: previewValues(text, language, source()),
      versions: await readTextVersions(db, text.name, language),
      done: form.done,
      now: clock.now(),
      timeZone: timeZone(),
    })
    return sendWithEmail(reply, () => sendPage(reply, page, form.status ?? 200))
  }

  /** Wording of a version; 0 is the product's own. */
  const partsOf = async ({ text, language }: Wanted, version: number) => {
    if (version === 0) return catalogueParts(text, language)
    const versions = await readTextVersions(db, text.name, language)
    const kept = versions.find((one) => one.version === version)
    if (!kept) throw notFound()
    return { ...catalogueParts(text, language), ...kept.parts }
  }

  app.get(textsAddresses.message(':name', ':language'), { preHandler }, async (request, reply) => {
    const wanted = wantedOf(request)
    const { z, zapisano } = request.query as { z?: unknown; zapisano?: unknown }
    const restored = typeof z === 'string' && /^\d{1,9}$/.test(z) ? z : undefined
    const parts = restored === undefined ? saidNow(wanted) : await partsOf(wanted, Number(restored))
    const checked = previewText(wanted.text, { language: wanted.language, parts }, source())
    const done = typeof zapisano === 'string' ? await doneWords(wanted, Number(zapisano)) : undefined
    return showForm(request, reply, wanted, {
      parts,
      from: '',
      restored,
      checked,
      ...(done !== undefined && { done }),
    })
  })

  const saidNow = ({ text, language }: Wanted): Record<string, string> => {
    const own = directory.wordings(() => clock.now())[language]
    const product = catalogueParts(text, language)
    return Object.fromEntries(Object.entries(product).map(([key, said]) => [key, own?.get(key) ?? said]))
  }

  const doneWords = async ({ text, language }: Wanted, version: number): Promise<string | undefined> => {
    const kept = (await readTextVersions(db, text.name, language)).find((one) => one.version === version)
    if (!kept) return undefined
    if (kept.validFrom <= clock.now()) return t('admin.texts.saved', { version })
    return t('admin.texts.saved.planned', { version, day: dateWords(kept.validFrom, 'pl', timeZone()) })
  }

  app.post(
    textsAddresses.message(':name', ':language'),
    { preHandler, bodyLimit },
    async (request, reply) => {
      const wanted = wantedOf(request)
      const { text, language } = wanted
      const { body } = request
      const parts = Object.fromEntries(text.parts.map(({ key }) => [key, typedText(body, key)]))
      const from = typedText(body, 'od')
      const restored = typedNumber(body, 'z') >= 0 ? typedText(body, 'z') : undefined
      const what = typedText(body, 'co')
      if (what === 'podglad') {
        const checked = previewText(text, { language, parts }, source())
        return showForm(request, reply, wanted, { parts, from, restored, checked })
      }
      if (what !== 'zapisz') throw badInput()
      const product = catalogueParts(text, language)
      const isProduct = text.parts.every(({ key }) => parts[key] === product[key])
      const saved = await saveText(
        db,
        {
          ...{ text, language, from },
          parts: isProduct ? null : parts,
          seenVersion: typedNumber(body, 'wersja'),
          staffId: request.staff.id,
          ...(restored !== undefined && !isProduct && { restoredVersion: Number(restored) }),
        },
        source(),
      )
      if (saved.ok) {
        await directory.refresh()
        return reply.redirect(`${textsAddresses.message(text.name, language)}?zapisano=${saved.version}`, 303)
      }
      const checked =
        saved.reason === 'problems' ? saved.checked : previewText(text, { language, parts }, source())
      const problem =
        saved.reason === 'problems'
          ? undefined
          : {
              text: t(`admin.texts.problem.${saved.reason}`),
              ...(saved.reason === 'day_wrong' && { field: 'od' }),
            }
      const status = saved.reason === 'changed' ? 409 : 422
      return showForm(request, reply, wanted, {
        parts,
        from,
        restored,
        checked,
        status,
        ...(problem && { problem }),
      })
    },
  )

  app.get(
    textsAddresses.messageVersion(':name', ':language', ':version'),
    { preHandler },
    async (request, reply) => {
      const wanted = wantedOf(request)
      const { text, language } = wanted
      const number = Number((request.params as { version: string }).version)
      const versions = await readTextVersions(db, text.name, language)
      const kept = versions.find(({ version }) => version === number)
      if (!kept) throw notFound()
      const after = await partsOf(wanted, number)
      const before = await partsOf(wanted, number - 1)
      const path = textsAddresses.message(text.name, language)
      const page = textVersionPage(staffPageOf(services, request), {
        title: textName(staffTexts, text),
        version: String(number),
        text: { path, text: `${textName(staffTexts, text)} (${t(`admin.texts.language.${language}`)})` },
        facts: `${kept.savedBy} · ${dateWords(kept.savedAt, 'pl', timeZone())}, ${timeOfDay(kept.savedAt, timeZone())}`,
        before: number === 1 ? t('admin.texts.product') : t('admin.texts.own', { version: number - 1 }),
        parts: text.parts.map((part) => ({
          title: partName(staffTexts, part),
          before: before[part.key] ?? '',
          after: after[part.key] ?? '',
        })),
        restore: `${path}?z=${number}`,
        withdraw:
          !kept.withdrawnAt && kept.validFrom > clock.now()
            ? textsAddresses.messageWithdraw(text.name, language, number)
            : undefined,
      })
      return sendPage(reply, page)
    },
  )

  app.post(
    textsAddresses.messageWithdraw(':name', ':language', ':version'),
    { preHandler },
    async (request, reply) => {
      const wanted = wantedOf(request)
      const { text, language } = wanted
      const version = Number((request.params as { version: string }).version)
      if (!Number.isInteger(version)) throw notFound()
      const withdrawn = await withdrawText(
        db,
        { text, language, version, staffId: request.staff.id },
        source(),
      )
      if (withdrawn.ok) {
        await directory.refresh()
        return reply.redirect(textsAddresses.message(text.name, language), 303)
      }
      const parts = saidNow(wanted)
      const checked = previewText(text, { language, parts }, source())
      const problem = { text: t('admin.texts.problem.in_force') }
      return showForm(request, reply, wanted, {
        parts,
        from: '',
        restored: undefined,
        checked,
        problem,
        status: 409,
      })
    },
  )
}

const wantedOf = (request: FastifyRequest): Wanted => {
  const { name, language } = request.params as { name: string; language: string }
  const text = editableText(name)
  if (!text || !isLanguage(language)) throw notFound()
  return { text, language }
}

/** An e-mail brings its styles as attributes, in a frame that runs nothing and takes the page's policy. */
function sendWithEmail(reply: FastifyReply, send: () => FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  reply.header('content-security-policy', `${policy}; style-src-attr 'unsafe-inline'`)
  return send()
}
