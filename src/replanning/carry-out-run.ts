import { forgetOffers } from '../booking/offer-cache'
import type { Db } from '../platform/db'
import { carryOutDecision } from './carry-out-decision'
import type { ReplanParts } from './replan-parts'
import { defaultReplanPolicy } from './replan-policy'
import { type Run, unfinishedRuns, visitsOf } from './run-store'

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
