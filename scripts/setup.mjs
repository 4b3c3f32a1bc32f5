// Makes a fresh checkout ready to start or test: `node scripts/setup.mjs [start|test]`. Runs on bare Node
// with nothing installed, does only what is needed, and says one line for each thing it does.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'
import { findProgram } from './find-program.mjs'
import { fingerprint } from './setup/fingerprint.mjs'
import { isInstalled } from './setup/installed.mjs'
import { installPackages } from './setup/npm-ci.mjs'
import { oneAtATime } from './setup/one-at-a-time.mjs'
import { lastLines, run } from './setup/run.mjs'
import { fail, SetupFailure } from './setup/setup-failure.mjs'
import { canBeInstalled, installTestPrograms } from './setup/test-programs.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const purpose = process.argv[2] ?? 'start'
const oldestNode = [20, 19]

const say = (line) => console.log(line)

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  fail(
    `This needs Node.js ${oldestNode.join('.')} or newer and this is ${process.versions.node}: install Node.js 24 LTS.`,
  )
}

const packages = {
  stamp: join(root, 'node_modules', '.e-wizyta-setup'),
  wanted: () => sha256(readFileSync(join(root, 'package-lock.json')), process.platform, process.arch),
  ready() {
    const wanted = this.wanted()
    if (read(this.stamp) === wanted) return true
    // Installed by hand: as good, and remembered
    if (!isInstalled(root)) return false
    write(this.stamp, wanted)
    return true
  },
  async make() {
    say('Installing the packages the product is made of (npm ci) ...')
    await installPackages(root)
    // A platform without a pinned Node runs on the one it has
    const pinned = join(root, 'node_modules', '.bin', 'node')
    const isMissing = existsSync(dirname(pinned)) && !existsSync(pinned)
    if (isMissing && process.platform !== 'win32') symlinkSync(process.execPath, pinned)
    write(this.stamp, this.wanted())
  },
}

const build = {
  stamp: join(root, 'dist', '.built-from'),
  ready() {
    return !existsSync(join(root, 'scripts', 'build.mjs')) || read(this.stamp) === fingerprint(root)
  },
  async make() {
    say('Building the product ...')
    const builtFrom = fingerprint(root)
    const ours = join(root, 'node_modules', '.bin', 'node')
    const node = process.platform !== 'win32' && existsSync(ours) ? ours : process.execPath
    const { code } = await run(node, [join(root, 'scripts', 'build.mjs')], { cwd: root, show: true })
    if (code !== 0) fail('The build failed for the reason above: correct it and try again.', code)
    write(this.stamp, builtFrom)
  },
}

const chromium = {
  ready() {
    if (purpose !== 'test' || findChromium() !== undefined) return true
    const chosen = process.env.CHROMIUM_PATH
    if (chosen) fail(`CHROMIUM_PATH names ${chosen}, which is no program: correct or unset it.`)
    return false
  },
  async make() {
    let said = ''
    if (process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
      say('Installing Chromium for the end-to-end tests (apt-get) ...')
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
      await run('apt-get', ['update'], { env })
      const wanted = ['--no-install-recommends', 'chromium', 'fonts-dejavu-core']
      said = (await run('apt-get', ['install', '-y', ...wanted], { env })).output
    }
    if (findChromium() === undefined) {
      say('Downloading Chromium for the end-to-end tests (Playwright) ...')
      const cli = join(root, 'node_modules', 'playwright-core', 'cli.js')
      said += (await run(process.execPath, [cli, 'install', 'chromium'], { cwd: root })).output
    }
    if (findChromium() !== undefined) return
    fail(
      'There is no Chromium for the end-to-end tests and none could be fetched: install Chromium or Google Chrome, or name one in CHROMIUM_PATH.' +
        lastLines(said),
    )
  },
}

const testPrograms = {
  ready: () => purpose !== 'test' || !canBeInstalled(),
  make: () => installTestPrograms(say),
}

function sha256(...parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** A checkout that may not be written, e.g. in an image, is only looked at again next time. */
function write(file, text) {
  try {
    writeFileSync(file, text)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
  }
}

try {
  checkNode()
  if (purpose !== 'start' && purpose !== 'test') fail('Usage: node scripts/setup.mjs [start|test]')
  const steps = [packages, build, chromium, testPrograms]
  if (!steps.every((step) => step.ready())) {
    await oneAtATime(root, say, async () => {
      for (const step of steps) if (!step.ready()) await step.make()
    })
  }
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}
