import { Logger as WorkerLogger, parseCronItems, run, type Runner } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Logger } from './logger'

const worthTelling = new Set<string>(['error', 'warning'])

/** A task that runs by the clock, on one process at a time. It must be idempotent: it may run again after a crash. */
export interface ScheduledJob {
  name: string
  /** Five cron fields, in UTC. */
  cron: string
  run(): Promise<void>
}

/** Runs scheduled jobs until stopped; several processes share them through the database. */
export async function startJobs(pool: Pool, jobs: readonly ScheduledJob[], log: Logger): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    logger: new WorkerLogger(() => (level, message) => {
      if (worthTelling.has(level)) log.warn({ message }, 'jobs')
    }),
    taskList: Object.fromEntries(
      jobs.map((job) => [
        job.name,
        async () => {
          await job.run()
        },
      ]),
    ),
    parsedCronItems: parseCronItems(
      jobs.map((job) => ({ task: job.name, match: job.cron, options: { maxAttempts: 3 } })),
    ),
  })
}
