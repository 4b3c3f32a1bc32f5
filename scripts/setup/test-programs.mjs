import { findProgram } from '../find-program.mjs'
import { run } from './run.mjs'

/** Programs of others that some tests talk to, with the Debian package each comes in. */
const programs = [
  { name: 'turnserver', from: 'coturn' },
  { name: 'ffmpeg', from: 'ffmpeg' },
  { name: 'ffprobe', from: 'ffmpeg' },
]

const missing = () => programs.filter(({ name }) => findProgram(name) === undefined)

/** Only root can install them, and only where there is apt; elsewhere the tests that need them say so. */
export const canBeInstalled = () =>
  missing().length > 0 && process.getuid?.() === 0 && findProgram('apt-get') !== undefined

/** Installs what is missing; what cannot be installed leaves tests that print why they were skipped. */
export async function installTestPrograms(say) {
  const wanted = [...new Set(missing().map(({ from }) => from))]
  say(`Installing ${wanted.join(' and ')} for the tests of relay and recording (apt-get) ...`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env })
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...wanted], { env })
  const left = missing().map(({ name }) => name)
  if (left.length > 0) say(`Could not install ${left.join(', ')}: the tests that need them will be skipped.`)
}
