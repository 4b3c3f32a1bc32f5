// Builds what a browser loads: the islands' scripts, the style sheets and the fonts, each named by its content.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Citizens come with what they have (Chrome 70, Safari 12); workstations are kept up to date. */
const oldBrowsers = ['chrome70', 'safari12', 'firefox68', 'es2018']
const workstations = ['chrome120', 'firefox121', 'safari17', 'es2022']

const islands = [
  { name: 'meeting', file: 'src/browser/meeting/meeting.ts', target: oldBrowsers, format: 'iife' },
  {
    name: 'device-preview',
    file: 'src/browser/device-preview/device-preview.ts',
    target: oldBrowsers,
    format: 'iife',
  },
  { name: 'desk-day', file: 'src/browser/desk/day.tsx', target: workstations, format: 'esm' },
  { name: 'desk-call', file: 'src/browser/desk/call.tsx', target: workstations, format: 'esm' },
]
const styles = [
  { name: 'public', target: oldBrowsers },
  { name: 'call', target: oldBrowsers },
  { name: 'desk', target: workstations },
]

/**
 * Writes the built files and `manifest.json` ('meeting.js' -> 'meeting-<hash>.js') to `outDir`; returns the manifest.
 * @param {{ outDir: string, minify: boolean, quiet?: boolean }} options
 * @returns {Promise<Record<string, string>>}
 */
export async function buildIslands({ outDir, minify, quiet = false }) {
  await mkdir(outDir, { recursive: true })
  const shared = {
    outdir: outDir,
    bundle: true,
    minify,
    metafile: true,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  }
  const built = await Promise.all([
    ...islands.map(({ name, file, target, format }) =>
      build({
        ...shared,
        entryPoints: { [name]: file },
        target,
        // esbuild refuses it for Safari 12 over a bug in patterns that we do not write
        supported: { destructuring: true },
        format,
        platform: 'browser',
        jsx: 'automatic',
        jsxImportSource: 'preact',
      }),
    ),
    ...styles.map(({ name, target }) =>
      build({
        ...shared,
        entryPoints: { [name]: `src/ui/styles/${name}.css` },
        target,
        loader: { '.woff2': 'file' },
      }),
    ),
  ])
  const files = built.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => basename(path))
  const manifest = Object.fromEntries(
    [...new Set(files)].sort().map((file) => [file.replace(/-[A-Z0-9]{8}(?=[.]\w+$)/, ''), file]),
  )
  await writeFile(join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  if (!quiet) await printSizes(outDir, manifest)
  return manifest
}

async function printSizes(outDir, manifest) {
  for (const [name, file] of Object.entries(manifest)) {
    const content = await readFile(join(outDir, file))
    const sent = name.endsWith('.woff2') ? content.length : gzipSync(content).length
    console.log(`${name.padEnd(32)} ${(sent / 1000).toFixed(1).padStart(6)} kB as sent`)
  }
}
