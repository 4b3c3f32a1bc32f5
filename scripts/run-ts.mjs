// Runs a TypeScript program of the project: node scripts/run-ts.mjs <file> [arguments]
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) throw new Error('Usage: node scripts/run-ts.mjs <file> [arguments]')

// Inside the checkout, so that the bundle finds node_modules; a name of its own, so that two can run at once
const folder = join('node_modules', '.cache', 'e-wizyta')
await mkdir(folder, { recursive: true })
const outfile = join(folder, `${basename(file, '.ts')}-${process.pid}.js`)
await build({
  entryPoints: [file],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: 'inline',
  logLevel: 'warning',
})
process.argv.splice(1, process.argv.length, file, ...rest)
await import(pathToFileURL(outfile).href)
