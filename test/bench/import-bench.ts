import { applyAreas } from '../../src/institution/areas/apply-areas'
import { currentVersion, readBranches } from '../../src/institution/areas/areas-store'
import { checkAreaFile } from '../../src/institution/areas/check-areas'
import { openBus } from '../../src/platform/bus'
import { openDatabase } from '../../src/platform/db'
import { createLogger } from '../../src/platform/logger'
import type { Bench } from './bench-run'
import { median } from './figure'

const database = 'areas'
const rounds = 5
const codes = 100_000

/** Lines of a file of all postal codes, from its first byte to the areas in force: checked, kept, applied. */
export const importBench: Bench = async (run) => {
  const product = await run.start(database, 'server')
  await product.stop()
  const url = run.databaseUrl(database)
  const { db, close } = openDatabase(url)
  const bus = await openBus(url, db, createLogger('silent'), () => new Date())
  try {
    const branches = (await readBranches(db)).filter(({ active }) => active)
    const { id: staffId } = await db.selectFrom('staff').select('id').executeTakeFirstOrThrow()
    const perSecond: number[] = []
    for (let round = 0; round < rounds; round++) {
      // Each time other branches, so that every area changes
      const bytes = fileOf((code) => branches[(code + round) % branches.length]?.name ?? '')
      const started = performance.now()
      const { id } = await checkAreaFile(db, { name: 'obszary.csv', bytes }, { staffId, now: new Date() })
      const seenVersion = await currentVersion(db)
      const applied = await applyAreas(db, { id, seenVersion, staffId, now: new Date(), bus })
      if (!applied.ok) throw new Error(`Not applied: ${applied.reason}`)
      perSecond.push(codes / ((performance.now() - started) / 1000))
    }
    return [
      {
        name: 'import.postal.per_second',
        value: median(perSecond),
        unit: 'lines/s',
        goal: { least: 20_000 },
      },
    ]
  } finally {
    await bus.close()
    await close()
  }
}

async function* fileOf(branchOf: (code: number) => string): AsyncGenerator<Uint8Array> {
  yield Buffer.from('kod;oddział\r\n')
  for (let from = 0; from < codes; from += 1000) {
    const lines = Array.from({ length: 1000 }, (_, n) => {
      const code = String(from + n).padStart(5, '0')
      return `${code.slice(0, 2)}-${code.slice(2)};"${branchOf(from + n)}"\r\n`
    })
    yield Buffer.from(lines.join(''))
  }
}
