import { type DestinationStream, pino, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/**
 * Structured logs. Callers log names of events and ids of things, never addresses, names, phones, links
 * or request bodies: requests are logged by route pattern (see http/server.ts).
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: withoutData, err: withoutData },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** Postgres puts the offending row into `detail`: names and phones must not reach the log. A text stays as it is. */
function withoutData(error: unknown): unknown {
  if (typeof error === 'string') return error
  if (!(error instanceof Error)) return { type: 'unknown', message: 'thrown value is no error' }
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' && { code }),
    ...(error.stack && { stack: error.stack }),
    ...(error instanceof AggregateError && { errors: error.errors.map(withoutData) }),
  }
}
