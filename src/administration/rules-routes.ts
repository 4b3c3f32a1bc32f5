import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type EditedSettings, editedSettingsSchema, editSettings } from '../institution/edit-settings'
import { sendPage } from '../platform/http/page'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { StaffTextKey } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { answerChange } from './change-answer'
import type { FormProblem } from './pages/form-problems'
import { numberFields, rulesPage } from './pages/rules-page'
import { horizonPath, rulesPath } from './places-address'
import { clockTimeOf, numberOf, textOf, type Typed, typedIn } from './typed'

const unprocessable = 422
const mostDays = 365

/** The booking rules, and how far ahead times are offered: the latter with a preview of its seats. */
export function registerRulesRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')

  app.get(rulesPath, { preHandler }, (request, reply) => show(request, reply))

  app.post(rulesPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, { typed, mistakes })
    const read = readRules(typed)
    if (!read.ok) return refuse(read.mistakes.map(({ field, key }) => ({ field, text: t(key) })))
    const edited = await editSettings(db, {
      ...{ changes: read.changes, version: textOf(typed, 'wersja'), bus },
      ...{ staffId: request.staff.id, now: clock.now() },
    })
    if (!edited.ok) return refuse([{ text: t('plan.refused.changed') }])
    await directory.refresh()
    return reply.redirect(`${rulesPath}?zapisano=tak`, 303)
  })

  app.post(horizonPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const days = numberOf(typed, 'horyzont', 1, mostDays)
    const before = numberOf(typed, 'przedtem', 1, mostDays) ?? 0
    if (days === undefined)
      return show(request, reply, {
        typed: { horyzont: textOf(typed, 'horyzont') },
        mistakes: [{ field: 'horyzont', text: t('places.error.horizon') }],
      })
    return answerChange(services, request, reply, {
      change: { kind: 'horizon', days, before },
      title: t('places.horizon'),
      says: [t('places.horizon.says', { before, days })],
      back: rulesPath,
    })
  })

  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): FastifyReply => {
    const page = rulesPage(staffPageOf(services, request), {
      settings: directory.institution.settings,
      isSaved: textOf(typedIn(request.query), 'zapisano') !== '',
      // The form of the horizon stands beside the others: what was not typed is as it is
      ...(refused && (Object.keys(refused.typed).length > 1 ? refused : { mistakes: refused.mistakes })),
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

interface FieldMistake {
  field: string
  key: StaffTextKey
}

const fieldsOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(numberFields).map(([field, name]) => [name, field])),
  freedSeatDelaySeconds: 'zwrot-do',
  reminderSms: 'przypomnienie-sms',
}

function readRules(
  typed: Typed,
): { ok: true; changes: EditedSettings } | { ok: false; mistakes: FieldMistake[] } {
  const number = (field: string) => numberOf(typed, field, 0, 999_999)
  const parsed = editedSettingsSchema.safeParse({
    ...Object.fromEntries(Object.entries(numberFields).map(([field, name]) => [name, number(field)])),
    freedSeatDelaySeconds: { min: number('zwrot-od'), max: number('zwrot-do') },
    reminderSms: { daysBefore: 1, at: clockTimeOf(textOf(typed, 'przypomnienie-sms')) },
    recordingPausedForDocument: textOf(typed, 'przerwa-nagrania') !== '',
    recordingMayBeMissing: textOf(typed, 'bez-nagrania') !== '',
  })
  if (parsed.success) return { ok: true, changes: parsed.data }
  const mistakes = parsed.error.issues.map(({ path }): FieldMistake => {
    const [name, part] = path.map(String)
    const field = part === 'min' ? 'zwrot-od' : (fieldsOf[name ?? ''] ?? '')
    return { field, key: name === 'reminderSms' ? 'plan.error.time' : 'places.error.number' }
  })
  return { ok: false, mistakes }
}
