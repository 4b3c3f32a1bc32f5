import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import { formText } from '../staff/form-text'
import { mayAnywhere } from '../staff/may'
import { invitePerson } from '../staff/people/invite-person'
import { listPeople, personStates } from '../staff/people/people-store'
import { requireSession } from '../staff/require-session'
import { isStaffRole } from '../staff/staff'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { requireStaff } from '../staff/staff-session'
import type { FormError } from '../ui/error-summary'
import type { AdministrationServices } from './administration-services'
import { newPersonPage } from './pages/new-person-page'
import { peoplePage } from './pages/people-page'
import { newPersonPath, peoplePath, personPaths } from './people-paths'
import { readPersonForm, type TypedPerson, typedPerson } from './person-form'

const shownAtOnce = 50

/** The staff's accounts: list, search, invitation. */
export function registerPeopleRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, clock, directory, queue, config, staffTexts } = services
  const invites = config.signIn.passwords
  const administrators = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!mayAnywhere(request.staff, 'administer')) await sendNotAllowed(services, request, reply)
  }
  const preHandler = [requireStaff(services), administrators]
  const fresh = [requireSession(services, { stages: ['open'], fresh: true }), administrators]

  app.get(peoplePath, { preHandler }, (request, reply) => showList(request, reply, {}))
  app.post(peoplePath, { preHandler }, (request, reply) => showList(request, reply, request.body))

  const showList = async (request: FastifyRequest, reply: FastifyReply, form: unknown) => {
    const typed = {
      szukaj: formText(form, 'szukaj').slice(0, 100),
      rola: formText(form, 'rola'),
      oddzial: formText(form, 'oddzial'),
      stan: formText(form, 'stan'),
    }
    const wanted = Math.min(Math.max(Number.parseInt(formText(form, 'strona'), 10) || 1, 1), 100_000)
    const found = await listPeople(
      db,
      {
        reach: request.staff.branchId,
        text: typed.szukaj,
        role: isStaffRole(typed.rola) ? typed.rola : null,
        branchId: directory.branchByCode(typed.oddzial)?.id ?? null,
        state: personStates.find((state) => state === typed.stan) ?? null,
      },
      { offset: (wanted - 1) * shownAtOnce, limit: shownAtOnce },
    )
    const shown = {
      ...found,
      typed,
      branches: directory.branches,
      pageNumber: wanted,
      pages: Math.ceil(found.count / shownAtOnce),
      invites,
      timeZone: directory.institution.timeZone,
    }
    return sendPage(reply, peoplePage(staffPageOf(services, request), shown))
  }

  if (!invites) return

  app.get(newPersonPath, { preHandler: fresh }, (request, reply) =>
    showNew(request, reply, {
      name: '',
      email: '',
      role: '',
      branch: directory.branches.find(({ id }) => id === request.staff.branchId)?.code ?? '',
      topics: directory.topics.map(({ code }) => code),
    }),
  )

  app.post(newPersonPath, { preHandler: fresh }, async (request, reply) => {
    const typed = typedPerson(request.body)
    const { branches, topics } = directory
    const read = readPersonForm(staffTexts, typed, { branches, topics, asksEmail: true })
    if (!read.ok) return showNew(request, reply, typed, read.errors)
    const result = await invitePerson(db, { by: request.staff, ...read.person, now: clock.now() })
    if (!result.ok && result.reason === 'not_allowed') return sendNotAllowed(services, request, reply)
    if (!result.ok)
      return showNew(request, reply, typed, [
        { field: 'email', text: staffTexts.t('people.field.email.taken') },
      ])
    queue.wake()
    return reply.redirect(`${personPaths(result.staffId).page}?zapisano=invited`, 303)
  })

  const showNew = (
    request: FastifyRequest,
    reply: FastifyReply,
    typed: TypedPerson,
    errors: readonly FormError[] = [],
  ) => {
    const { topics } = directory
    const reach = request.staff.branchId
    const branches = directory.branches.filter(({ id }) => reach === null || id === reach)
    const page = newPersonPage(staffPageOf(services, request), { typed, errors, branches, topics })
    return sendPage(reply, page, errors.length > 0 ? 422 : 200)
  }
}
