import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db, DbOrTx } from '../platform/db'
import type { Staff } from './staff'
import { deleteSession, insertSession, markSeen, staffOfSession } from './staff-store'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireStaff`. */
    staff: Staff
  }
}

/** How long a session lasts: without a request, and in all. */
export interface SessionPolicy {
  idleMinutes: number
  hours: number
}

export const defaultSessionPolicy: SessionPolicy = { idleMinutes: 60, hours: 12 }

export const staffCookie = 'staff'

/** A session is written to at most this often. */
const seenEveryMilliseconds = 60_000
const tokenBytes = 32

/** The token is worth something only to who holds it: the database has its hash. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** @returns the new session's token, for the cookie */
export async function openSession(
  db: DbOrTx,
  { staffId, now, policy }: { staffId: number; now: Date; policy: SessionPolicy },
): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url')
  const expiresAt = new Date(now.getTime() + policy.hours * 3_600_000)
  await insertSession(db, { tokenHash: hashOf(token), staffId, createdAt: now, expiresAt })
  return token
}

/** Who is signed in with this request, undefined for nobody; counts as activity. */
export async function staffOf(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy = defaultSessionPolicy,
): Promise<Staff | undefined> {
  const session = await readSession(db, request, now, policy)
  if (!session) return undefined
  await noteActivity(db, session, now)
  return session.staff
}

/** Whether the person who opened a socket with this request is still signed in. */
export async function sessionStands(
  db: DbOrTx,
  request: FastifyRequest,
  { now, staffId, isActivity }: { now: Date; staffId: number; isActivity: boolean },
): Promise<boolean> {
  const session = await readSession(db, request, now, defaultSessionPolicy)
  if (session?.staff.id !== staffId) return false
  if (isActivity) await noteActivity(db, session, now)
  return true
}

interface ReadSession {
  tokenHash: Buffer
  staff: Staff
  seenAt: Date
}

async function readSession(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy: SessionPolicy,
): Promise<ReadSession | undefined> {
  const token = request.cookies[staffCookie]
  if (token === undefined || token === '') return undefined
  const tokenHash = hashOf(token)
  const seenAfter = new Date(now.getTime() - policy.idleMinutes * 60_000)
  const session = await staffOfSession(db, { tokenHash, now, seenAfter })
  return session && { tokenHash, ...session }
}

async function noteActivity(db: DbOrTx, { tokenHash, seenAt }: ReadSession, now: Date): Promise<void> {
  if (now.getTime() - seenAt.getTime() >= seenEveryMilliseconds) await markSeen(db, tokenHash, now)
}

/** Whether this browser was signed in and has only been left alone for too long. */
export async function wasIdle(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy = defaultSessionPolicy,
): Promise<boolean> {
  const unlimited = { ...policy, idleMinutes: policy.hours * 60 }
  const session = await readSession(db, request, now, unlimited)
  return session !== undefined && (await readSession(db, request, now, policy)) === undefined
}

/** Topic of the bus that tells open sockets of a person to look whether their session still stands. */
export const sessionTopic = (staffId: number): string => `staff:${staffId}`

/** Ends the session of this request, if there is one. */
export async function signOut(db: DbOrTx, request: FastifyRequest, now: Date, bus: Bus): Promise<void> {
  const token = request.cookies[staffCookie]
  if (token === undefined || token === '') return
  const staff = await staffOf(db, request, now)
  await deleteSession(db, hashOf(token), now)
  if (staff) await bus.publish(db, { topic: sessionTopic(staff.id), body: {} })
}

/** Where the sign-in page leads on to; only pages of ours. */
const signInAddress = (next: string): string => `/pracownik?dalej=${encodeURIComponent(next)}`

/**
 * A pre-handler that lets only signed-in people on, as `request.staff`: a page leads to the sign-in page,
 * a script is told. What the person may do is the use case's business.
 */
export function requireStaff({ db, clock }: { db: Db; clock: Clock }) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const staff = await staffOf(db, request, clock.now())
    if (staff) {
      request.staff = staff
      return
    }
    const readsPage = request.method === 'GET' && request.headers.upgrade === undefined
    if (request.headers.accept === 'application/json' || request.headers.upgrade !== undefined) {
      await reply.code(401).send({ ok: false, reason: 'signed_out', to: '/pracownik' })
      return
    }
    await reply.redirect(readsPage ? signInAddress(request.url) : '/pracownik', 303)
  }
}
