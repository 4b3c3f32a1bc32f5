import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cookieOptions } from '../platform/http/cookies'
import { sendPage } from '../platform/http/page'
import { provePasskeyPaths, provePath } from './door-paths'
import { enter } from './enter'
import { countFactors, type Factors, readFactors } from './factor/factor-store'
import { askPasskey, proveByPasskey } from './factor/prove-by-passkey'
import { proveByCode } from './factor/prove-by-code'
import { relyingParty } from './factor/relying-party'
import { formText, parseJson } from './form-text'
import { minutesUntil, nextPage } from './next-page'
import { noteRefusal } from './note-sign-in'
import { type Means, type ProveError, provePage } from './pages/prove-page'
import { proveByPassword } from './prove-by-password'
import { requireSession } from './require-session'
import type { SignInWay, StaffSession } from './session-store'
import { homeOf } from './staff-places'
import type { StaffServices } from './staff-services'
import { staffCookie } from './staff-session'

/** The second step of signing in, and the same again before something that matters. */
export function registerProveRoutes(app: FastifyInstance, services: StaffServices): void {
  const { db, clock, keys, publicUrl } = services
  const { passwords, oidc } = services.config.signIn
  const preHandler = requireSession(services, { stages: ['factor', 'open'] })
  const rateLimit = { max: 30, timeWindow: '1 minute' }
  const party = () => relyingParty(publicUrl, services.translators.pl.t('ui.serviceName'))

  /** With what the person of this session can prove to be themself. */
  const meansOf = async ({ way, staff }: StaffSession): Promise<{ means: Means; factors: Factors }> => {
    const factors = await readFactors(db, staff.id)
    if (way === 'oidc' && oidc) return { means: 'provider', factors }
    if (countFactors(factors) > 0) return { means: 'factor', factors }
    return { means: passwords ? 'password' : 'provider', factors }
  }

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    next: string | undefined,
    error?: ProveError,
  ) => {
    const session = request.staffSession
    const { means, factors } = await meansOf(session)
    const again = session.stage === 'open'
    return sendPage(reply, provePage(services, { means, factors, again, next, error }), error ? 422 : 200)
  }

  const letIn = async (request: FastifyRequest, reply: FastifyReply, way: SignInWay) => {
    const token = await enter(db, { session: request.staffSession, way, now: clock.now() })
    reply.setCookie(staffCookie, token, cookieOptions(publicUrl))
  }
  const wayOn = (request: FastifyRequest, next: string | undefined) => next ?? homeOf(request.staff)

  app.get(provePath, { preHandler }, (request, reply) =>
    show(request, reply, nextPage((request.query as Record<string, unknown>).dalej)),
  )

  app.post(provePath, { preHandler, config: { rateLimit } }, async (request, reply) => {
    const now = clock.now()
    const { staff } = request.staffSession
    const staffId = staff.id
    const next = nextPage(formText(request.body, 'dalej'))
    const { means } = await meansOf(request.staffSession)
    const typed = formText(request.body, means === 'password' ? 'haslo' : 'kod')
    if (means === 'provider' || typed === '') return show(request, reply, next, { reason: 'empty' })
    const proof =
      means === 'password'
        ? await proveByPassword(db, { staff, password: typed, now })
        : await proveByCode(db, { staffId, code: typed, now, keys })
    if (proof.ok) {
      await letIn(request, reply, proof.way)
      return reply.redirect(wayOn(request, next), 303)
    }
    await noteRefusal(db, { staffId, reason: proof.reason === 'locked' ? 'codes_locked' : 'code', now })
    const minutes = proof.reason === 'locked' ? minutesUntil(proof.lockedUntil, now) : 0
    return show(request, reply, next, { reason: proof.reason, minutes })
  })

  app.post(provePasskeyPaths.ask, { preHandler, config: { rateLimit } }, async (request, reply) => {
    const { id: sessionId, staff } = request.staffSession
    const options = await askPasskey(db, { sessionId, staffId: staff.id, party: party(), now: clock.now() })
    return options ? reply.send({ ok: true, options }) : reply.code(409).send({ ok: false, reason: 'none' })
  })

  app.post(provePasskeyPaths.answer, { preHandler, config: { rateLimit } }, async (request, reply) => {
    const now = clock.now()
    const { id: sessionId, staff } = request.staffSession
    const answer = parseJson(formText(request.body, 'odpowiedz'))
    const proved = await proveByPasskey(db, { sessionId, staffId: staff.id, party: party(), now, answer })
    if (!proved) {
      await noteRefusal(db, { staffId: staff.id, reason: 'passkey', now })
      return reply.code(422).send({ ok: false, reason: 'wrong' })
    }
    await letIn(request, reply, 'passkey')
    return reply.send({ ok: true, to: wayOn(request, nextPage(formText(request.body, 'dalej'))) })
  })
}
