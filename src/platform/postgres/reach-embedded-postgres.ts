import { chooseClusterPlace, sharedFolderOfRoot } from './cluster-place'
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres'
import { findPostmaster } from './find-postmaster'
import { readPasswords } from './passwords'
import { provisionDatabase } from './provision-database'

/**
 * The embedded database for a command: that of the product while it runs, else started for the command alone.
 * @throws PostgresStartError
 */
export async function reachEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<{ url: string; leave: () => Promise<void> }> {
  const place = await chooseClusterPlace(options.folder, options.sharedFolder ?? sharedFolderOfRoot)
  const running = await findPostmaster(place)
  if (running) {
    const url = await provisionDatabase(running.port, await readPasswords(place.home))
    return { url, leave: () => Promise.resolve() }
  }
  const started = await startEmbeddedPostgres(options)
  return { url: started.url, leave: () => started.stop() }
}
