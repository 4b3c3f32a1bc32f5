import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { editSettings } from '../institution/edit-settings'
import { sendPage } from '../platform/http/page'
import type { StaffTranslator } from '../platform/i18n/translator'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { AdministrationServices } from './administration-services'
import { answerChange } from './change-answer'
import type { FormProblem } from '../staff/pages/form-problems'
import { rulesPage, type ShownRules } from './pages/rules-page'
import { horizonPath, rulesPath } from './places-address'
import { numberWords, readRules, type RuleMistake } from './rule-fields'
import { numberOf, textOf, type Typed, typedIn } from './typed'

const unprocessable = 422
const mostDays = 365

/** The institution's rules, and how far ahead times are offered: the latter with a preview of its seats. */
export function registerRulesRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')

  app.get(rulesPath, { preHandler }, (request, reply) => show(request, reply))

  app.post(rulesPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, { typed, mistakes })
    const read = readRules(typed)
    if (!read.ok) return refuse(read.mistakes.map((mistake) => inWords(mistake, staffTexts)))
    const edited = await editSettings(db, {
      ...{ changes: read.changes, version: textOf(typed, 'wersja'), bus },
      ...{ staffId: request.staff.id, now: clock.now() },
    })
    if (!edited.ok) return refuse([{ href: rulesPath, text: t('plan.refused.changed') }])
    await directory.refresh()
    return reply.redirect(`${rulesPath}?zapisano=${edited.published.length > 0 ? 'teksty' : 'tak'}`, 303)
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
      saved: savedIn(textOf(typedIn(request.query), 'zapisano')),
      // The form of the horizon stands beside the others: what was not typed is as it is
      ...(refused && (Object.keys(refused.typed).length > 1 ? refused : { mistakes: refused.mistakes })),
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

const savedIn = (told: string): ShownRules['saved'] =>
  told === 'teksty' ? 'published' : told === '' ? undefined : 'saved'

const inWords = ({ field, key, rule }: RuleMistake, { t }: StaffTranslator): FormProblem => {
  if (!rule) return { field, text: t(key) }
  const { minValue, maxValue } = rule.bounds
  const within = { min: numberWords(minValue ?? 0), max: numberWords(maxValue ?? 0) }
  return { field, text: t('places.error.number', { what: t(rule.label), ...within }) }
}
