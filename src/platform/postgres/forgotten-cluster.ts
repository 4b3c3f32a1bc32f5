import { randomBytes } from 'node:crypto'
import { access, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClusterPlace, clusterIn } from './cluster-place'
import { PostgresStartError } from './postgres-start-error'

/**
 * Decides what to do when a cluster outside of its data folder and the note about it do not agree. Somebody
 * who deleted the data folder begins anew: the old cluster is kept under another name.
 * @param stopServer ends a server that may still run on the cluster
 * @returns where the old cluster was put, if it was
 * @throws PostgresStartError `cluster_missing`
 */
export async function setForgottenClusterAside(
  place: ClusterPlace,
  stopServer: () => Promise<void>,
): Promise<string | undefined> {
  if (place.note === undefined) return undefined
  const cluster = clusterIn(place.home)
  const [noteThere, clusterThere] = [await exists(place.note), await exists(cluster)]
  if (noteThere && !clusterThere) {
    throw new PostgresStartError(
      'cluster_missing',
      `The database ${cluster} is gone: restore it from the backup or, to begin with an empty one, delete ${place.note}.`,
    )
  }
  if (noteThere || !clusterThere) return undefined
  await stopServer()
  const aside = join(place.home, `forgotten-cluster-${randomBytes(4).toString('hex')}`)
  await rename(cluster, aside)
  return aside
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
