import { openDatabase } from '../../src/platform/db'
import { createFolderStore } from '../../src/platform/folder-store'
import { openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { finaliseDueRecordings } from '../../src/recording/finalise-due-recordings'

/** Finalises in a process of its own, for tests that kill it: finalise-process.ts DATABASE STORE KEYS FOLDER NOW */
const [databaseUrl = '', storeFolder = '', keysFolder = '', folder = '', now = ''] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const { db, close } = openDatabase(databaseUrl)
process.stdout.write('started\n')
await finaliseDueRecordings({
  db,
  store: createFolderStore(storeFolder),
  keys: await openKeys(keysFolder),
  clock: { now: () => new Date(now) },
  folder,
  log: createLogger('silent'),
})
await close()
process.exit()
