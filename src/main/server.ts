import { ConfigError, processEnvironment, readConfig } from '../config/config'
import { PostgresStartError } from '../platform/postgres/postgres-start-error'
import { InstitutionDataError } from '../institution/institution-files'
import { startProduct } from './product'
import { StartError } from './start-error'
import { welcome } from './welcome'

/** How long an orderly stop may take before the process ends anyway; what was acknowledged is safe either way. */
const stopMilliseconds = 15_000

const say = (text: string) => process.stderr.write(`${text}\n`)

const explained = (error: unknown): error is Error =>
  error instanceof ConfigError ||
  error instanceof StartError ||
  error instanceof PostgresStartError ||
  error instanceof InstitutionDataError

let stopping = false

const stopWith = (product: { stop: () => Promise<void> }) => () => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(1), stopMilliseconds).unref()
  product.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      say(`Stopping went wrong: ${error instanceof Error ? error.message : String(error)}`)
      process.exit(1)
    },
  )
}

try {
  const product = await startProduct(readConfig(processEnvironment()))
  const stop = stopWith(product)
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.stdout.write(welcome(product))
} catch (error) {
  if (explained(error)) say(`\ne-Wizyta cannot start.\n${error.message}\n`)
  else
    say(
      `\ne-Wizyta cannot start: something unforeseen happened.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
  process.exit(1)
}
