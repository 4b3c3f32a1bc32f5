import { backupPlace } from '../../src/operations/backup/backup-place'
import { takeBackup } from '../../src/operations/backup/take-backup'
import { openDatabase } from '../../src/platform/db'
import { createFolderStore } from '../../src/platform/folder-store'

/** Takes a backup in a process of its own and stands still at an object: backup-process.ts DATABASE DATA PLACE OBJECT */
const [databaseUrl = '', dataFolder = '', place = '', object = '0'] = process.argv.slice(2)

// Ends with the test that started it, however that ends
process.stdin.resume().on('end', () => process.exit())

const { db, pool } = openDatabase(databaseUrl)
const store = createFolderStore(`${dataFolder}/recordings`)
let objects = 0
await takeBackup({
  ...{ db, pool, dataFolder },
  store: {
    ...store,
    async *read(name, start, end) {
      objects++
      for await (const piece of store.read(name, start, end)) {
        // Half of it is copied
        yield piece.subarray(0, piece.length / 2)
        if (String(objects) === object) {
          process.stdout.write('stands still\n')
          await new Promise<never>(() => undefined)
        }
        yield piece.subarray(piece.length / 2)
      }
    },
  },
  place: backupPlace(place),
  passphrase: 'a passphrase for tests',
  keep: undefined,
  product: 'test',
  now: new Date(),
})
process.exit()
