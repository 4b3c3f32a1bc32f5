import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../logger'
import type { Postmaster } from './postmaster'

interface RelaunchPolicy {
  firstDelayMilliseconds: number
  longestDelayMilliseconds: number
}

const defaultRelaunchPolicy: RelaunchPolicy = {
  firstDelayMilliseconds: 500,
  longestDelayMilliseconds: 10_000,
}

/**
 * Follows a running server: launches it again when it dies by itself, for ever and less and less often,
 * until told to stop.
 * @param relaunch rejects when the server does not start
 * @returns `stop`, which resolves when no server runs any more
 */
export function keepPostmaster(
  first: Postmaster,
  relaunch: () => Promise<Postmaster>,
  stopPostmaster: (postmaster: Postmaster) => Promise<void>,
  log: Pick<Logger, 'warn' | 'error'>,
  policy: RelaunchPolicy = defaultRelaunchPolicy,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const stopAsked = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve())
  })

  const follow = async () => {
    let postmaster: Postmaster | undefined = first
    while (postmaster) {
      await Promise.race([postmaster.exited, stopAsked])
      if (stopping.signal.aborted) return stopPostmaster(postmaster)
      log.error({ pid: postmaster.pid }, 'PostgreSQL ended unexpectedly; starting it again')
      postmaster = await launchAgain()
    }
  }

  const launchAgain = async (): Promise<Postmaster | undefined> => {
    let wait = policy.firstDelayMilliseconds
    while (!stopping.signal.aborted) {
      try {
        const postmaster = await relaunch()
        log.warn({ pid: postmaster.pid }, 'PostgreSQL runs again')
        return postmaster
      } catch (error) {
        log.error({ error }, 'PostgreSQL did not start again; trying later')
        await delay(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
        wait = Math.min(wait * 2, policy.longestDelayMilliseconds)
      }
    }
    return undefined
  }

  const followed = follow()
  return {
    stop: () => {
      stopping.abort()
      return followed
    },
  }
}
