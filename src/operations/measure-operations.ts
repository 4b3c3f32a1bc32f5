import { countOpenEntries, readEndpointStandings } from '../backoffice/read-standing'
import type { Config } from '../config/config'
import type { Directory } from '../institution/directory'
import { readShown } from '../institution/facts-store'
import { shownGaps } from '../institution/shown-gaps'
import type { SmsProvider } from '../message/sms-channel'
import type { Clock } from '../platform/clock'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import { dayOf } from '../platform/zone'
import { recordingTroubles } from '../recording/recording-troubles'
import type { StaffPageServices } from '../staff/staff-page'
import { checkRelays } from '../visit/check-relay'
import { latestNotes } from './backup/backup-note-store'
import { fingerprintOf } from './backup/snapshot-manifest'
import { backofficePart } from './backoffice-part'
import { backupsPart } from './backups-part'
import { certificateTargets } from './certificate-targets'
import { certificatesPart } from './certificates-part'
import { checkCertificate } from './check-certificate'
import { institutionPart } from './institution-part'
import { machinePart } from './machine-part'
import { mailPart } from './mail-part'
import { measuredPart, type OperationsPart } from './operations-part'
import { queuePart } from './queue-part'
import { clockSkew, type Disk, diskOf, keysFile } from './read-machine'
import { readJobs, readQueue, readSmsReports } from './read-queue'
import { recordingsPart } from './recordings-part'
import { relayPart } from './relay-part'
import { smsPart } from './sms-part'
import { type About, versionsPart } from './versions-part'

export interface OperationsServices extends StaffPageServices {
  db: Db
  clock: Clock
  keys: Keys
  directory: Directory
  publicUrl: string
  config: Pick<Config, 'turn' | 'smtpUrl' | 'mailFrom' | 'sms' | 'recordings' | 'dataFolder'>
  store: ObjectStore
  sms: SmsProvider
  about: About
}

/** Measures everything at once; what hangs is given up, so that the page always answers. */
export function measureOperations(services: OperationsServices, now: Date): Promise<OperationsPart[]> {
  const { db, keys, directory, publicUrl, config, store, sms, about, staffTexts: texts } = services
  const { t } = texts
  const { institution } = directory
  return Promise.all([
    measuredPart(texts, { id: 'wiadomosci', title: t('ops.queue.title') }, async () => {
      const [queue, jobs] = await Promise.all([readQueue(db, now), readJobs(db)])
      return queuePart(texts, about, { queue, jobs, now, institution })
    }),
    measuredPart(texts, { id: 'przekazania', title: t('admin.outbox') }, async () => {
      const [standings, entries] = await Promise.all([readEndpointStandings(db), countOpenEntries(db)])
      return backofficePart(texts, { endpoints: [...standings.values()], entries, now })
    }),
    measuredPart(texts, { id: 'kopie', title: t('ops.backup.title') }, async () => {
      const [notes, file] = await Promise.all([latestNotes(db), keysFile(config.dataFolder)])
      return backupsPart(texts, { notes, keys: file, fingerprint: fingerprintOf(keys), now })
    }),
    measuredPart(texts, { id: 'poczta', title: t('ops.mail.title') }, () => mailPart(texts, config)),
    measuredPart(texts, { id: 'sms', title: t('ops.sms.title') }, async () =>
      smsPart(texts, sms, { reports: await readSmsReports(db, now), now }),
    ),
    measuredPart(texts, { id: 'nagrania', title: t('ops.recordings.title') }, async () =>
      recordingsPart(texts, await recordingTroubles(db, store)),
    ),
    measuredPart(texts, { id: 'turn', title: t('ops.relay.title') }, async () =>
      relayPart(texts, config.turn, await checkRelays(config.turn, now)),
    ),
    measuredPart(texts, { id: 'certyfikaty', title: t('ops.certificate.title') }, async () =>
      certificatesPart(
        texts,
        await Promise.all(certificateTargets(publicUrl, config).map(checkCertificate)),
        now,
      ),
    ),
    measuredPart(texts, { id: 'maszyna', title: t('ops.machine.title') }, async () => {
      const [skew, disks] = await Promise.all([clockSkew(db), disksOf(config)])
      return machinePart(texts, { skew, disks })
    }),
    measuredPart(texts, { id: 'instytucja', title: t('ops.institution.title') }, async () => {
      const { timeZone } = institution
      const gaps = shownGaps(await readShown(db))
      return institutionPart(texts, {
        gaps,
        declaration: directory.declaration,
        today: dayOf(now, timeZone),
        timeZone,
      })
    }),
    measuredPart(texts, { id: 'wersje', title: t('ops.versions.title') }, () =>
      versionsPart(texts, db, about),
    ),
  ])
}

async function disksOf({ dataFolder, recordings }: OperationsServices['config']): Promise<Disk[]> {
  const folders = [dataFolder, ...(recordings.kind === 'folder' ? [recordings.folder] : [])]
  const found = await Promise.all(folders.map(diskOf))
  return found.filter((disk) => disk !== undefined)
}
