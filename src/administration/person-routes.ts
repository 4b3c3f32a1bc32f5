import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { formText } from '../staff/form-text'
import type { PersonAct, PersonChange, PersonRefusal } from '../staff/people/change-people'
import { changePerson } from '../staff/people/change-person'
import { closePerson, reopenPerson } from '../staff/people/close-person'
import { inviteAgain } from '../staff/people/invite-person'
import { mayManage } from '../staff/people/may-manage'
import { newestInvitation, type Person, readPerson } from '../staff/people/people-store'
import { resetFactors } from '../staff/people/reset-factors'
import { signOutPerson } from '../staff/people/sign-out-person'
import { requireSession } from '../staff/require-session'
import { sessionsOf } from '../staff/session-store'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { defaultSessionPolicy } from '../staff/staff-session'
import type { FormError } from '../ui/error-summary'
import type { AdministrationServices } from './administration-services'
import { type PersonNotice, personNotices, personPage } from './pages/person-page'
import { personPaths } from './people-paths'
import { allBranches, readPersonForm, type TypedPerson, typedPerson } from './person-form'

interface Told {
  typed?: TypedPerson
  errors?: readonly FormError[]
  refusal?: Exclude<PersonRefusal, 'unknown'>
  notice?: PersonNotice | undefined
}

const largestId = 2 ** 31 - 1

/** One account of the staff: its role, branch and topics, and what else an administrator does about it. */
export function registerPersonRoutes(app: FastifyInstance, services: AdministrationServices): void {
  const { db, bus, clock, directory, queue, staffTexts } = services
  const preHandler = requireSession(services, { stages: ['open'], fresh: true })
  const paths = personPaths(':id')

  const actOf = (request: FastifyRequest): PersonAct => {
    const id = Number((request.params as { id: string }).id)
    if (!Number.isInteger(id) || id < 1 || id > largestId) throw notFound()
    return { by: request.staff, personId: id, now: clock.now() }
  }

  app.get(paths.page, { preHandler }, (request, reply) => {
    const { zapisano } = request.query as { zapisano?: unknown }
    return show(request, reply, { notice: personNotices.find((one) => one === zapisano) })
  })

  app.post(paths.page, { preHandler }, async (request, reply) => {
    const act = actOf(request)
    const person = await personFor(act)
    if (!person) return sendNotAllowed(services, request, reply)
    const sent = typedPerson(request.body)
    const typed = person.byProvider ? { ...typedOf(person), topics: sent.topics } : sent
    const { branches, topics } = directory
    const read = readPersonForm(staffTexts, typed, { branches, topics, asksEmail: false })
    if (!read.ok) return show(request, reply, { typed, errors: read.errors })
    const version = Number(formText(request.body, 'wersja'))
    const result = await changePerson(db, { ...act, version, wanted: read.person, bus })
    return answer(request, reply, result, 'changed')
  })

  const acts: Record<string, { notice: PersonNotice; run: (act: PersonAct) => Promise<PersonChange> }> = {
    [paths.close]: { notice: 'closed', run: (act) => closePerson(db, { ...act, bus }) },
    [paths.reopen]: { notice: 'opened', run: (act) => reopenPerson(db, act) },
    [paths.factors]: { notice: 'factors', run: (act) => resetFactors(db, { ...act, bus }) },
    [paths.signOut]: { notice: 'sessions', run: (act) => signOutPerson(db, { ...act, bus }) },
    [paths.invite]: { notice: 'invited', run: (act) => inviteAgain(db, act) },
  }
  for (const [path, { notice, run }] of Object.entries(acts))
    app.post(path, { preHandler }, async (request, reply) =>
      answer(request, reply, await run(actOf(request)), notice),
    )

  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    result: PersonChange,
    notice: PersonNotice,
  ): Promise<FastifyReply> | FastifyReply => {
    if (result.ok) {
      queue.wake()
      return reply.redirect(`${personPaths(actOf(request).personId).page}?zapisano=${notice}`, 303)
    }
    // What is not there and what is somebody else's are answered alike
    if (result.reason === 'unknown' || result.reason === 'not_allowed')
      return sendNotAllowed(services, request, reply)
    return show(request, reply, { refusal: result.reason })
  }

  const personFor = async ({ by, personId }: PersonAct): Promise<Person | undefined> => {
    const person = await readPerson(db, personId)
    return person && mayManage(by, person) ? person : undefined
  }

  const typedOf = (person: Person): TypedPerson => ({
    name: person.name,
    email: person.email,
    role: person.role,
    branch: person.branchId === null ? allBranches : (directory.branchById(person.branchId)?.code ?? ''),
    topics: directory.topics.filter(({ id }) => person.topicIds.includes(id)).map(({ code }) => code),
  })

  const show = async (request: FastifyRequest, reply: FastifyReply, told: Told) => {
    const act = actOf(request)
    const person = await personFor(act)
    if (!person) return sendNotAllowed(services, request, reply)
    const now = clock.now()
    const seenAfter = new Date(now.getTime() - defaultSessionPolicy.idleMinutes * 60_000)
    const [sessions, invitation] = await Promise.all([
      sessionsOf(db, { staffId: person.id, now, seenAfter }),
      newestInvitation(db, person.id),
    ])
    const reach = request.staff.branchId
    const shown = {
      ...{ person, invitation },
      typed: told.typed ?? typedOf(person),
      errors: told.errors ?? [],
      refusal: told.refusal,
      notice: told.notice,
      branches: directory.branches.filter(({ id }) => reach === null || id === reach),
      topics: directory.topics,
      openSessions: sessions.length,
      timeZone: directory.institution.timeZone,
    }
    const status = told.errors ? 422 : told.refusal ? 409 : 200
    return sendPage(reply, personPage(staffPageOf(services, request), shown), status)
  }
}
