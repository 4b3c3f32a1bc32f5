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
    logLevel: 'warning',
  }),
  buildIslands({ outDir: 'dist/static', minify: true }),
])
await escapeAll('dist/server.js')
await compressFolder('dist/static')
console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s`)

/** One letter beyond ASCII makes the engine keep the whole source at two bytes a letter; esbuild leaves them in patterns. */
async function escapeAll(file) {
  const source = await readFile(file, 'utf8')
  const escaped = source.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  await writeFile(file, escaped)
}

/** What never changes is compressed once and well, beside the original. */
async function compressFolder(folder) {
  const files = (await readdir(folder)).filter((name) => /[.](css|js|svg)$/.test(name))
  for (const file of files) {
    const content = await readFile(join(folder, file))
    await writeFile(join(folder, `${file}.br`), brotliCompressSync(content))
    await writeFile(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }))
  }
}
