import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db, DbOrTx } from '../platform/db'
import { auditStaff } from './audit-staff'
import { browserOf } from './browser-name'
import {
  confirmSession,
  deleteSession,
  insertSession,
  markSeen,
  readSession,
  type SessionStage,
  type SignInWay,
  type StaffSession,
} from './session-store'
import type { Staff } from './staff'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireStaff`. */
    staff: Staff
  }
}

/** How long a session lasts: without a request, in all, and while it is not open yet. */
export interface SessionPolicy {
  idleMinutes: number
  hours: number
  unfinishedMinutes: number
}

export const defaultSessionPolicy: SessionPolicy = { idleMinutes: 60, hours: 12, unfinishedMinutes: 15 }

export const staffCookie = 'staff'
export const doorPath = '/pracownik'

/** A session is written to at most this often. */
const seenEveryMilliseconds = 60_000
const tokenBytes = 32

/** The token is worth something only to who holds it: the database has its hash. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
const newToken = () => randomBytes(tokenBytes).toString('base64url')
const inMinutes = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000)

/** Who begins a session, and how far they have come. */
export interface Entry {
  staffId: number
  stage: SessionStage
  way: SignInWay
  request: FastifyRequest
  now: Date
  policy?: SessionPolicy
}

/** @returns the new session with its token, for the cookie */
export async function openSession(
  db: DbOrTx,
  { staffId, stage, way, request, now, policy = defaultSessionPolicy }: Entry,
): Promise<{ id: string; token: string }> {
  const token = newToken()
  const minutes = stage === 'open' ? policy.hours * 60 : policy.unfinishedMinutes
  const id = await insertSession(db, {
    ...{ tokenHash: hashOf(token), staffId, stage, way, createdAt: now },
    browser: browserOf(request.headers['user-agent']),
    expiresAt: inMinutes(now, minutes),
  })
  return { id, token }
}

/**
 * The person has proved to be themself: the session is open from now on, under another token than before.
 * @returns the new token, for the cookie
 */
export async function renewSession(
  db: DbOrTx,
  { id, stage }: Pick<StaffSession, 'id' | 'stage'>,
  { way, now, policy = defaultSessionPolicy }: { way: SignInWay; now: Date; policy?: SessionPolicy },
): Promise<string> {
  const token = newToken()
  // Confirming again prolongs nothing
  const beginsUntil = stage === 'open' ? null : inMinutes(now, policy.hours * 60)
  await confirmSession(db, { id, tokenHash: hashOf(token), way, now, beginsUntil })
  return token
}

/** Ids of the sessions that requests came with: a socket outlives the token that opened it. */
const known = new WeakMap<FastifyRequest, string>()

const seenAfter = (now: Date, { idleMinutes }: SessionPolicy) => inMinutes(now, -idleMinutes)

/** The session of a request, open or not; undefined when there is none. Counts as activity. */
export async function sessionOf(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy = defaultSessionPolicy,
): Promise<StaffSession | undefined> {
  const session = await read(db, request, now, policy)
  if (!session) return undefined
  known.set(request, session.id)
  await noteActivity(db, session, now)
  return session
}

/** Who is signed in with this request, undefined for nobody; counts as activity. */
export async function staffOf(db: DbOrTx, request: FastifyRequest, now: Date): Promise<Staff | undefined> {
  const session = await sessionOf(db, request, now)
  return session?.stage === 'open' ? session.staff : undefined
}

/** Whether the person who opened a socket with this request is still signed in. */
export async function sessionStands(
  db: DbOrTx,
  request: FastifyRequest,
  { now, staffId, isActivity }: { now: Date; staffId: number; isActivity: boolean },
): Promise<boolean> {
  const id = known.get(request)
  if (id === undefined) return false
  const session = await readSession(db, { by: { id }, now, seenAfter: seenAfter(now, defaultSessionPolicy) })
  if (session?.staff.id !== staffId || session.stage !== 'open') return false
  if (isActivity) await noteActivity(db, session, now)
  return true
}

const tokenOf = (request: FastifyRequest): string | undefined => request.cookies[staffCookie] || undefined

async function read(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy: SessionPolicy,
): Promise<StaffSession | undefined> {
  const token = tokenOf(request)
  if (token === undefined) return undefined
  return readSession(db, { by: { tokenHash: hashOf(token) }, now, seenAfter: seenAfter(now, policy) })
}

async function noteActivity(db: DbOrTx, { id, seenAt }: StaffSession, now: Date): Promise<void> {
  if (now.getTime() - seenAt.getTime() >= seenEveryMilliseconds) await markSeen(db, id, now)
}

/** Whether this browser was signed in and has only been left alone for too long. */
export async function wasIdle(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  policy = defaultSessionPolicy,
): Promise<boolean> {
  const unlimited = { ...policy, idleMinutes: policy.hours * 60 }
  const session = await read(db, request, now, unlimited)
  return session?.stage === 'open' && (await read(db, request, now, policy)) === undefined
}

/** Topic of the bus that tells open sockets of a person to look whether their session still stands. */
export const sessionTopic = (staffId: number): string => `staff:${staffId}`

/** Tells every process that sessions of this person have ended; in the transaction that ended them. */
export const tellSessionsEnded = (db: DbOrTx, bus: Bus, staffId: number): Promise<void> =>
  bus.publish(db, { topic: sessionTopic(staffId), body: {} })

/** Ends the session of this request, if there is one; returns what it was. */
export async function signOut(
  db: DbOrTx,
  request: FastifyRequest,
  now: Date,
  bus: Bus,
): Promise<{ way: string } | undefined> {
  const token = tokenOf(request)
  if (token === undefined) return undefined
  const ended = await deleteSession(db, hashOf(token), now)
  if (!ended) return undefined
  const { staffId } = ended
  if (ended.stage === 'open') await auditStaff(db, { action: 'staff.signed_out', about: staffId, now })
  await tellSessionsEnded(db, bus, staffId)
  return ended
}

/** Where the sign-in page leads on to; only pages of ours. */
const signInAddress = (next: string): string => `${doorPath}?dalej=${encodeURIComponent(next)}`

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
    await turnAway(request, reply)
  }
}

/** Who is not signed in: a page leads to the door, a script is told. */
export async function turnAway(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.headers.accept === 'application/json' || request.headers.upgrade !== undefined) {
    await reply.code(401).send({ ok: false, reason: 'signed_out', to: doorPath })
    return
  }
  await reply.redirect(request.method === 'GET' ? signInAddress(request.url) : doorPath, 303)
}
