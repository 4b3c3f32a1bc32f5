import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Branch } from '../institution/directory'
import { publicHolidayName } from '../institution/holidays'
import type { Closure } from '../institution/schedule/schedule'
import { readClosures, type StoredClosure } from '../institution/schedule/schedule-store'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dayAndMonth } from '../platform/i18n/dates'
import { addDays, type Day, dayOf, isDay } from '../platform/zone'
import { countTouched } from '../replanning/touched-store'
import { may, mayEverywhere } from '../staff/may'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import type { AdministrationServices } from './administration-services'
import { answerChange, refusalTexts } from './change-answer'
import { closuresPage } from './pages/closures-page'
import type { FormProblem } from '../staff/pages/form-problems'
import { shortTime } from './pages/week-cell'
import { closureRemovalPath, closuresAddress, closuresPath } from './plan-address'
import { clockTimeOf, textOf, type Typed, typedIn } from './typed'
import type { FieldMistake } from './window-form'

const unprocessable = 422
const mostDays = 366

/** Days and hours on which the institution, a branch or a desk is closed. */
export function registerClosureRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireStaff(services)
  const today = () => dayOf(clock.now(), directory.institution.timeZone)

  const branchesOf = (request: FastifyRequest): readonly Branch[] =>
    directory.branches.filter(({ id }) => may(request.staff, 'plan_times', id))
  const branchIn = (request: FastifyRequest, fields: Typed): Branch | undefined => {
    const code = textOf(fields, 'oddzial')
    const branches = branchesOf(request)
    return code === '' ? branches[0] : branches.find((one) => one.code === code)
  }

  app.get(closuresPath, { preHandler }, async (request, reply) => {
    const branch = branchIn(request, typedIn(request.query))
    return branch ? show(request, reply, branch) : sendNotAllowed(services, request, reply)
  })

  app.post(closuresPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const branch = branchIn(request, typed)
    if (!branch) return sendNotAllowed(services, request, reply)
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, branch, { typed, mistakes })
    const read = readClosureForm(typed, { branchId: branch.id, today: today() })
    if (!read.ok) return refuse(read.mistakes.map(({ field, key }) => ({ field, text: t(key) })))
    const { closure, reason } = read
    return answerChange(services, request, reply, {
      change: { kind: 'closure_added', closure, reason },
      title: t('plan.closure.add'),
      says: [`${await whose(closure)}: ${reason}`, when(closure)],
      back: closuresAddress(branch),
      onRefusal: (refusal) =>
        refusal === 'exists' ? refuse([{ text: t(refusalTexts[refusal]) }]) : undefined,
    })
  })

  app.post(closureRemovalPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const branch = branchIn(request, typed)
    if (!branch) return sendNotAllowed(services, request, reply)
    const closure = (await readClosures(db)).find(({ id }) => String(id) === textOf(typed, 'zamkniecie'))
    if (!closure) throw notFound()
    return answerChange(services, request, reply, {
      change: { kind: 'closure_removed', closureId: closure.id, branchId: closure.branchId },
      title: t('plan.closure.removal'),
      says: [`${await whose(closure)}: ${closure.reason}`, when(closure)],
      back: closuresAddress(branch),
    })
  })

  const when = ({ firstDay, lastDay, hours }: Closure): string => {
    const days = firstDay === lastDay ? words(firstDay) : `${words(firstDay)} – ${words(lastDay)}`
    return hours ? `${days}, ${shortTime(hours[0])}–${shortTime(hours[1])}` : days
  }

  const whose = async ({ branchId, deskId }: Closure): Promise<string> => {
    if (branchId === null) return t('plan.closure.all')
    const branch = directory.branchById(branchId)?.name ?? ''
    if (deskId === null) return branch
    return `${branch}, ${(await desksOf(branchId)).find(({ id }) => id === deskId)?.name ?? ''}`
  }

  const desksOf = (branchId: number) =>
    db
      .selectFrom('desk')
      .select(['id', 'name'])
      .where('branch_id', '=', branchId)
      .where('active', '=', true)
      .orderBy('name')
      .execute()

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    branch: Branch,
    refused?: { typed: Typed; mistakes: readonly FormProblem[] },
  ): Promise<FastifyReply> => {
    const from = today()
    const branches = branchesOf(request)
    const counts = await countTouched(db, { branchIds: branches.map(({ id }) => id), now: clock.now() })
    const isListed = ({ branchId, lastDay }: StoredClosure) =>
      lastDay >= from && (branchId === null || branchId === branch.id)
    const page = closuresPage(staffPageOf(services, request), {
      ...{ branch, branches, desks: await desksOf(branch.id) },
      closures: (await readClosures(db)).filter(isListed),
      holidays: holidaysFrom(from),
      mayCloseAll: mayEverywhere(request.staff, 'administer'),
      waiting: branches.flatMap((one) => {
        const { toDecide: n = 0 } = counts.get(one.id) ?? {}
        return n === 0 ? [] : [{ branch: one, n }]
      }),
      isSaved: textOf(typedIn(request.query), 'zapisano') !== '',
      ...(refused ?? { typed: {}, mistakes: [] }),
    })
    return sendPage(reply, page, refused ? unprocessable : 200)
  }
}

const words = (day: Day): string => `${dayAndMonth(day, 'pl')} ${day.slice(0, 4)}`

const holidaysFrom = (from: Day) =>
  Array.from({ length: 365 }, (_, n) => addDays(from, n)).flatMap((day) => {
    const name = publicHolidayName(day)
    return name === undefined ? [] : [{ day, name }]
  })

/** What was typed about a closure, or everything that is wrong with it. */
function readClosureForm(
  typed: Typed,
  { branchId, today }: { branchId: number; today: Day },
): { ok: true; closure: Closure; reason: string } | { ok: false; mistakes: FieldMistake[] } {
  const whose = textOf(typed, 'kogo')
  const firstDay = textOf(typed, 'od-dnia')
  const lastDay = textOf(typed, 'do-dnia') || firstDay
  const reason = textOf(typed, 'powod')
  const [starts, ends] = [textOf(typed, 'od-godziny'), textOf(typed, 'do-godziny')]
  const hours = readHours(starts, ends)
  const days = !isDay(firstDay)
    ? ({ field: 'od-dnia', key: 'plan.error.day' } as const)
    : firstDay < today
      ? ({ field: 'od-dnia', key: 'plan.error.past' } as const)
      : !isDay(lastDay)
        ? ({ field: 'do-dnia', key: 'plan.error.day' } as const)
        : lastDay < firstDay || lastDay > addDays(firstDay, mostDays)
          ? ({ field: 'do-dnia', key: 'plan.error.lastDay' } as const)
          : undefined
  const mistakes: FieldMistake[] = [
    ...(days ? [days] : []),
    ...(hours === undefined ? [{ field: 'od-godziny', key: 'plan.closure.error.hours' } as const] : []),
    ...(reason === '' || reason.length > 100
      ? [{ field: 'powod', key: 'plan.closure.error.reason' } as const]
      : []),
  ]
  if (mistakes.length > 0 || hours === undefined) return { ok: false, mistakes }
  const deskId = /^\d{1,9}$/.test(whose) ? Number(whose) : null
  const closure = { branchId: whose === 'wszystkie' ? null : branchId, deskId, firstDay, lastDay, hours }
  return { ok: true, closure, reason }
}

/** Null for whole days; undefined for what cannot be hours. */
function readHours(starts: string, ends: string): readonly [string, string] | null | undefined {
  if (starts === '' && ends === '') return null
  const [from, to] = [clockTimeOf(starts), clockTimeOf(ends)]
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined
}
