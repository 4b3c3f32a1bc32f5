import type { InstitutionSettings } from '../institution/institution-data'
import { forgetOffers } from '../booking/offer-cache'
import type { RandomUpTo } from '../booking/seat'
import type { MessageQueue } from '../message/queue-messages'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { carryOutDecision } from './carry-out-decision'
import { defaultReplanPolicy, type ReplanPolicy } from './replan-policy'
import { type Run, unfinishedRuns, visitsOf } from './run-store'

/** What carrying out and undoing take. */
export interface ReplanParts {
  clock: Clock
  keys: Keys
  settings: InstitutionSettings
  timeZone: string
  queue: MessageQueue
  bus: Bus
  random?: RandomUpTo
  policy?: ReplanPolicy
}

/**
 * Carries out what is still wanted of a run, each visit in a transaction of its own: a seat that was lost
 * meanwhile stops no other visit. May run twice at once or again after a crash: each decision happens once.
 */
export async function carryOutRun(db: Db, run: Run, parts: ReplanParts): Promise<void> {
  const { clock, queue, policy = defaultReplanPolicy } = parts
  for (const visitId of await visitsOf(db, run.id, 'wanted'))
    await carryOutDecision(db, { run, visitId, now: clock.now() }, { ...parts, policy })
  forgetOffers(db, run.branchId)
  queue.wake()
}

/** A request carries its run out itself; what is older than this was left behind by a crash. */
const leftBehindMilliseconds = 60_000

/** Carries out what a crash left behind. */
export async function finishRuns(db: Db, parts: ReplanParts): Promise<void> {
  const before = new Date(parts.clock.now().getTime() - leftBehindMilliseconds)
  for (const run of await unfinishedRuns(db, before)) await carryOutRun(db, run, parts)
}
