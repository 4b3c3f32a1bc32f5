import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const pollMilliseconds = 300
/** Nothing here takes that long; the number in the lock then belongs to another process. */
const abandonedMilliseconds = 20 * 60_000

/**
 * Runs `work` while no other set-up of this checkout does; waits for one that does. The lock lies outside
 * the checkout, as npm empties node_modules; where none can be made, `work` runs without.
 */
export async function oneAtATime(root, say, work) {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `e-wizyta-setup-${name}.lock`)
  let waiting = false
  let answer
  while ((answer = tryLock(lock)) === 'taken') {
    if (!waiting) say('Another set-up of this folder is at work; waiting for it ...')
    waiting = true
    await delay(pollMilliseconds)
  }
  try {
    await work()
  } finally {
    if (answer === 'ours') rmSync(lock, { force: true })
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return 'ours'
  } catch (error) {
    if (error.code !== 'EEXIST') return 'impossible'
  }
  try {
    if (holderLives(lock)) return 'taken'
    rmSync(lock, { force: true })
    return tryLock(lock)
  } catch (error) {
    // Released in this very moment, or another user's
    return error.code === 'ENOENT' ? tryLock(lock) : 'impossible'
  }
}

function holderLives(lock) {
  const age = Date.now() - statSync(lock).mtimeMs
  const pid = Number(readFileSync(lock, 'utf8'))
  if (age > abandonedMilliseconds) return false
  // The number is written a moment after the file is made
  if (!(pid > 0)) return age < 5_000
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
