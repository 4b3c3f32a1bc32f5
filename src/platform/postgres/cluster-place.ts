import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PostgresStartError } from './postgres-start-error'
import { findServerUser, run, type ServerUser } from './server-user'

/** Where root keeps what the server's user must reach when checkout or data lie in a closed folder. */
export const sharedFolderOfRoot = '/var/lib/e-wizyta'

export interface ClusterPlace {
  /** Holds cluster/, passwords.json, server.log and owner/. */
  home: string
  /** Whom the server runs as, when that is not ourselves. */
  user?: ServerUser
  /** The file in the data folder that says so, when the home is outside of it. */
  note?: string
}

export const clusterIn = (home: string) => join(home, 'cluster')

/**
 * Decides where the cluster of `folder` lies: there, or for root, if the server's user cannot work there,
 * in `<sharedFolder>/<hash of the folder's path>`. An existing cluster is found again by the same rule.
 * @throws PostgresStartError `folder_not_reachable`, `no_server_user`
 */
export async function chooseClusterPlace(folder: string, sharedFolder: string): Promise<ClusterPlace> {
  await mkdir(folder, { recursive: true })
  const inside: ClusterPlace = { home: await realpath(folder) }
  if (process.getuid?.() !== 0) return inside

  const hash = createHash('sha256').update(inside.home).digest('hex').slice(0, 16)
  const outside: ClusterPlace = {
    home: join(sharedFolder, hash),
    note: join(inside.home, 'the-database-is-elsewhere.txt'),
  }
  for (const place of [inside, outside]) {
    const user = await ownerOfCluster(place.home)
    if (!user) continue
    if (await canWorkIn(place.home, user)) return { ...place, user }
    throw unreachable(place.home)
  }
  const user = await findServerUser()
  if (await canWorkIn(inside.home, user)) return { ...inside, user }
  await openFolder(sharedFolder)
  await openFolder(outside.home)
  if (await canWorkIn(outside.home, user)) return { ...outside, user }
  throw unreachable(outside.home)
}

/** Leaves the note for those who look for the database in the data folder. */
export async function leaveNote(place: ClusterPlace): Promise<void> {
  if (place.note === undefined) return
  await writeFile(
    place.note,
    `The database lies in ${place.home}: PostgreSQL does not run as root, and its user cannot enter this folder.\n` +
      'Include that folder in backups. Without this note a new, empty database is made at the next start.\n',
  )
}

/** Whose cluster it is. One that belongs to root, e.g. a restored backup, is given to the server's user. */
async function ownerOfCluster(home: string): Promise<ServerUser | undefined> {
  const cluster = clusterIn(home)
  // A link is not followed: root would give away whatever it points to
  const found = await lstat(cluster).catch(() => undefined)
  if (!found?.isDirectory()) return undefined
  if (found.uid !== 0) return { uid: found.uid, gid: found.gid }
  const user = await findServerUser()
  await run('chown', ['-R', `${user.uid}:${user.gid}`, cluster], undefined)
  return user
}

/** Tried, not computed: permissions, access lists and mount options of the whole path all have their say. */
async function canWorkIn(home: string, user: ServerUser): Promise<boolean> {
  const trial = await mkdtemp(join(home, 'trial-'))
  try {
    await chown(trial, user.uid, user.gid)
    const { code } = await run('/bin/sh', ['-c', ': > "$0/file"', trial], user)
    return code === 0
  } catch (error) {
    // chown refused, e.g. on a network drive that knows no root
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return false
    throw error
  } finally {
    await rm(trial, { recursive: true, force: true })
  }
}

async function openFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o755)
}

function unreachable(home: string): PostgresStartError {
  return new PostgresStartError(
    'folder_not_reachable',
    `The user PostgreSQL runs as cannot work in ${home}: open the folders above it (chmod o+x), start as an ordinary user or set DATABASE_URL.`,
  )
}
