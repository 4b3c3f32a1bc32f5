import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A small checkout with our real set-up, and npm and a build that only write down what they were asked. */
export interface Checkout {
  root: string
  write(path: string, text: string): Promise<void>
  /** Runs the set-up; `lines` is all it printed. */
  setUp(
    purpose: 'start' | 'test',
    env?: Record<string, string>,
  ): Promise<{ code: number | null; lines: string[] }>
  /** What npm and the build were asked, in order, e.g. ['npm ci …', 'build']. */
  asked(): Promise<string[]>
}

const scripts = fileURLToPath(new URL('../../scripts', import.meta.url))

const fakeNpm = `
import { appendFileSync, cpSync, mkdirSync, rmSync } from 'node:fs'
appendFileSync('asked', 'npm ' + process.argv.slice(2).join(' ') + '\\n')
if (process.env.NPM_SAYS) { console.error(process.env.NPM_SAYS); process.exit(1) }
const handedDown = Object.keys(process.env).filter((name) => /^npm_(config_omit|lifecycle)/.test(name))
if (handedDown.length > 0) appendFileSync('asked', handedDown.join(' ') + '\\n')
rmSync('node_modules', { recursive: true, force: true })
mkdirSync('node_modules')
cpSync('package-lock.json', 'node_modules/.package-lock.json')
`
const fakeBuild = `
import { appendFileSync, mkdirSync } from 'node:fs'
appendFileSync('asked', 'build\\n')
if (process.env.BUILD_CODE) process.exit(Number(process.env.BUILD_CODE))
mkdirSync('dist', { recursive: true })
`

export async function makeCheckout(): Promise<Checkout> {
  const root = await mkdtemp(join(tmpdir(), 'e-wizyta-checkout-'))
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  for (const name of ['setup', 'setup.mjs', 'find-chromium.mjs', 'find-program.mjs']) {
    await cp(join(scripts, name), join(root, 'scripts', name), { recursive: true })
  }
  await write('fake/npm-cli.js', fakeNpm)
  await write('fake/package.json', '{ "type": "module" }')
  await write('scripts/build.mjs', fakeBuild)
  await write('package.json', '{ "name": "e-wizyta" }')
  await write('package-lock.json', lockFile('1.0.0'))
  await write('src/main/server.ts', 'export const answer = 42')

  return {
    root,
    write,
    setUp: (purpose, env = {}) => {
      const child = spawn(process.execPath, [join(root, 'scripts', 'setup.mjs'), purpose], {
        // Not from within the checkout: npm and build are told where they work
        cwd: tmpdir(),
        env: { PATH: process.env['PATH'], npm_execpath: join(root, 'fake', 'npm-cli.js'), ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => (said += text))
      }
      return new Promise((resolve) => {
        child.on('close', (code) => resolve({ code, lines: said.split('\n').filter(Boolean) }))
      })
    },
    asked: async () => {
      const text = await readFile(join(root, 'asked'), 'utf8').catch(() => '')
      return text.split('\n').filter(Boolean)
    },
  }
}

/** A lock file that asks for one package of that version, and one that is for other machines only. */
export function lockFile(version: string): string {
  const other = process.platform === 'win32' ? 'linux' : 'win32'
  return JSON.stringify({
    packages: {
      '': { name: 'e-wizyta' },
      'node_modules/needed': { version },
      'node_modules/elsewhere': { version, optional: true, os: [other], cpu: [process.arch] },
    },
  })
}
