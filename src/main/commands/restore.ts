import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { backupPlace } from '../../operations/backup/backup-place'
import { restoreBackup } from '../../operations/backup/restore-backup'
import { unsealKeys } from '../../operations/backup/sealed-keys'
import { keysFile } from '../../operations/backup/snapshot-manifest'
import { systemClock } from '../../platform/clock'
import { recordingStore } from '../open-store'
import { inProject } from '../project-folder'
import { chooseSnapshot, readOptions, readPassphrase, readText } from './backup-options'
import { CommandError, runWithoutKeys } from './command'

const usage =
  'npm run restore -- --from FOLDER (--passphrase-file FILE | --keys-file keys.json) [--snapshot NAME]'

const why = {
  database_used: 'The database is not empty. A restore never writes over anything: give it an empty one.',
  keys_differ: 'The data folder has other keys already. Give it an empty data folder (DATA_DIR).',
  store_used: 'The store of recordings holds others already. Give it an empty one (RECORDINGS_STORE).',
  newer: 'A newer product has taken this backup. Install that one first. Unknown here:',
  damaged: 'The backup is not as it was saved. Nothing was restored.',
} as const

await runWithoutKeys(async ({ config, db, pool, args, say }) => {
  const options = readOptions(args, ['from', 'snapshot', 'passphrase-file', 'keys-file'], usage)
  const { from } = options
  if (from === undefined) throw new CommandError(usage)
  const place = backupPlace(resolve(from))
  const snapshot = await chooseSnapshot(place, options.snapshot)
  const keysText = await readKeysText(join(place.snapshot(snapshot), keysFile), options)
  const restored = await restoreBackup({
    ...{ db, pool, place, snapshot, keysText },
    store: recordingStore(config.recordings),
    dataFolder: config.dataFolder,
    migrations: inProject('migrations'),
    now: systemClock.now(),
  })
  if (!restored.ok) {
    say(why[restored.reason])
    if ('findings' in restored) for (const finding of restored.findings) say(`  ${finding}`)
    return restored.reason === 'damaged' ? 1 : 2
  }
  const { manifest, findings } = restored
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  say(`Snapshot ${snapshot} is restored: ${rows} rows, ${manifest.recordings} recordings, the keys.`)
  for (const finding of findings) say(`MISSING OR BROKEN: ${finding}`)
  if (findings.length === 0) say('The audit record and all recordings were read again and are unchanged.')
  say('Start the product with the same settings.')
  return findings.length > 0 ? 1 : 0
})

async function readKeysText(
  sealedFile: string,
  options: { 'passphrase-file'?: string; 'keys-file'?: string },
): Promise<string> {
  const { 'passphrase-file': passphraseFile, 'keys-file': keysPath } = options
  if (keysPath !== undefined) return readText(keysPath)
  if (passphraseFile === undefined) throw new CommandError(usage)
  const sealed = await readFile(sealedFile, 'utf8').catch(() => undefined)
  if (sealed === undefined)
    throw new CommandError('This backup holds no keys: give those that were kept apart, with --keys-file.')
  const text = await unsealKeys(sealed, await readPassphrase(passphraseFile))
  if (text === undefined)
    throw new CommandError(
      'The passphrase does not open the keys: it is another one, or the file was changed.',
    )
  return text
}
