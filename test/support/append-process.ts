// Appends to a log of a store in a folder until it is killed: prints how many bytes are durable after each append
import { createFolderStore } from '../../src/platform/folder-store'

const [, , folder = '', name = ''] = process.argv
const log = await createFolderStore(folder).createLog(name)
for (let n = 0; ; n++) {
  await log.append([Buffer.alloc(1000 + (n % 7) * 1000, n % 251)])
  process.stdout.write(`${log.length}\n`)
}
