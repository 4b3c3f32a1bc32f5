import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { sendPage } from '../../platform/http/page'
import { accountPath, ownPasswordPath, sessionsPath } from '../door-paths'
import { readFactors } from '../factor/factor-store'
import { formText } from '../form-text'
import { minutesUntil } from '../next-page'
import { accountNotices, accountPage, type ShownAccount } from '../pages/account-page'
import { faultText } from '../pages/new-password-page'
import { ownPasswordPage } from '../pages/own-password-page'
import { requireSession } from '../require-session'
import { sessionsOf } from '../session-store'
import { staffPageOf } from '../staff-page'
import type { StaffServices } from '../staff-services'
import { defaultSessionPolicy } from '../staff-session'
import { readAccount } from './account-store'
import { changePassword, type ChangedPassword } from './change-password'
import { endSessions } from './end-sessions'

/** A person's own account: sessions and password. Nobody else's is ever reached from here. */
export function registerAccountRoutes(app: FastifyInstance, services: StaffServices): void {
  const { db, clock, bus, queue } = services
  const { t } = services.staffTexts
  const signedIn = requireSession(services, { stages: ['open'] })
  const fresh = requireSession(services, { stages: ['open'], fresh: true })

  app.get(accountPath, { preHandler: signedIn }, async (request, reply) => {
    const { zapisano } = request.query as { zapisano?: unknown }
    const notice = accountNotices.find((one) => one === zapisano)
    return sendPage(
      reply,
      accountPage(staffPageOf(services, request), await shownOf(services, request, { notice })),
    )
  })

  app.post(sessionsPath, { preHandler: signedIn }, async (request, reply) => {
    const { id: current, staff } = request.staffSession
    const wanted = formText(request.body, 'sesja')
    const one = z.uuid().safeParse(wanted)
    const which = wanted === 'pozostale' ? { except: current } : one.success ? { only: one.data } : undefined
    if (which) await endSessions(db, { staffId: staff.id, which, now: clock.now(), bus })
    return reply.redirect(`${accountPath}?zapisano=sessions`, 303)
  })

  const passwordOnly = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { hasPassword } = await readAccount(db, request.staff.id)
    if (!hasPassword) await reply.redirect(accountPath, 303)
  }

  app.get(ownPasswordPath, { preHandler: [fresh, passwordOnly] }, (request, reply) =>
    sendPage(reply, ownPasswordPage(services, { me: request.staff })),
  )

  app.post(ownPasswordPath, { preHandler: [fresh, passwordOnly] }, async (request, reply) => {
    const { id: sessionId, staff } = request.staffSession
    const current = formText(request.body, 'obecne')
    const password = formText(request.body, 'haslo')
    const show = (field: string, text: string) =>
      sendPage(reply, ownPasswordPage(services, { me: staff, errors: [{ field, text }] }), 422)
    if (current === '') return show('obecne', t('account.password.error.empty'))
    if (password === '') return show('haslo', t('account.password.error.emptyNew'))
    const now = clock.now()
    const result = await changePassword(db, { staff, sessionId, current, password, now, bus })
    if (!result.ok) return show(...problemOf(result, now))
    queue.wake()
    return reply.redirect(`${accountPath}?zapisano=password`, 303)
  })

  const problemOf = (
    result: Extract<ChangedPassword, { ok: false }>,
    now: Date,
  ): [field: string, text: string] => {
    if (result.reason === 'wrong') return ['obecne', t('desk.prove.error.wrongPassword')]
    if (result.reason === 'locked')
      return ['obecne', t('desk.signIn.locked', { n: minutesUntil(result.lockedUntil, now) })]
    return ['haslo', faultText(services, result.reason)]
  }
}

/** What the page of the account shows. */
export async function shownOf(
  { db, clock, directory }: StaffServices,
  request: FastifyRequest,
  told: Partial<Pick<ShownAccount, 'notice' | 'error'>> = {},
): Promise<ShownAccount> {
  const { id: current, staff } = request.staffSession
  const now = clock.now()
  const seenAfter = new Date(now.getTime() - defaultSessionPolicy.idleMinutes * 60_000)
  const [account, factors, sessions] = await Promise.all([
    readAccount(db, staff.id),
    readFactors(db, staff.id),
    sessionsOf(db, { staffId: staff.id, now, seenAfter }),
  ])
  return {
    branch: staff.branchId === null ? null : (directory.branchById(staff.branchId)?.name ?? ''),
    topics: directory.topics
      .filter(({ id }) => staff.topicIds.includes(id))
      .map(({ texts }) => texts.pl.name),
    ...{ ...account, factors, sessions, current },
    timeZone: directory.institution.timeZone,
    notice: told.notice,
    error: told.error,
  }
}
