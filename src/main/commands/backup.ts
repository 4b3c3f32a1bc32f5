import { resolve } from 'node:path'
import { backupPlace } from '../../operations/backup/backup-place'
import { takeBackup } from '../../operations/backup/take-backup'
import { systemClock } from '../../platform/clock'
import { recordingStore } from '../open-store'
import { productVersion } from '../project-folder'
import { readOptions, readPassphrase } from './backup-options'
import { CommandError, runCommand } from './command'

const usage =
  'npm run backup -- --to FOLDER (--passphrase-file FILE | --keys apart) [--keep NUMBER]\n' +
  'The keys are sealed with the passphrase, or left out: then keep a copy of keys.json apart yourself.'

await runCommand(async ({ config, db, pool, args, say }) => {
  const options = readOptions(args, ['to', 'passphrase-file', 'keys', 'keep'], usage)
  const { to, keys, keep } = options
  const file = options['passphrase-file']
  if (
    to === undefined ||
    (file === undefined) === (keys === undefined) ||
    (keys !== undefined && keys !== 'apart')
  )
    throw new CommandError(usage)
  if (keep !== undefined && !/^[1-9]\d{0,4}$/.test(keep)) throw new CommandError(usage)
  const taken = await takeBackup({
    ...{ db, pool },
    store: recordingStore(config.recordings),
    dataFolder: config.dataFolder,
    place: backupPlace(resolve(to)),
    passphrase: file === undefined ? undefined : await readPassphrase(file),
    keep: keep === undefined ? undefined : Number(keep),
    product: productVersion,
    now: systemClock.now(),
  })
  if (!taken.ok) {
    say('Another backup of this database is being taken. Nothing was done.')
    return 2
  }
  const { name, bytes, copied, recordings, problems, removed } = taken
  say(`Snapshot ${name}: ${recordings} recordings, ${bytes} bytes, ${copied} objects copied now.`)
  if (file === undefined) say('The keys are not in it. Keep a copy of keys.json apart from this backup.')
  if (removed.length > 0) say(`Removed: ${removed.join(', ')}.`)
  for (const problem of problems) say(`PROBLEM: ${problem}`)
  return problems.length > 0 ? 1 : 0
})
