import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClusterPlace, clusterIn } from './cluster-place'
import type { PostgresBinaries } from './postgres-binaries'
import { errorFromOutput } from './postgres-start-error'
import { run } from './server-user'

const workPrefix = 'new-cluster-'

/**
 * Creates the cluster: UTF-8, data checksums, passwords (SCRAM) for every connection. It appears under its
 * name in one step, so an attempt that was killed leaves nothing that looks like a cluster.
 * @param durable false only for throw-away clusters: nothing is waited for to reach the disk
 * @throws PostgresStartError `initdb_failed`, `disk_full`, `folder_not_writable`, `no_server_user`
 */
export async function createCluster(
  place: ClusterPlace,
  binaries: PostgresBinaries,
  administratorPassword: string,
  durable: boolean,
): Promise<void> {
  await removeAttempts(place.home)
  const work = await mkdtemp(join(place.home, workPrefix))
  try {
    const [cluster, passwordFile] = [join(work, 'cluster'), join(work, 'password')]
    await chmod(work, 0o711)
    await mkdir(cluster, { mode: 0o700 })
    await writeFile(passwordFile, administratorPassword, { mode: 0o600 })
    if (place.user) {
      for (const path of [cluster, passwordFile]) await chown(path, place.user.uid, place.user.gid)
    }
    const { code, output } = await run(
      binaries.initdb,
      [
        ...['--pgdata', cluster, '--username', 'postgres', '--pwfile', passwordFile],
        ...[
          '--encoding',
          'UTF8',
          '--locale',
          'C',
          '--locale-provider',
          'builtin',
          '--builtin-locale',
          'C.UTF-8',
        ],
        ...['--data-checksums', '--auth', 'scram-sha-256', '--no-instructions'],
        ...(durable ? [] : ['--no-sync']),
      ],
      place.user,
    )
    if (code !== 0) throw errorFromOutput('initdb_failed', output, place.home)
    await rename(cluster, clusterIn(place.home))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function removeAttempts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith(workPrefix)) await rm(join(home, name), { recursive: true, force: true })
  }
}
