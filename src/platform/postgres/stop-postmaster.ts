import { setTimeout as delay } from 'node:timers/promises'
import type { PostgresBinaries } from './postgres-binaries'
import type { Postmaster } from './postmaster'
import { run } from './server-user'

/** How long each way of stopping may take before the next, harder one. */
export interface StopPatience {
  fastMilliseconds: number
  immediateMilliseconds: number
}

export const defaultStopPatience: StopPatience = { fastMilliseconds: 20_000, immediateMilliseconds: 8_000 }

const killMilliseconds = 10_000

/** Fast shutdown (open transactions are rolled back), then immediate, then by force. Resolves when it is gone. */
export async function stopPostmaster(
  postmaster: Postmaster,
  binaries: PostgresBinaries,
  patience: StopPatience,
): Promise<void> {
  const steps = [
    ['INT', patience.fastMilliseconds],
    ['QUIT', patience.immediateMilliseconds],
    ['KILL', killMilliseconds],
  ] as const
  for (const [signal, milliseconds] of steps) {
    await send(postmaster.pid, signal, binaries)
    if (await isOver(postmaster.exited, milliseconds)) return
  }
  throw new Error(`PostgreSQL (process ${postmaster.pid}) does not end`)
}

async function send(pid: number, signal: 'INT' | 'QUIT' | 'KILL', binaries: PostgresBinaries): Promise<void> {
  if (process.platform === 'win32') {
    await run(binaries.pgCtl, ['kill', signal, String(pid)], undefined)
    return
  }
  try {
    process.kill(pid, `SIG${signal}`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function isOver(end: Promise<void>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController()
  const inTime = await Promise.race([
    end.then(() => true),
    delay(milliseconds, false, { signal: timer.signal }).catch(() => false),
  ])
  timer.abort()
  return inTime
}
