// A process of its own that owns a database folder, so that a test can kill it: prints one line of JSON
import { createLogger } from '../../src/platform/logger'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres'
import { PostgresStartError } from '../../src/platform/postgres/postgres-start-error'
import type { OwnerAnswer } from './start-owner'

const answer = (said: OwnerAnswer) => process.stdout.write(`${JSON.stringify(said)}\n`)

process.on('SIGINT', () => answer({ heard: 'SIGINT' }))
try {
  const { url } = await startEmbeddedPostgres({
    folder: process.argv[2] ?? '',
    log: createLogger('silent'),
    settings: { fsync: 'off' },
  })
  answer({ url })
  setInterval(() => undefined, 60_000)
} catch (error) {
  if (!(error instanceof PostgresStartError)) throw error
  answer({ reason: error.reason, message: error.message })
}
