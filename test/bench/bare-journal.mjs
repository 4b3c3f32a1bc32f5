// Writes and syncs the same bytes with nothing around it: node bare-journal.mjs <folder> <files> <batches> <bytes>
// Prints MB/s. Each file waits for its sync before the next batch, all files at once.
import { randomBytes } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'

const [folder, files, batches, bytes] = [process.argv[2], ...process.argv.slice(3).map(Number)]
const batch = randomBytes(bytes)
await mkdir(folder, { recursive: true })
const handles = await Promise.all(
  Array.from({ length: files }, (_, n) => open(join(folder, String(n)), 'wx')),
)
const started = performance.now()
await Promise.all(
  handles.map(async (handle) => {
    for (let n = 0; n < batches; n++) {
      await handle.write(batch, 0, bytes, n * bytes)
      await handle.datasync()
    }
  }),
)
const seconds = (performance.now() - started) / 1000
await Promise.all(handles.map((handle) => handle.close()))
process.stdout.write(`done ${(files * batches * bytes) / 1e6 / seconds}\n`)
