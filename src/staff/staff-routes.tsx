import type { FastifyInstance } from 'fastify'
import { cookieOptions } from '../platform/http/cookies'
import { sendPage } from '../platform/http/page'
import { registerAccountRoutes } from './account/account-routes'
import { registerFactorRoutes } from './account/factor-routes'
import { addFactorPath, provePath } from './door-paths'
import { formText } from './form-text'
import { registerLinkRoutes } from './link/link-routes'
import { minutesUntil, nextPage, withNext } from './next-page'
import { createIdentityProvider } from './oidc/identity-provider'
import { farewellPage } from './oidc/farewell-page'
import { registerOidcRoutes } from './oidc/oidc-routes'
import { type SampleAccounts, signInPage } from './pages/sign-in-page'
import { registerProveRoutes } from './prove-routes'
import type { SessionStage } from './session-store'
import type { ShowDoor } from './show-door'
import { signIn } from './sign-in'
import type { StaffServices } from './staff-services'
import { homeOf } from './staff-places'
import { defaultSessionPolicy, doorPath, sessionOf, signOut, staffCookie, wasIdle } from './staff-session'
import { defaultLockPolicy } from './staff-store'
import { createStrangerTries } from './stranger-tries'

/** Every try costs a tenth of a second of computing; a branch of officers comes from one address. */
const triesPerMinute = { max: 30, timeWindow: '1 minute' }

/** Sign-in and sign-out of the staff, in Polish. `samples`: accounts that a demonstration shows at its door. */
export function registerStaffRoutes(
  app: FastifyInstance,
  services: StaffServices,
  samples?: SampleAccounts,
): void {
  const { db, clock, bus, log, publicUrl } = services
  const { passwords, secondFactor, oidc } = services.config.signIn
  const strangers = createStrangerTries(defaultLockPolicy)
  const cookie = cookieOptions(publicUrl)
  const provider = oidc && createIdentityProvider(oidc, publicUrl)

  const showDoor: ShowDoor = (reply, shown, status) =>
    sendPage(
      reply,
      signInPage(
        { ...services, samples, passwords, hasProvider: provider !== undefined },
        { ...shown, idleMinutes: shown.wasIdle ? defaultSessionPolicy.idleMinutes : null },
      ),
      status ?? (shown.error ? 422 : 200),
    )

  app.get(doorPath, async (request, reply) => {
    const query = request.query as Record<string, unknown>
    const next = nextPage(query.dalej)
    const session = await sessionOf(db, request, clock.now())
    if (session) return reply.redirect(wayOn(session.stage, next, session.staff), 303)
    return showDoor(reply, {
      next,
      passwordSet: query.haslo === 'ustawione',
      wasIdle: await wasIdle(db, request, clock.now()),
    })
  })

  app.post(doorPath, { config: { rateLimit: triesPerMinute } }, async (request, reply) => {
    const email = formText(request.body, 'email')
    const password = formText(request.body, 'password')
    const next = nextPage(formText(request.body, 'dalej'))
    if (!passwords) return showDoor(reply, { next, error: { reason: 'off' } }, 403)
    if (email.trim() === '' || password === '')
      return showDoor(reply, { next, email, error: { reason: 'empty' } })
    const now = clock.now()
    const result = await signIn(db, {
      ...{ email, password, request, now, strangers, secondFactor },
      lock: defaultLockPolicy,
    })
    if (!result.ok) {
      const minutes = result.reason === 'locked' ? minutesUntil(result.lockedUntil, now) : 0
      return showDoor(reply, { next, email, error: { reason: result.reason, minutes } })
    }
    // Whoever signs in anew at the same browser leaves no second open session behind
    await signOut(db, request, now, bus)
    reply.setCookie(staffCookie, result.token, cookie)
    return reply.redirect(wayOn(result.stage, next, result), 303)
  })

  app.post('/pracownik/wyloguj', async (request, reply) => {
    const ended = await signOut(db, request, clock.now(), bus)
    reply.clearCookie(staffCookie, cookie)
    if (ended?.way !== 'oidc' || !provider) return reply.redirect(doorPath, 303)
    // Signed out here in any case: a provider that is away must not keep a person in
    const farewell = await provider.farewell().catch((error: unknown) => {
      log.warn({ error }, 'the identity provider does not answer')
      return undefined
    })
    if (!farewell) return reply.redirect(doorPath, 303)
    // Not a redirect: browsers hold that a form of ours leads to no other house, wherever it is sent on
    reply.header('refresh', `0; url=${farewell.href}`)
    return sendPage(reply, farewellPage(services, farewell.href))
  })

  registerProveRoutes(app, services)
  registerLinkRoutes(app, services)
  registerAccountRoutes(app, services)
  registerFactorRoutes(app, services)
  if (oidc && provider) registerOidcRoutes(app, services, { oidc, provider, showDoor })
}

/** Where a session of this stage goes on. */
function wayOn(stage: SessionStage, next: string | undefined, staff: Parameters<typeof homeOf>[0]): string {
  if (stage === 'open') return next ?? homeOf(staff)
  return withNext(stage === 'factor' ? provePath : addFactorPath, next)
}
