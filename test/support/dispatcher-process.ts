import { openKeys } from '../../src/platform/keys'
import { openDatabase } from '../../src/platform/db'
import { systemClock } from '../../src/platform/clock'
import { messagingForTests } from './messaging-for-tests'

/** A dispatcher in a process of its own, for tests that kill it: dispatcher-process.ts DATABASE SMTP KEYS */
const [databaseUrl = '', smtpUrl = '', keysFolder = ''] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const { db } = openDatabase(databaseUrl)
const messaging = await messagingForTests({ db, keys: await openKeys(keysFolder), clock: systemClock })
messaging.dispatcher({ smtpUrl, lease: { leaseSeconds: 4, sendSeconds: 3 } }).start()
