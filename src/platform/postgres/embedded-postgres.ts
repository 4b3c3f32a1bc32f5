import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../logger'
import {
  chooseClusterPlace,
  type ClusterPlace,
  clusterIn,
  leaveNote,
  sharedFolderOfRoot,
} from './cluster-place'
import { createCluster } from './create-cluster'
import { findPostmaster } from './find-postmaster'
import { setForgottenClusterAside } from './forgotten-cluster'
import { keepPostmaster } from './keep-postmaster'
import { launchPostmaster } from './launch-postmaster'
import { takeOwnership } from './owner-lock'
import { createPasswords, type Passwords, readPasswords } from './passwords'
import { installedPostgres, type PostgresBinaries, usableBinaries } from './postgres-binaries'
import { asStartError, PostgresStartError } from './postgres-start-error'
import type { Postmaster } from './postmaster'
import { provisionDatabase } from './provision-database'
import { defaultSettings, type ServerSettings } from './server-settings'
import { defaultStopPatience, type StopPatience, stopPostmaster } from './stop-postmaster'

export interface EmbeddedPostgresOptions {
  /** Holds the database and whatever belongs to it, e.g. `<DATA_DIR>/postgres`; made when missing. */
  folder: string
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** On top of the usual ones. A server that survived its killed owner keeps those it was started with. */
  settings?: ServerSettings
  stopPatience?: StopPatience
  /** Where root puts what the server's user must reach, when checkout or `folder` are closed to it. */
  sharedFolder?: string
}

export interface EmbeddedPostgres {
  /** For the product's role, which owns the database and is no superuser; the same until `stop`. */
  url: string
  /** Where database, passwords and server log really lie. */
  home: string
  /** Resolves when the server is gone. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL that came with npm on the cluster in `folder`, which is created at the first start.
 * A server left by a killed owner is taken over; one that dies is started again.
 * @throws PostgresStartError
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const place = await chooseClusterPlace(options.folder, options.sharedFolder ?? sharedFolderOfRoot)
    const ownership = await takeOwnership(place.home)
    try {
      const { url, stop } = await startAt(place, options)
      let stopped: Promise<void> | undefined
      return { url, home: place.home, stop: () => (stopped ??= stop().then(() => ownership.release())) }
    } catch (error) {
      await ownership.release()
      throw error
    }
  } catch (error) {
    throw asStartError(error, options.folder)
  }
}

async function startAt(place: ClusterPlace, options: EmbeddedPostgresOptions) {
  const { log, sharedFolder = sharedFolderOfRoot, stopPatience = defaultStopPatience } = options
  const settings = { ...defaultSettings, ...options.settings }
  const copyFolder = place.user ? sharedFolder : place.home
  const binaries = await usableBinaries(await installedPostgres(), copyFolder, place.user)
  const stopServer = (postmaster: Postmaster) => stopPostmaster(postmaster, binaries, stopPatience)

  const aside = await setForgottenClusterAside(place, async () => {
    const postmaster = await findPostmaster(place)
    if (postmaster) await stopServer(postmaster)
  })
  if (aside) log.warn({ aside }, 'The data folder was deleted; its old database is kept under another name')

  const passwords = await prepareCluster(place, binaries, settings.fsync !== 'off', log)
  const { postmaster, url } =
    (await adopt(place, passwords, stopServer, log)) ??
    (await openOrStop(await launchPostmaster({ place, binaries, settings }), passwords, stopServer))

  const relaunch = async () =>
    (await findPostmaster(place)) ??
    (await launchPostmaster({ place, binaries, settings, port: postmaster.port }))
  const kept = keepPostmaster(postmaster, relaunch, stopServer, log)
  return { url, stop: () => kept.stop() }
}

/** The cluster as it is, or a new one, and the passwords that open it. */
async function prepareCluster(
  place: ClusterPlace,
  binaries: PostgresBinaries,
  durable: boolean,
  log: EmbeddedPostgresOptions['log'],
): Promise<Passwords> {
  const cluster = clusterIn(place.home)
  const isNew = await access(cluster).then(
    () => false,
    () => true,
  )
  if (isNew) {
    log.info({ cluster }, 'Creating the PostgreSQL database')
    // Those of a cluster that was set aside stay valid for both
    const passwords = await readPasswords(place.home).catch(() => createPasswords(place.home))
    await createCluster(place, binaries, passwords.administrator, durable)
    await leaveNote(place)
    return passwords
  }
  const version = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (Number(version) !== binaries.majorVersion) {
    throw new PostgresStartError(
      'other_version',
      `The database ${cluster} was made by PostgreSQL ${version} and this is ${binaries.majorVersion}: move it with pg_upgrade or install the former version of the product.`,
    )
  }
  return readPasswords(place.home)
}

type Opened = { postmaster: Postmaster; url: string }

/** A server that an owner left behind when it was killed; one that does not answer is ended. */
async function adopt(
  place: ClusterPlace,
  passwords: Passwords,
  stopServer: (postmaster: Postmaster) => Promise<void>,
  log: EmbeddedPostgresOptions['log'],
): Promise<Opened | undefined> {
  const left = await findPostmaster(place)
  if (!left) return undefined
  try {
    const url = await provisionDatabase(left.port, passwords)
    log.info({ pid: left.pid }, 'PostgreSQL still runs from before; taking it over')
    return { postmaster: left, url }
  } catch (error) {
    log.warn({ pid: left.pid, error }, 'PostgreSQL still runs from before but does not answer; ending it')
    await stopServer(left)
    return undefined
  }
}

async function openOrStop(
  postmaster: Postmaster,
  passwords: Passwords,
  stopServer: (postmaster: Postmaster) => Promise<void>,
): Promise<Opened> {
  try {
    return { postmaster, url: await provisionDatabase(postmaster.port, passwords) }
  } catch (cause) {
    await stopServer(postmaster)
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new PostgresStartError(
      'start_failed',
      `PostgreSQL runs but does not let the product in (${said}): restore the data folder from the backup.`,
      { cause },
    )
  }
}
