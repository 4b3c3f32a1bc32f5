// Builds what runs: the server as one file and the islands with their style sheets. Run by scripts/setup.mjs.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
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
await compressFolder('dist/static')
console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)

/** What never changes is compressed once and well, beside the original. */
async function compressFolder(folder) {
  const files = (await readdir(folder)).filter((name) => /[.](css|js|svg)$/.test(name))
  for (const file of files) {
    const content = await readFile(join(folder, file))
    await writeFile(join(folder, `${file}.br`), brotliCompressSync(content))
    await writeFile(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }))
  }
}
