import { join } from 'node:path'
import { carryOutVerification } from '../audit/carry-out-verification'
import { keepEnd } from '../audit/kept-end'
import { sealAudit } from '../audit/seal-audit'
import { purgeAttempts } from '../backoffice/purge-attempts'
import { freeLapsedHolds } from '../booking/free-lapsed-holds'
import { generateSeats } from '../institution/generate-seats'
import { purgeNotices } from '../platform/bus'
import { type ScheduledJob, startJobs } from '../platform/jobs'
import { dayOf } from '../platform/zone'
import { finaliseDueRecordings } from '../recording/finalise-due-recordings'
import { eraseExpiredRecordings } from '../recording/erase-expired-recordings'
import { purgeStaffMail } from '../staff/mail/staff-mail-store'
import { finishRuns } from '../replanning/carry-out-run'
import { countVisits, recountVisits } from '../statistics/count-visits'
import { closeOverdueVisits } from '../visit/close-overdue-visits'
import { applyRetention } from '../privacy/apply-retention'
import { carryOutErasures } from '../privacy/erase-person'
import type { DataClass } from '../institution/kept-days'
import { startBackoffice } from './backoffice'
import { startMessaging } from './messaging'
import type { Services } from './services'

const staffMailKeptMilliseconds = 90 * 86_400_000

/** What a process does besides serving pages: sends messages and runs scheduled jobs. */
export async function startWork(
  services: Services,
): Promise<{ wake: () => void; stop: () => Promise<void> }> {
  const messaging = await startMessaging(services)
  const webhooks = startBackoffice(services)
  const jobs = scheduledJobs(services)
  const runner = await startJobs(services.pool, jobs, services.log)
  // A product that was down for days has a horizon to fill; nobody waits for it
  jobs[0]?.run().catch((error: unknown) => services.log.error({ error }, 'free times were not added'))
  return {
    wake: messaging.wake,
    stop: async () => {
      await runner.stop()
      await webhooks.stop()
      await messaging.stop()
    },
  }
}

/** Everything that runs by the clock. */
export function scheduledJobs(services: Services): ScheduledJob[] {
  const { config, db, clock, keys, directory, queue, bus, store, log } = services
  const extendSeats = async () => {
    const { timeZone, settings } = directory.institution
    const now = clock.now()
    await generateSeats(db, { from: dayOf(now, timeZone), days: settings.horizonDays, now, timeZone })
  }
  const retain = (classes?: readonly DataClass[]) =>
    applyRetention(
      db,
      { now: clock.now(), keptDays: directory.institution.settings.keptDays, keys, bus, log },
      classes,
    )
  const verifyAudit = (evenUnasked: boolean) =>
    carryOutVerification(db, {
      keys,
      dataFolder: config.dataFolder,
      now: () => clock.now(),
      evenUnasked,
    })
  return [
    { name: 'extend-seats', cron: '15 1 * * *', run: extendSeats },
    { name: 'free-lapsed-holds', cron: '* * * * *', run: () => freeLapsedHolds(db, clock.now()) },
    {
      name: 'close-overdue-visits',
      cron: '* * * * *',
      run: async () => {
        await closeOverdueVisits(db, { now: clock.now(), keys, queue, bus })
      },
    },
    {
      name: 'seal-audit',
      cron: '* * * * *',
      run: async () => {
        const end = await sealAudit(db, keys)
        if (end) await keepEnd(config.dataFolder, end)
      },
    },
    { name: 'verify-audit-when-asked', cron: '* * * * *', run: () => verifyAudit(false) },
    { name: 'verify-audit', cron: '50 1 * * *', run: () => verifyAudit(true) },
    {
      name: 'finalise-recordings',
      cron: '* * * * *',
      run: async () => {
        const folder = join(config.dataFolder, 'finalising')
        await finaliseDueRecordings({ db, store, keys, clock, folder, log })
      },
    },
    {
      name: 'finish-replanning',
      cron: '* * * * *',
      run: () => {
        const { settings, timeZone } = directory.institution
        return finishRuns(db, { clock, keys, queue, bus, settings, timeZone })
      },
    },
    {
      name: 'count-visits',
      cron: '* * * * *',
      run: () => countVisits(db, { timeZone: directory.institution.timeZone }),
    },
    {
      name: 'recount-visits',
      cron: '35 1 * * *',
      run: () => recountVisits(db, { now: clock.now(), timeZone: directory.institution.timeZone }),
    },
    {
      name: 'purge-holds',
      cron: '20 * * * *',
      run: async () => {
        await retain(['hold'])
      },
    },
    {
      name: 'carry-out-erasures',
      cron: '*/5 * * * *',
      run: async () => {
        await carryOutErasures(db, { now: clock.now(), keys, bus })
      },
    },
    // By night: it looks through all visits
    { name: 'apply-retention', cron: '30 1 * * *', run: () => retain() },
    {
      name: 'erase-expired-recordings',
      cron: '10 * * * *',
      run: () => eraseExpiredRecordings(db, { now: clock.now(), keys, bus, store, log }),
    },
    {
      name: 'purge-staff-mail',
      cron: '30 2 * * *',
      run: () => purgeStaffMail(db, new Date(clock.now().getTime() - staffMailKeptMilliseconds)),
    },
    {
      name: 'purge-webhook-attempts',
      cron: '50 * * * *',
      run: () => purgeAttempts(db, clock.now()),
    },
    {
      name: 'purge-notices',
      cron: '40 * * * *',
      run: () => purgeNotices(db, clock.now()),
    },
  ]
}
