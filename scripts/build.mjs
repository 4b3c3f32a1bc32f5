// Builds what runs: the server as one file and the islands with their style sheets. Run by scripts/setup.mjs.
import { rm } from 'node:fs/promises'
import { build } from 'esbuild'
import { buildIslands } from './build-islands.mjs'

const started = Date.now()
await rm('dist', { recursive: true, force: true })
await Promise.all([
  build({
    entryPoints: { server: 'src/main/server.ts' },
    outdir: 'dist',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  }),
  buildIslands({ outDir: 'dist/static', minify: true }),
])
console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)
