// Everything about the code that needs no test: types, lint, format, import rules, unused code, schema.
import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

const env = { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}` }
const checks = [
  ['types', 'tsc --noEmit --project .'],
  ['lint', 'eslint .'],
  ['format', 'prettier --check --log-level warn .'],
  ['import rules', 'depcruise --config .dependency-cruiser.cjs --output-type err src'],
  ['unused code', 'knip'],
  ['schema', 'node scripts/run-ts.mjs scripts/schema.ts'],
]
const failed = []
for (const [name, command] of checks) {
  const started = Date.now()
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit', env })
  console.log(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  )
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  console.error(`Checks failed: ${failed.join(', ')}`)
  process.exit(1)
}
