import { resolve } from 'node:path'
import { backupPlace } from '../../operations/backup/backup-place'
import { verifyBackup } from '../../operations/backup/verify-backup'
import { systemClock } from '../../platform/clock'
import { inProject } from '../project-folder'
import { chooseSnapshot, readOptions } from './backup-options'
import { CommandError, runCommand } from './command'

const usage = 'npm run backup:verify -- --from FOLDER [--snapshot NAME]'

await runCommand(async ({ db, databaseUrl, keys, args, say }) => {
  const options = readOptions(args, ['from', 'snapshot'], usage)
  if (options.from === undefined) throw new CommandError(usage)
  const place = backupPlace(resolve(options.from))
  const snapshot = await chooseSnapshot(place, options.snapshot)
  const { findings, isTried, manifest } = await verifyBackup({
    ...{ db, databaseUrl, keys, place, snapshot },
    migrations: inProject('migrations'),
    now: systemClock.now(),
  })
  for (const finding of [...findings, ...(manifest?.problems ?? [])]) say(`BROKEN: ${finding}`)
  if (findings.length > 0 && !isTried) {
    say(`Snapshot ${snapshot} is not as it was saved.`)
    return 1
  }
  say(`Snapshot ${snapshot}: every byte is as it was saved.`)
  if (findings.length > 0) {
    say('But what was saved was broken by then: see audit:verify and recording:verify.')
    return 1
  }
  if (isTried)
    say('It was restored for trial: the audit record and all recordings are unchanged. The trial is removed.')
  else say('It was not restored for trial: this user of the database may make no databases.')
  return (manifest?.problems.length ?? 0) > 0 ? 1 : 0
})
