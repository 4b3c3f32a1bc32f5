// Runs the tests and ends with the runner's own counts alone on a line. --long: those too long for every run.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const long = process.argv.includes('--long')
const filters = process.argv.slice(2).filter((argument) => argument !== '--long')
const folder = mkdtempSync(join(tmpdir(), 'e-wizyta-tests-'))
const report = join(folder, 'report.json')
const projects = long ? ['long'] : ['unit', 'integration', 'e2e']

const { status } = spawnSync(
  join('node_modules', '.bin', 'node'),
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  ],
  { stdio: 'inherit' },
)

let counts
try {
  counts = JSON.parse(readFileSync(report, 'utf8'))
} catch {
  console.error('The test runner left no report.')
  process.exit(status === 0 ? 1 : (status ?? 1))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const skipped = counts.numPendingTests + counts.numTodoTests
// A file that fails to load has no tests to count, but has failed all the same
const brokenFiles = counts.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
).length
const failed = counts.numFailedTests + brokenFiles
console.log(`${counts.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(status === 0 && failed === 0 && counts.numPassedTests > 0 ? 0 : 1)
