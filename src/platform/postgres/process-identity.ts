import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * A process by number and mark. Numbers are given again after a restart of the machine or a container; the
 * mark (boot and start time) tells the process from a later one. An empty mark means: cannot be known here.
 */
interface ProcessIdentity {
  pid: number
  mark: string
}

/** @returns undefined when no such process lives */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!exists(pid)) return undefined
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    // Hidden from us (hidepid): it lives, more cannot be said
    if (stat === undefined) return exists(pid) ? { pid, mark: '' } : undefined
    const started = startFromStat(stat)
    return started === undefined ? undefined : { pid, mark: `${await bootId()}.${started}` }
  }
  if (process.platform === 'win32') return { pid, mark: '' }
  const started = await ps(pid, 'lstart=')
  return started === undefined ? undefined : { pid, mark: started.replace(/\D+/g, '.') }
}

/** Whether the very process of that identity still lives. When in doubt, it does. */
export async function stillLives({ pid, mark }: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(pid)
  return now !== undefined && (now.mark === mark || now.mark === '' || mark === '')
}

/** Whether the process is dead but its number not yet free, as its parent takes no notice of its end. */
export async function isUnburied(pid: number): Promise<boolean> {
  return exists(pid) && (await identifyProcess(pid)) === undefined
}

/** The words the process was started with, or undefined where that cannot be read. */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
    return words?.replaceAll('\0', ' ')
  }
  return process.platform === 'win32' ? undefined : ps(pid, 'command=')
}

/** Start time (clock ticks since boot) from /proc/<pid>/stat; undefined for a process that is dead but not buried. */
export function startFromStat(stat: string): string | undefined {
  // The second field, the name in brackets, may itself contain spaces and brackets
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
}

async function bootId(): Promise<string> {
  const id = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return id.slice(0, 8)
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', column, '-p', String(pid)], {
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    })
    return stdout.trim() || undefined
  } catch {
    return undefined
  }
}
