import { availableParallelism, loadavg } from 'node:os'
import type { Bench } from './bench-run'
import { openBenchRun } from './bench-run'
import { print } from './figure'
import { auditBench } from './audit-bench'
import { bookingBench } from './booking-bench'
import { finaliseBench } from './finalise-bench'
import { firstPictureBench } from './first-picture-bench'
import { growthBench } from './growth-bench'
import { institutionBench } from './institution-bench'
import { idleVisitsBench } from './idle-visits-bench'
import { importBench } from './import-bench'
import { intakeBench } from './intake-bench'
import { messageBench } from './message-bench'
import { offerBench } from './offer-bench'
import { pageBytesBench } from './page-bytes-bench'
import { recordingCostBench } from './recording-cost-bench'
import { recordingHourBench } from './recording-hour-bench'
import { recordingLossBench } from './recording-loss-bench'
import { recordingOffsetBench } from './recording-offset-bench'
import { recoveryBench } from './recovery-bench'
import { scriptBytesBench } from './script-bytes-bench'
import { residentMegabytes } from './process-figures'

const benches: Record<string, Bench> = {
  booking: bookingBench,
  offer: offerBench,
  'first-picture': firstPictureBench,
  recovery: recoveryBench,
  'idle-visits': idleVisitsBench,
  'recording-cost': recordingCostBench,
  'recording-loss': recordingLossBench,
  'recording-hour': recordingHourBench,
  'recording-offset': recordingOffsetBench,
  intake: intakeBench,
  finalise: finaliseBench,
  growth: growthBench,
  institution: institutionBench,
  audit: auditBench,
  import: importBench,
  'page-bytes': pageBytesBench,
  'script-bytes': scriptBytesBench,
  message: messageBench,
}

const given = process.argv.slice(2)
const flags = given.filter((argument) => argument.startsWith('--'))
const names = given.filter((argument) => !argument.startsWith('--'))
const wrong = [
  ...flags.filter((flag) => flag !== '--json' && flag !== '--full'),
  ...names.filter((name) => !(name in benches)),
]
if (wrong.length > 0) {
  process.stderr.write(
    `Unknown: ${wrong.join(' ')}\nUsage: npm run bench -- [--json] [--full] [${Object.keys(benches).join('|')} …]\n`,
  )
  process.exit(2)
}
const asJson = flags.includes('--json')
const chosen = Object.entries(benches).filter(([name]) => names.length === 0 || names.includes(name))

const run = await openBenchRun({
  full: flags.includes('--full'),
  note: (text) => {
    if (!asJson) process.stdout.write(`  ${text}\n`)
  },
})

const [load = 0] = loadavg()
if (load > availableParallelism())
  run.note(
    `Other programs keep this machine busy (load ${load.toFixed(0)}): figures per second suffer from it`,
  )

let closing: Promise<void> | undefined
const close = () => (closing ??= run.close())
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().finally(() => process.exit(1)))

let failed = false
try {
  for (const [name, bench] of chosen) {
    const started = performance.now()
    try {
      for (const figure of await bench(run)) print(figure, asJson)
    } catch (error) {
      failed = true
      process.stderr.write(`${name} failed: ${error instanceof Error ? error.stack : String(error)}\n`)
    }
    run.note(`${name} took ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  const server = run.startedServer()
  if (server) {
    const { now, most } = residentMegabytes(server.pid)
    print({ name: 'server.memory.peak.mb', value: most, unit: 'MB' }, asJson)
    print({ name: 'server.memory.mb', value: now, unit: 'MB', goal: { most: 250 } }, asJson)
  }
} finally {
  await close()
}
process.exit(failed ? 1 : 0)
