import { pino, type Logger as PinoLogger } from 'pino'

export type Logger = PinoLogger

/**
 * Structured logs. Callers log names of events and ids of things, never addresses, names, phones, links
 * or request bodies: requests are logged by route pattern (see http/request-log.ts).
 */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
