import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addBranch, changeBranch, type ListedBranch, readBranches } from '../institution/edit-branch'
import { branchSchema } from '../institution/institution-schema'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { addDays, dayOf, weekday } from '../platform/zone'
import { requireActionEverywhere } from '../staff/require-action'
import { staffPageOf } from '../staff/staff-page'
import type { StaffTextKey } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import { answerChange } from './change-answer'
import { branchesPage, branchPage } from './pages/branches-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { branchDesksPath, branchesPath, branchStatePath, newOne, oneOf } from './places-address'
import { textOf, type Typed, typedIn } from './typed'

const unprocessable = 422

/** Branches: what people read of them, new ones, closing and opening. */
export function registerBranchRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireActionEverywhere(services, 'administer')
  const isSaved = (request: FastifyRequest) => textOf(typedIn(request.query), 'zapisano') !== ''

  app.get(branchesPath, { preHandler }, async (request, reply) =>
    sendPage(
      reply,
      branchesPage(staffPageOf(services, request), {
        branches: await readBranches(db),
        isSaved: isSaved(request),
      }),
    ),
  )

  app.get(`${branchesPath}/:code`, { preHandler }, async (request, reply) => {
    const { code } = request.params as { code: string }
    return show(request, reply, code)
  })

  app.post(`${branchesPath}/:code`, { preHandler }, async (request, reply) => {
    const { code } = request.params as { code: string }
    const typed = typedIn(request.body)
    const isNew = code === newOne
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, code, { typed, mistakes })
    const read = readBranchForm(typed, isNew ? textOf(typed, 'kod-oddzialu').toUpperCase() : code)
    if (!read.ok) return refuse(read.mistakes.map(({ field, key }) => ({ field, text: t(key) })))
    const edit = { facts: read.facts, staffId: request.staff.id, now: clock.now(), bus }
    const edited = isNew
      ? await addBranch(db, { ...edit, code: read.code })
      : await changeBranch(db, {
          ...edit,
          branchId: (await branchOf(code)).id,
          version: textOf(typed, 'wersja'),
        })
    if (edited.ok) {
      await directory.refresh()
      return reply.redirect(`${oneOf(branchesPath, read.code)}?zapisano=tak`, 303)
    }
    return edited.reason === 'code_taken'
      ? refuse([{ field: 'kod-oddzialu', text: t('places.error.codeTaken') }])
      : refuse([{ href: oneOf(branchesPath, code), text: t('plan.refused.changed') }])
  })

  app.post(branchStatePath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const branch = await branchOf(textOf(typed, 'oddzial'))
    const active = textOf(typed, 'czynny') === 'tak'
    return answerChange(services, request, reply, {
      change: { kind: 'branch', branchId: branch.id, active },
      title: branch.name,
      says: [t(active ? 'places.branch.opens' : 'places.branch.closes')],
      back: oneOf(branchesPath, branch.code),
    })
  })

  app.post(branchDesksPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const branch = await branchOf(textOf(typed, 'oddzial'))
    const like = await branchOf(textOf(typed, 'jak'))
    return answerChange(services, request, reply, {
      change: { kind: 'desks_copied', branchId: branch.id, fromBranchId: like.id },
      title: branch.name,
      says: [t('places.branch.desks.says', { n: like.desks, name: like.name })],
      back: oneOf(branchesPath, branch.code),
    })
  })

  const branchOf = async (code: string): Promise<ListedBranch> => {
    const branch = (await readBranches(db)).find((one) => one.code === code)
    if (!branch) throw notFound()
    return branch
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): Promise<FastifyReply> => {
    const branch = code === newOne ? undefined : await branchOf(code)
    const today = dayOf(clock.now(), directory.institution.timeZone)
    const others = (await readBranches(db)).filter((one) => one.active && one.desks > 0 && !one.sample)
    const page = branchPage(staffPageOf(services, request), {
      ...{ branch, others, isSaved: isSaved(request), ...refused },
      monday: addDays(today, 1 - weekday(today)),
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

const fieldOf: Readonly<Record<string, { field: string; key: StaffTextKey }>> = {
  code: { field: 'kod-oddzialu', key: 'places.error.branchCode' },
  name: { field: 'nazwa', key: 'places.error.name' },
  city: { field: 'miasto', key: 'places.error.city' },
  postal_code: { field: 'kod', key: 'places.error.postalCode' },
  phone: { field: 'telefon', key: 'places.error.phone' },
}

/** '22 560 16 00', '+48 (22) 560-16-00 wew. 12', or nothing. */
const phonePattern = /^(\+?\d[\d\s()./-]+(wew\. ?\d+)?)?$/

function readBranchForm(typed: Typed, code: string) {
  const parsed = branchSchema.safeParse({
    code,
    name: textOf(typed, 'nazwa').slice(0, 200),
    city: textOf(typed, 'miasto').slice(0, 100),
    address: textOf(typed, 'adres').slice(0, 200),
    postal_code: textOf(typed, 'kod'),
    phone: textOf(typed, 'telefon').slice(0, 40),
  })
  const wrong = parsed.error?.issues.map(({ path }) => String(path[0])) ?? []
  if (!phonePattern.test(textOf(typed, 'telefon'))) wrong.push('phone')
  if (!parsed.success || wrong.length > 0)
    return { ok: false as const, mistakes: wrong.flatMap((name) => fieldOf[name] ?? []) }
  const { postal_code: postalCode, code: known, ...facts } = parsed.data
  return { ok: true as const, code: known, facts: { ...facts, postalCode } }
}
