import type { About } from '../operations/versions-part'
import { listMigrations } from '../platform/migrate'
import { inProject, productVersion } from './project-folder'
import type { Services } from './services'
import { scheduledJobs } from './work'

/** What this product is made of, for the operations page. */
export const readAbout = async (services: Services): Promise<About> => ({
  version: productVersion,
  migrations: await listMigrations(inProject('migrations')),
  jobs: scheduledJobs(services).map(({ name, cron }) => ({ name, cron })),
})
