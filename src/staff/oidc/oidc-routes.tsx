import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OidcConfig } from '../../config/config'
import { cookieOptions } from '../../platform/http/cookies'
import { formText } from '../form-text'
import { nextPage } from '../next-page'
import { noteRefusal } from '../note-sign-in'
import type { SignInError } from '../pages/sign-in-page'
import { homeOf } from '../staff-places'
import type { ShowDoor } from '../show-door'
import type { StaffServices } from '../staff-services'
import { signOut, staffCookie } from '../staff-session'
import { endProviderSessions } from './end-provider-sessions'
import type { Arrival, IdentityProvider } from './identity-provider'
import { oidcPaths } from './oidc-paths'
import { isProviderAway } from './provider-away'
import { signInByProvider } from './sign-in-by-provider'

/** Sealed: what the browser keeps on its way to the provider and back. */
const departureCookie = 'staff_oidc'
const departureContext = 'staff.departure'
const departureMinutes = 15
const departureSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  again: z.boolean(),
  next: z.string().optional(),
  at: z.number(),
})
type KeptDeparture = z.infer<typeof departureSchema>

const rateLimit = { max: 60, timeWindow: '1 minute' }

interface Parts {
  oidc: OidcConfig
  provider: IdentityProvider
  showDoor: ShowDoor
}

/** Sign-in by the institution's identity provider, and its word that a session has ended there. */
export function registerOidcRoutes(
  app: FastifyInstance,
  services: StaffServices,
  { oidc, provider, showDoor }: Parts,
): void {
  const { db, clock, keys, bus, log, publicUrl } = services
  const cookie = cookieOptions(publicUrl)
  const departureOptions = { ...cookie, path: oidcPaths.start }

  const sendProblem = async (
    reply: FastifyReply,
    { error, next, away }: { error: unknown; next: string | undefined; away: boolean },
  ) => {
    log.warn({ error, away }, 'sign-in by the identity provider')
    await noteRefusal(db, { staffId: null, reason: 'provider', now: clock.now() })
    const reason = away ? 'provider.down' : 'provider.failed'
    return showDoor(reply, { next, error: { reason } }, away ? 503 : 422)
  }

  app.get(oidcPaths.start, { config: { rateLimit } }, async (request, reply) => {
    const query = request.query as Record<string, unknown>
    const next = nextPage(query.dalej)
    try {
      const { url, departure } = await provider.depart(query.ponownie !== undefined)
      const kept: KeptDeparture = { ...departure, next, at: clock.now().getTime() }
      const sealed = keys.seal(JSON.stringify(kept), departureContext).toString('base64url')
      reply.setCookie(departureCookie, sealed, departureOptions)
      return await reply.redirect(url.href, 303)
    } catch (error) {
      return sendProblem(reply, { error, next, away: true })
    }
  })

  app.get(oidcPaths.back, { config: { rateLimit } }, async (request, reply) => {
    const now = clock.now()
    const departure = readDeparture(request, now)
    reply.clearCookie(departureCookie, departureOptions)
    const next = departure?.next
    let arrival: Arrival
    try {
      if (!departure) throw new Error('Nobody left for the provider from this browser')
      arrival = await provider.arrive(new URL(request.url, publicUrl), departure)
    } catch (error) {
      return sendProblem(reply, { error, next, away: isProviderAway(error) })
    }
    const result = await signInByProvider(db, { ...services, arrival, config: oidc, request, now })
    if (!result.ok) {
      const reason: SignInError['reason'] = `provider.${result.reason}`
      return showDoor(reply, { next, error: { reason } }, 403)
    }
    await signOut(db, request, now, bus)
    reply.setCookie(staffCookie, result.token, cookie)
    return reply.redirect(next ?? homeOf(result), 303)
  })

  // A program's address: it is believed for its signature alone
  app.post(oidcPaths.logout, { config: { rateLimit } }, async (request, reply) => {
    const now = clock.now()
    reply.header('cache-control', 'no-store')
    const loggedOut = await provider.readLogout(formText(request.body, 'logout_token'), now)
    if (!loggedOut) return reply.code(400).send({ error: 'invalid_request' })
    await endProviderSessions(db, { loggedOut, keys, bus, now })
    return reply.code(200).send()
  })

  const readDeparture = (request: FastifyRequest, now: Date): KeptDeparture | undefined => {
    try {
      const sealed = Buffer.from(request.cookies[departureCookie] ?? '', 'base64url')
      const kept = departureSchema.parse(JSON.parse(keys.unseal(sealed, departureContext)))
      return now.getTime() - kept.at <= departureMinutes * 60_000 ? kept : undefined
    } catch {
      return undefined
    }
  }
}
