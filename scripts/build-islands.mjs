// Builds what a browser loads: the islands' scripts, the style sheets and the fonts, each named by its content.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Citizens come with what they have (Chrome 70, Safari 12); workstations are kept up to date. */
const oldBrowsers = ['chrome70', 'safari12', 'firefox68', 'es2018']
const workstations = ['chrome120', 'firefox121', 'safari17', 'es2022']

const islands = [
  { name: 'meeting', file: 'src/browser/meeting/meeting.ts', target: oldBrowsers, format: 'iife' },
  {
    name: 'device-check',
    file: 'src/browser/device-check/device-check.ts',
    target: oldBrowsers,
    format: 'iife',
  },
  { name: 'desk-day', file: 'src/browser/desk/day.tsx', target: workstations, format: 'esm' },
  { name: 'desk-call', file: 'src/browser/desk/call.tsx', target: workstations, format: 'esm' },
  {
    name: 'recorder-worker',
    file: 'src/browser/recorder/recorder-worker.ts',
    target: workstations,
    format: 'iife',
  },
  { name: 'passkey', file: 'src/browser/staff/passkey.ts', target: workstations, format: 'esm' },
  { name: 'sms-counter', file: 'src/browser/staff/sms-counter.ts', target: workstations, format: 'esm' },
  { name: 'player', file: 'src/browser/player/player.ts', target: workstations, format: 'esm' },
]
/** The look of a page, and after it what its islands add. */
const styles = [
  {
    name: 'public',
    files: ['src/ui/styles/public.css', 'src/browser/call/own-picture.css'],
    target: oldBrowsers,
  },
  {
    name: 'call',
    files: ['src/ui/styles/call.css', 'src/browser/call/call-screen.css'],
    target: oldBrowsers,
  },
  {
    name: 'desk',
    files: [
      'src/ui/styles/desk.css',
      'src/ui/styles/figures.css',
      'src/browser/desk/desk.css',
      'src/browser/player/player.css',
    ],
    target: workstations,
  },
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
    ...styles.map(({ name, files, target }) =>
      build({
        ...shared,
        stdin: {
          contents: files.map((file) => `@import './${file}';`).join('\n'),
          resolveDir: '.',
          sourcefile: `${name}.css`,
          loader: 'css',
        },
        entryNames: `${name}-[hash]`,
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
  if (minify) await compress(outDir, manifest)
  if (!quiet) await printSizes(outDir, manifest)
  return manifest
}

/** Done once here instead of for every request; fonts are compressed already. */
async function compress(outDir, manifest) {
  const files = Object.values(manifest).filter((file) => /[.](js|css)$/.test(file))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(join(outDir, file))
      await writeFile(join(outDir, `${file}.br`), brotliCompressSync(content))
      await writeFile(join(outDir, `${file}.gz`), gzipSync(content, { level: 9 }))
    }),
  )
}

async function printSizes(outDir, manifest) {
  for (const [name, file] of Object.entries(manifest)) {
    const content = await readFile(join(outDir, file))
    const sent = name.endsWith('.woff2') ? content.length : gzipSync(content).length
    console.log(`${name.padEnd(32)} ${(sent / 1000).toFixed(1).padStart(6)} kB as sent`)
  }
}
