import type { FastifyRequest } from 'fastify'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Every } from '../platform/every'
import { sessionStands, sessionTopic } from './staff-session'

/** Code of a socket closed since its person is not signed in any more. */
export const signedOutCode = 4401

const lookEveryMilliseconds = 60_000

export interface SessionWatch {
  /** Of the request that opened the socket. */
  request: FastifyRequest
  staffId: number
  /** A call in progress is activity, a list on the screen is none. */
  isActivity: boolean
  every: Every
  onEnd: () => void
}

/** Looks each minute, and at once after a sign-out, whether the session still stands. Returns the end of it. */
export function watchSession(
  { db, clock, bus }: { db: Db; clock: Clock; bus: Bus },
  { request, staffId, isActivity, every, onEnd }: SessionWatch,
): () => void {
  const look = () => {
    // A database that does not answer ends no call; the next look will tell
    sessionStands(db, request, { now: clock.now(), staffId, isActivity }).then(
      (stands) => {
        if (!stands) onEnd()
      },
      () => undefined,
    )
  }
  const stopLooking = every(lookEveryMilliseconds, look)
  const stopListening = bus.subscribe(sessionTopic(staffId), look)
  return () => {
    stopLooking()
    stopListening()
  }
}
