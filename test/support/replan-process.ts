import { loadDirectory } from '../../src/institution/directory'
import { createMessageQueue } from '../../src/message/queue-messages'
import { openBus } from '../../src/platform/bus'
import { openDatabase } from '../../src/platform/db'
import { openKeys } from '../../src/platform/keys'
import { createLogger } from '../../src/platform/logger'
import { finishRuns } from '../../src/replanning/carry-out-run'

/** Carries runs out in a process of its own, for tests that kill it: replan-process.ts DATABASE KEYS NOW */
const [databaseUrl = '', keysFolder = '', nowText = ''] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const clock = { now: () => new Date(nowText) }
const { db } = openDatabase(databaseUrl)
const keys = await openKeys(keysFolder)
const { institution } = await loadDirectory(db)
const { timeZone, settings } = institution
const bus = await openBus(databaseUrl, db, createLogger('silent'), clock.now)
const queue = createMessageQueue({ clock, keys, timeZone })
await finishRuns(db, { clock, keys, settings, timeZone, queue, bus })
process.exit()
