import type { ObjectStore } from '../platform/object-store'
import { digestOfObject } from './digest-of-object'
import type { StoredSession } from './finalise-store'
import type { Manifest } from './manifest'
import { JournalDamaged, readJournal } from './read-journal'
import type { RecordingKey } from './recording-key'
import { readSealedFile } from './sealed-file'
import { fileName, filesPrefix, partName, recordingPrefix } from './store-names'

interface Parts {
  store: ObjectStore
  key: RecordingKey
}

/** Undefined without a manifest. `mayGrow`: something was added since, and waits to be taken in. */
type Signed = { manifest: Manifest; mayGrow: boolean } | undefined

/** Every piece of every session: opens, follows the one before, and leads to the head that was signed. */
export async function verifyJournal(
  parts: Parts,
  visitId: string,
  sessions: readonly StoredSession[],
  signed: Signed,
): Promise<string[]> {
  const findings: string[] = []
  for (const { id } of signed?.manifest.sessions ?? [])
    if (!sessions.some(({ sessionId }) => sessionId === id)) findings.push(`session ${id} is missing`)
  for (const session of sessions) findings.push(...(await verifySession(parts, visitId, session, signed)))
  const known = new Set(
    sessions.flatMap(({ sessionId, parts: own }) => own.map((part) => partName(visitId, sessionId, part.number))),
  )
  const journals = `${recordingPrefix(visitId)}journal/`
  for (const name of await parts.store.list(journals))
    if (!known.has(name)) findings.push(`${name} belongs to no session`)
  return findings
}

async function verifySession(
  { store, key }: Parts,
  visitId: string,
  session: StoredSession,
  signed: Signed,
): Promise<string[]> {
  const { sessionId } = session
  const findings: string[] = []
  const expected = signed?.manifest.sessions.find(({ id }) => id === sessionId)
  const tell = (what: string) => findings.push(`session ${sessionId}: ${what}`)
  if (signed && !expected && !signed.mayGrow) tell('was not there when the recording was signed')
  const toldBefore = (damage: JournalDamaged) =>
    signed?.manifest.damages.some(
      (one) => one.session === sessionId && one.batch === damage.batch && one.damage === damage.damage,
    ) ?? false

  const found = { batches: 0, first: 0, last: 0, head: '', bytes: 0 }
  try {
    const damaged = (damage: JournalDamaged) => {
      if (!toldBefore(damage)) tell(`batch ${damage.batch} ${damage.damage}`)
    }
    for await (const batch of readJournal(store, key, session, damaged)) {
      if (expected && batch.number > expected.last) {
        if (!signed?.mayGrow) tell(`batch ${batch.number} was not there when the recording was signed`)
        continue
      }
      found.batches++
      if (found.batches === 1) found.first = batch.number
      found.last = batch.number
      found.head = Buffer.from(batch.hash).toString('hex')
      found.bytes += batch.hash.byteOffset + batch.hash.length - (batch.sessionId.byteOffset - 4)
    }
  } catch (error) {
    if (!(error instanceof JournalDamaged)) throw error
    tell(`batch ${error.batch} ${error.damage}`)
  }
  if (!expected) return findings
  const { batches, first, last, head, bytes } = expected
  const same =
    found.batches === batches &&
    found.first === first &&
    found.last === last &&
    found.head === head &&
    found.bytes === bytes
  if (!same) tell('its batches are not those that were signed')
  if (session.staffId !== expected.staff || session.openedAt.toISOString() !== expected.openedAt)
    tell("the database's row differs from what was signed")
  for (const part of expected.parts) {
    const stored = await digestOfObject(store, partName(visitId, sessionId, part.number), part.length)
    if (stored.length !== part.length || stored.digest !== part.digest) tell(`part ${part.number} was changed`)
  }
  for (const { number } of session.parts) {
    const length = (await store.lengthOf(partName(visitId, sessionId, number))) ?? 0
    const signedLength = expected.parts.find((part) => part.number === number)?.length ?? 0
    if (length > signedLength && !signed?.mayGrow) tell(`part ${number} is longer than it was`)
  }
  return findings
}

/** Every finalised file: its digest, and every chunk opens; nothing is missing, and nothing else is there. */
export async function verifyFiles(
  { store, key }: Parts,
  { visit, run, files }: Manifest,
  leftOvers: boolean,
): Promise<string[]> {
  const findings: string[] = []
  for (const { name, length, digest } of files) {
    const stored = await digestOfObject(store, fileName(visit, run, name))
    if (stored.digest !== digest) {
      findings.push(`${name} was changed`)
      continue
    }
    try {
      let read = 0
      for await (const piece of readSealedFile(store, key, { visitId: visit, run, name, length }))
        read += piece.length
      if (read !== length) findings.push(`${name} is not as long as it was`)
    } catch {
      findings.push(`${name} cannot be unsealed`)
    }
  }
  const known = new Set(files.map(({ name }) => fileName(visit, run, name)))
  for (const name of await store.list(filesPrefix(visit))) {
    // A run that is being made, or was left by a process that was killed, is removed by the next one
    const ofAnotherRun = !name.startsWith(`${filesPrefix(visit)}${run}/`)
    if (!known.has(name) && !(leftOvers && ofAnotherRun)) findings.push(`${name} belongs to nothing`)
  }
  return findings
}
