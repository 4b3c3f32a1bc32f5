import { readKeptEnd } from '../../audit/kept-end'
import { sealAudit } from '../../audit/seal-audit'
import { verifyAudit } from '../../audit/verify-audit'
import { runCommand } from './command'

const why = {
  seal_missing: 'its seal is missing',
  entry_missing: 'the entry is missing',
  entry_changed: 'the entry or its seal was changed',
  cut_forged: 'the note of where it was cut was changed',
  end_missing: 'the record ends here although it was longer before',
}

await runCommand(async ({ config, db, keys, say }) => {
  const verdict = await verifyAudit(db, keys, await readKeptEnd(config.dataFolder))
  if (verdict.broken) {
    say(`BROKEN at position ${verdict.broken.position}: ${why[verdict.broken.why]}.`)
    say(`${verdict.verified} entries before it are unchanged.`)
    return 1
  }
  await sealAudit(db, keys)
  say(
    `${verdict.verified} entries are unchanged and none is missing; ${verdict.unsealed} new ones are sealed now.`,
  )
  return 0
})
