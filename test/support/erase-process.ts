import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openBus } from '../../src/platform/bus'
import { openDatabase } from '../../src/platform/db'
import { createFolderStore } from '../../src/platform/folder-store'
import { randomKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { eraseExpiredRecordings } from '../../src/recording/erase-expired-recordings'

/** Erases in a process of its own and stands still at a step: erase-process.ts DATABASE STORE NOW STEP */
const [databaseUrl = '', storeFolder = '', nowText = '', step = ''] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const log = createLogger('silent')
const now = new Date(nowText)
const { db } = openDatabase(databaseUrl)
const bus = await openBus(databaseUrl, db, log, () => now)
const store = createFolderStore(storeFolder)
const reach = async (reached: string) => {
  if (reached !== step) return
  process.stdout.write(`${reached}\n`)
  await new Promise<never>(() => undefined)
}
await eraseExpiredRecordings(db, {
  now,
  // An erasure that is due seals no reason
  keys: randomKeys(),
  bus: {
    ...bus,
    publish: async (...notice) => {
      await bus.publish(...notice)
      await reach('written')
    },
  },
  store: {
    ...store,
    removeAll: async (prefix) => {
      await reach('committed')
      const names = await store.list(prefix)
      for (const name of names.slice(0, Math.ceil(names.length / 2))) await rm(join(storeFolder, name))
      await reach('half removed')
      await store.removeAll(prefix)
      await reach('removed')
    },
  },
  log,
})
process.exit()
