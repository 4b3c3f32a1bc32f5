import { join } from 'node:path'
import { rotateKeys } from '../rotate-keys'
import { runCommand } from './command'

await runCommand(async ({ config, db, say }) => {
  const { added, rewrapped, resealed } = await rotateKeys(db, join(config.dataFolder, 'keys'))
  if (added === undefined)
    say(
      'An earlier rotation had been cut short, or a server still seals with the key before. It is finished now.',
    )
  else say(`Key ${added} is the current one. Keep a copy of keys.json apart from the database.`)
  say(`The keys of ${rewrapped} recordings were put under it; no byte of a recording was touched.`)
  say(`${resealed} values of personal data were sealed anew.`)
  return 0
})
