import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Directory } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import { cookieOptions } from '../platform/http/cookies'
import { sendPage } from '../platform/http/page'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import { type SampleAccounts, type SignInForm, signInPage } from './pages/sign-in-page'
import { signIn } from './sign-in'
import { homeOf } from './staff-places'
import { defaultSessionPolicy, signOut, staffCookie, staffOf, wasIdle } from './staff-session'
import { defaultLockPolicy } from './staff-store'
import { createStrangerTries } from './stranger-tries'

export interface StaffServices {
  db: Db
  clock: Clock
  bus: Bus
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
  publicUrl: string
}

/** Every try costs a tenth of a second of computing; a branch of officers comes from one address. */
const triesPerMinute = 30

/** Sign-in and sign-out of the staff, in Polish. `samples`: accounts that a demonstration shows at its door. */
export function registerStaffRoutes(
  app: FastifyInstance,
  services: StaffServices,
  samples?: SampleAccounts,
): void {
  const { db, clock, bus, publicUrl } = services
  const strangers = createStrangerTries(defaultLockPolicy)
  const cookie = cookieOptions(publicUrl)

  const showPage = (reply: FastifyReply, shown: Omit<SignInForm, 'idleMinutes'> & { wasIdle?: boolean }) =>
    sendPage(
      reply,
      signInPage(
        { ...services, samples },
        { ...shown, idleMinutes: shown.wasIdle ? defaultSessionPolicy.idleMinutes : null },
      ),
      shown.error ? 422 : 200,
    )

  app.get('/pracownik', async (request, reply) => {
    const next = nextPage((request.query as Record<string, unknown>).dalej)
    const staff = await staffOf(db, request, clock.now())
    if (staff) return reply.redirect(next ?? homeOf(staff), 303)
    return showPage(reply, { next, wasIdle: await wasIdle(db, request, clock.now()) })
  })

  app.post(
    '/pracownik',
    { config: { rateLimit: { max: triesPerMinute, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const form = (request.body ?? {}) as Record<string, unknown>
      const email = textOf(form.email)
      const password = textOf(form.password)
      const next = nextPage(form.dalej)
      if (email.trim() === '' || password === '')
        return showPage(reply, { next, email, error: { reason: 'empty' } })
      const now = clock.now()
      const result = await signIn(db, {
        email,
        password,
        now,
        lock: defaultLockPolicy,
        session: defaultSessionPolicy,
        strangers,
      })
      if (!result.ok) {
        const minutes = result.reason === 'locked' ? minutesUntil(result.lockedUntil, now) : 0
        return showPage(reply, { next, email, error: { reason: result.reason, minutes } })
      }
      await forgetEarlierSession(request)
      reply.setCookie(staffCookie, result.token, cookie)
      return reply.redirect(next ?? homeOf(result), 303)
    },
  )

  app.post('/pracownik/wyloguj', async (request, reply) => {
    await signOut(db, request, clock.now(), bus)
    reply.clearCookie(staffCookie, cookie)
    return reply.redirect('/pracownik', 303)
  })

  /** Whoever signs in anew at the same browser leaves no second open session behind. */
  const forgetEarlierSession = (request: FastifyRequest) => signOut(db, request, clock.now(), bus)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const minutesUntil = (then: Date, now: Date): number =>
  Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 60_000))

/** Only a page of the staff's own: never an address of another site. */
const nextPage = (wish: unknown): string | undefined =>
  typeof wish === 'string' && /^\/pracownik(?:\/[\w-]+)+(?:\?[\w=&.-]*)?$/.test(wish) ? wish : undefined
