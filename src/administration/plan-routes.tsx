import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Branch } from '../institution/directory'
import { addDesk, changeDesk } from '../institution/edit-desk'
import { readWeek, type Week } from '../institution/schedule/read-week'
import { badInput, notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { dayAndMonth, weekdayName } from '../platform/i18n/dates'
import { addDays, type Day, dayOf, isDay, weekday } from '../platform/zone'
import { toDecideAt } from '../replanning/to-decide'
import { may } from '../staff/may'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { planPath } from '../staff/staff-places'
import { requireStaff } from '../staff/staff-session'
import type { AdministrationServices } from './administration-services'
import { answerChange, refusalTexts } from './change-answer'
import { DeskPanel, PlanHint } from './pages/desk-panel'
import type { FormProblem } from '../staff/pages/form-problems'
import { shortTime } from './pages/week-cell'
import type { ShownWeek } from './pages/shown-week'
import { weekPage } from './pages/week-page'
import { WindowPanel } from './pages/window-panel'
import { deskFormPath, deskStatePath, planAddress, windowFormPath } from './plan-address'
import { listOf, textOf, type Typed, typedIn } from './typed'
import { readPeriod, readWindowForm, type WindowForm } from './window-form'

const unprocessable = 422

/** A form that was not accepted, shown again as it was typed. */
interface Refused {
  typed: Typed
  mistakes: readonly FormProblem[]
}

/** What an address or form points to: a branch of the person's, a week, and what is edited in it. */
interface Asked {
  branch: Branch
  monday: Day
  today: Day
  desk: string
  window: string
  day: Day | undefined
}

/** The week picture of a branch; its desks and their hours are edited beside it. */
export function registerPlanRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, directory, staffTexts } = services
  const { t } = staffTexts
  const preHandler = requireStaff(services)

  const branchesOf = (request: FastifyRequest): readonly Branch[] =>
    directory.branches.filter(({ id }) => may(request.staff, 'plan_times', id))

  const askedIn = (request: FastifyRequest, fields: Typed): Asked | undefined => {
    const branches = branchesOf(request)
    const code = textOf(fields, 'oddzial')
    const branch = code === '' ? branches[0] : branches.find((one) => one.code === code)
    if (!branch) return undefined
    const today = dayOf(clock.now(), directory.institution.timeZone)
    const week = textOf(fields, 'tydzien')
    const day = textOf(fields, 'dzien')
    return {
      ...{ branch, today, desk: textOf(fields, 'stanowisko'), window: textOf(fields, 'okno') },
      monday: mondayOf(isDay(week) ? week : today),
      day: isDay(day) ? day : undefined,
    }
  }

  app.get(planPath, { preHandler }, async (request, reply) => {
    const asked = askedIn(request, typedIn(request.query))
    return asked ? show(request, reply, asked) : sendNotAllowed(services, request, reply)
  })

  app.post(windowFormPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const asked = askedIn(request, typed)
    if (!asked) return sendNotAllowed(services, request, reply)
    const { branch, monday, today, day } = asked
    if (!day) throw badInput()
    const week = await weekOf(asked)
    const desk = week.desks.find(({ id }) => String(id) === asked.desk)
    if (!desk) throw notFound()
    const refuse = (mistakes: readonly FormProblem[]) => show(request, reply, asked, { typed, mistakes })

    const isRemoval = textOf(typed, 'usun') !== ''
    const read = isRemoval ? readRemoval(typed, today) : readWindowForm(typed, today)
    if (!read.ok) return refuse(read.mistakes.map(({ field, key }) => ({ field, text: t(key) })))
    const { from, to, alsoOn, hours } = read.form
    const windowId = asked.window === 'nowe' ? null : Number(asked.window)
    const before = desk.windows.find(({ id }) => id === windowId)
    return answerChange(services, request, reply, {
      change: {
        ...{ kind: 'window', version: textOf(typed, 'wersja'), windowId, alsoOn, from, to, hours },
        ...{ desk: { id: desk.id, branchId: branch.id }, weekday: weekday(day) },
      },
      title: `${desk.name}, ${weekdayName(day, 'pl')}`,
      says: [
        ...(before ? [t('plan.says.before', hoursWords(before))] : []),
        hours ? t('plan.says.after', hoursWords(hours)) : t('plan.says.removed'),
        ...(alsoOn.length > 0
          ? [
              t('plan.says.alsoOn', {
                days: alsoOn.map((n) => weekdayName(addDays(monday, n - 1), 'pl')).join(', '),
              }),
            ]
          : []),
        to === null
          ? t('plan.says.from', { from: dayWords(from) })
          : t('plan.says.between', { from: dayWords(from), to: dayWords(to) }),
      ],
      back: planAddress(branch, monday),
      onRefusal: (reason) =>
        reason === 'overlaps' || reason === 'changed' || reason === 'in_past'
          ? refuse([
              {
                text: t(refusalTexts[reason]),
                ...(reason === 'changed' && { href: planAddress(branch, monday) }),
              },
            ])
          : undefined,
    })
  })

  app.post(deskFormPath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const asked = askedIn(request, typed)
    if (!asked) return sendNotAllowed(services, request, reply)
    const { branch, monday } = asked
    const name = textOf(typed, 'nazwa')
    const refuse = (mistake: FormProblem) => show(request, reply, asked, { typed, mistakes: [mistake] })
    if (name === '' || name.length > 60) return refuse({ field: 'nazwa', text: t('plan.desk.error.name') })
    const known = directory.topics.map(({ id }) => id)
    const topicIds = [...new Set(listOf(typed, 'temat').map(Number))].filter((id) => known.includes(id))
    const edit = {
      branchId: branch.id,
      facts: { name, topicIds },
      staffId: request.staff.id,
      now: clock.now(),
    }
    const edited =
      asked.desk === 'nowe'
        ? await addDesk(db, edit)
        : await changeDesk(db, { ...edit, deskId: Number(asked.desk) || 0, version: textOf(typed, 'wersja') })
    if (edited.ok)
      return reply.redirect(
        planAddress(branch, monday, { stanowisko: String(edited.deskId), zapisano: 'tak' }),
        303,
      )
    return edited.reason === 'name_taken'
      ? refuse({ field: 'nazwa', text: t('plan.desk.error.nameTaken') })
      : refuse({
          href: planAddress(branch, monday, { stanowisko: asked.desk }),
          text: t('plan.refused.changed'),
        })
  })

  app.post(deskStatePath, { preHandler }, async (request, reply) => {
    const typed = typedIn(request.body)
    const asked = askedIn(request, typed)
    if (!asked) return sendNotAllowed(services, request, reply)
    const { branch, monday } = asked
    const desk = (await weekOf(asked)).desks.find(({ id }) => String(id) === asked.desk)
    if (!desk) throw notFound()
    const active = textOf(typed, 'czynne') === 'tak'
    return answerChange(services, request, reply, {
      change: { kind: 'desk', deskId: desk.id, branchId: branch.id, active },
      title: desk.name,
      says: [t(active ? 'plan.says.deskOpens' : 'plan.says.deskCloses')],
      back: planAddress(branch, monday, { stanowisko: String(desk.id) }),
    })
  })

  const weekOf = ({ branch, monday }: Asked): Promise<Week> =>
    readWeek(db, {
      ...{ branchId: branch.id, monday, now: clock.now() },
      timeZone: directory.institution.timeZone,
    })

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: Asked,
    refused?: Refused,
  ): Promise<FastifyReply> => {
    const { branch, monday, today } = asked
    const page = staffPageOf(services, request)
    const week = await weekOf(asked)
    const waiting = await toDecideAt(db, { staff: request.staff, branchId: branch.id, now: clock.now() })
    const shown: Omit<ShownWeek, 'panel'> = {
      ...{ branch, branches: branchesOf(request), topics: directory.topics, week, monday, today },
      thisMonday: mondayOf(today),
      timeZone: directory.institution.timeZone,
      waiting: waiting ?? 0,
      isSaved: textOf(typedIn(request.query), 'zapisano') !== '',
      failed: refused !== undefined,
      chosen: chosenIn(week, asked),
    }
    const panel = panelOf(asked, week, refused)
    return sendPage(reply, weekPage(page, { ...shown, panel: panel(page) }), refused ? unprocessable : 200)
  }

  const panelOf = (asked: Asked, week: Week, refused: Refused | undefined) => {
    const { branch, monday, today, window: windowName, desk: deskName } = asked
    const { windowId } = chosenIn(week, asked)
    const desk = week.desks.find(({ id, windows }) =>
      windowId === undefined ? String(id) === deskName : windows.some((one) => one.id === windowId),
    )
    const place = { branch, monday, ...refused }
    return (page: ReturnType<typeof staffPageOf>) => {
      const day = asked.day
      if (windowName !== '' && desk && day) {
        const window = desk.windows.find(({ id }) => id === windowId)
        const { visitMinutes, bufferMinutes } = directory.institution.settings
        const usual = { visitMinutes, bufferMinutes }
        return <WindowPanel page={page} shown={{ ...place, today, desk, day, window, usual }} />
      }
      if (deskName === 'nowe' || desk)
        return <DeskPanel page={page} shown={{ ...place, topics: directory.topics, desk }} />
      return <PlanHint page={page} />
    }
  }
}

const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day))

const dayWords = (day: Day): string => `${dayAndMonth(day, 'pl')} ${day.slice(0, 4)}`

/** What of the week is edited: a window, or else a desk, perhaps on a day. */
function chosenIn(week: Week, { window, desk, day }: Asked): ShownWeek['chosen'] {
  const known = week.desks.flatMap(({ windows }) => windows).find(({ id }) => String(id) === window)
  return {
    ...(known && { windowId: known.id }),
    ...(!known && desk !== '' && { deskId: Number(desk) }),
    ...(day !== undefined && window !== '' && { day }),
  }
}

function readRemoval(
  typed: Typed,
  today: Day,
):
  | { ok: true; form: Pick<WindowForm, 'from' | 'to' | 'alsoOn'> & { hours: null } }
  | Extract<ReturnType<typeof readPeriod>, { ok: false }> {
  const period = readPeriod(typed, today)
  return period.ok ? { ok: true, form: { ...period.period, alsoOn: [], hours: null } } : period
}

const hoursWords = (hours: WindowForm['hours']) => ({
  hours: `${shortTime(hours.opens)}–${shortTime(hours.closes)}`,
  breaks: hours.breaks.map(([from, to]) => `${shortTime(from)}–${shortTime(to)}`).join(', ') || '–',
  visit: hours.visitMinutes,
  buffer: hours.bufferMinutes,
})
