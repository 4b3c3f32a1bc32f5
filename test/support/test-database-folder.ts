import { access, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findPostmaster } from '../../src/platform/postgres/find-postmaster'
import { takeOwnership } from '../../src/platform/postgres/owner-lock'
import { identifyProcess } from '../../src/platform/postgres/process-identity'
import { makeReachableFolder, reachableTemporary } from './reachable-folder'

const prefix = 'e-wizyta-test-run-'
const databaseIn = (folder: string) => join(folder, 'postgres')

/** A fresh folder for a test run, and the place in it where its database belongs. */
export async function makeTestDatabaseFolder(): Promise<{ temporary: string; database: string }> {
  const temporary = await makeReachableFolder(prefix)
  return { temporary, database: databaseIn(temporary) }
}

/** Ends and removes what test runs that were killed have left; runs at work are not touched. */
export async function removeAbandonedDatabases(): Promise<void> {
  for (const name of await readdir(reachableTemporary)) {
    if (!name.startsWith(prefix)) continue
    const folder = join(reachableTemporary, name)
    if (await abandoned(databaseIn(folder))) await rm(folder, { recursive: true, force: true })
  }
}

async function abandoned(database: string): Promise<boolean> {
  try {
    // A run that has just begun has no cluster yet; one at work owns it
    await access(join(database, 'cluster'))
    await takeOwnership(database)
  } catch {
    return false
  }
  const left = await findPostmaster({ home: database })
  if (left) {
    process.kill(left.pid, 'SIGQUIT')
    while (await identifyProcess(left.pid)) await delay(20)
  }
  return true
}
