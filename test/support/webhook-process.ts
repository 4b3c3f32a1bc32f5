import { systemClock } from '../../src/platform/clock'
import { openDatabase } from '../../src/platform/db'
import { openKeys } from '../../src/platform/keys'
import { dispatcherForTests } from './backoffice-for-tests'

/** A dispatcher of webhooks in a process of its own, for tests that kill it: webhook-process.ts DATABASE KEYS */
const [databaseUrl = '', keysFolder = ''] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const { db } = openDatabase(databaseUrl)
const keys = await openKeys(keysFolder)
dispatcherForTests({ db, keys, clock: systemClock }, { leaseSeconds: 3 }).start()
