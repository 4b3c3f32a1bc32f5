import { chown, mkdtemp, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PostgresStartError } from './postgres-start-error'
import { identifyProcess, stillLives } from './process-identity'

interface Ownership {
  release(): Promise<void>
}

/**
 * Makes this process the only owner of `folder` until released or dead: a killed owner's lock counts for
 * nothing. Safe when several processes start at once.
 * @throws PostgresStartError `already_running`
 */
export async function takeOwnership(folder: string): Promise<Ownership> {
  const me = await identifyProcess(process.pid)
  const mine = `${process.pid}-${me?.mark ?? ''}`
  const lock = join(folder, 'owner')
  const prepared = await mkdtemp(join(folder, 'owner-'))
  try {
    await writeFile(join(prepared, mine), '')
    // What root leaves when it is killed must not shut out the user whose folder it is
    const { uid, gid } = await stat(folder)
    if (process.getuid?.() === 0) await chown(prepared, uid, gid)
    while (!(await takesTheName(prepared, lock))) await removeTheDead(lock)
  } catch (error) {
    await rm(prepared, { recursive: true, force: true })
    throw error
  }
  return {
    release: async () => {
      await rm(join(lock, mine), { force: true })
      await rmdir(lock).catch(() => undefined)
    },
  }
}

/** A folder replaces another one only while that one is empty, in one step: this is what makes the lock a lock. */
async function takesTheName(prepared: string, lock: string): Promise<boolean> {
  // Windows never replaces a folder; an empty one has to go first
  if (process.platform === 'win32') await rmdir(lock).catch(() => undefined)
  try {
    await rename(prepared, lock)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const occupied =
      code === 'ENOTEMPTY' || code === 'EEXIST' || (code === 'EPERM' && process.platform === 'win32')
    if (occupied) return false
    throw error
  }
}

async function removeTheDead(lock: string): Promise<void> {
  for (const name of await readdir(lock).catch(noneIfGone)) {
    const [, pid, mark = ''] = /^(\d+)-(.*)$/.exec(name) ?? []
    if (pid !== undefined && (await stillLives({ pid: Number(pid), mark }))) {
      throw new PostgresStartError(
        'already_running',
        `The product is already running on this data folder (process ${pid}): stop it first or choose another DATA_DIR.`,
      )
    }
    // By its own name: the lock of whoever came in the meantime is never touched
    await rm(join(lock, name), { force: true })
  }
}

function noneIfGone(error: unknown): string[] {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
  throw error
}
