import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../platform/logger'
import { finaliseRecording, type FinaliseParts, NoLongerOurs } from './finalise-recording'
import {
  type ClaimedRecording,
  claimDue,
  noteFailure,
  noteTidy,
  runsAtWork,
  validRun,
} from './finalise-store'
import { filesPrefix } from './store-names'

/**
 * Makes the files of all recordings that are due, one after another. Killed at any moment, it begins that recording
 * again when it runs next: what was valid stays valid until the new files are whole.
 * @returns how many recordings were looked after
 */
export async function finaliseDueRecordings(parts: FinaliseParts & { log: Logger }): Promise<number> {
  const { db, clock, log } = parts
  await removeLeftOvers(parts)
  for (let done = 0; ; done++) {
    const claimed = await claimDue(db, randomUUID(), clock.now())
    if (!claimed) return done
    try {
      if (!claimed.onlyLeftOvers) await finaliseRecording(parts, claimed)
      await tidy(parts, claimed)
    } catch (error) {
      if (error instanceof NoLongerOurs) {
        await removeOwn(parts, claimed)
        continue
      }
      log.error({ error, visit: claimed.visitId }, 'a recording was not finalised')
      await noteFailure(db, claimed, codeOf(error), clock.now())
    }
  }
}

/** Files of a run that came too late: nobody may know of them any more, as when the recording was erased meanwhile. */
async function removeOwn(
  { store, log }: FinaliseParts & { log: Logger },
  { visitId, run }: ClaimedRecording,
): Promise<void> {
  try {
    await store.removeAll(`${filesPrefix(visitId)}${run}/`)
  } catch (error) {
    log.error({ error, visit: visitId }, 'files that came too late were not removed')
  }
}

/** A code that an administrator can look for; never content. */
const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code.toLowerCase() : 'failed'
}

/** Removes files of runs that were never finished or are no longer valid. */
async function tidy({ db, store }: FinaliseParts, claimed: ClaimedRecording): Promise<void> {
  const { visitId } = claimed
  const valid = await validRun(db, visitId)
  if (valid === undefined) return
  const prefix = filesPrefix(visitId)
  const runs = new Set(
    (await store.list(prefix)).map((name) => name.slice(prefix.length).split('/')[0] ?? ''),
  )
  for (const run of runs) if (run !== valid && run !== '') await store.removeAll(`${prefix}${run}/`)
  await noteTidy(db, claimed)
}

/** Temporary files of runs that nobody is at work on: of processes that were killed. */
async function removeLeftOvers({ db, folder, clock }: FinaliseParts): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const found = await readdir(folder)
  if (found.length === 0) return
  const atWork = new Set(await runsAtWork(db, clock.now()))
  for (const run of found) if (!atWork.has(run)) await rm(join(folder, run), { recursive: true, force: true })
}
