import type { DeskVisit } from '../contract/desk-live'
import type { Directory } from '../institution/directory'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { Logger } from '../platform/logger'
import type { Language } from '../texts/catalogue'
import { deskTopic } from '../visit/visit-notices'
import { readDeskVisit } from './desk-day'

/** Somebody who looks at a branch's list. */
export interface DeskFollower {
  handleVisit(visit: DeskVisit): void
  /** Notices may have been missed: read everything again. */
  handleRestored(): void
}

/** Reads a changed visit once for all who look at its branch in this process. */
export interface DeskFeed {
  /** Returns the end of following. */
  follow(branchId: number, follower: DeskFollower): () => void
}

export interface FeedParts {
  db: Db
  bus: Bus
  clock: Clock
  keys: Keys
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  log: Logger
}

export function createDeskFeed({ db, bus, clock, keys, directory, translators, log }: FeedParts): DeskFeed {
  const branches = new Map<number, { followers: Set<DeskFollower>; stop: () => void }>()

  const open = (branchId: number) => {
    const followers = new Set<DeskFollower>()
    let last: Promise<unknown> = Promise.resolve()
    const tell = async (visitId: string) => {
      const visit = await readDeskVisit(db, {
        visitId,
        keys,
        directory,
        texts: translators.pl,
        now: clock.now(),
      })
      if (visit) for (const follower of followers) follower.handleVisit(visit)
    }
    const restored = () => {
      for (const follower of followers) follower.handleRestored()
    }
    const unsubscribe = bus.subscribe(deskTopic(branchId), (body) => {
      if (typeof body !== 'string') return
      // One after the other: an older reading must not overtake a newer one
      last = last
        .then(() => tell(body))
        .catch((error: unknown) => {
          log.error({ error }, 'changed visit was not read')
          restored()
        })
    })
    const stopRestored = bus.onRestored(restored)
    const stop = () => {
      unsubscribe()
      stopRestored()
    }
    const branch = { followers, stop }
    branches.set(branchId, branch)
    return branch
  }

  return {
    follow(branchId, follower) {
      const branch = branches.get(branchId) ?? open(branchId)
      branch.followers.add(follower)
      return () => {
        branch.followers.delete(follower)
        if (branch.followers.size > 0 || branches.get(branchId) !== branch) return
        branches.delete(branchId)
        branch.stop()
      }
    },
  }
}
