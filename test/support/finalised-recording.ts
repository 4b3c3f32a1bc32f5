import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RecordingIndex, RecordingSummary } from '../../src/contract/recording-index'
import type { Db } from '../../src/platform/db'
import type { Keys } from '../../src/platform/keys'
import type { ObjectStore } from '../../src/platform/object-store'
import { canonicalJson } from '../../src/recording/canonical-json'
import { digestOfText, signManifest } from '../../src/recording/manifest'
import { makeRecordingKey } from '../../src/recording/recording-key'
import { chunkBytes, chunkContext } from '../../src/recording/sealed-file'
import { fileName } from '../../src/recording/store-names'

export interface RecordingParts {
  db: Db
  keys: Keys
  store: ObjectStore
}

export interface MadeRecording {
  visitId: string
  run: string
  index: RecordingIndex
  files: ReadonlyMap<string, Buffer>
}

/** Bytes that are no video, for tests that only read them: two chunks and a bit. */
export const someBytes = Buffer.from(
  Uint8Array.from({ length: 2 * chunkBytes + 1000 }, (_, at) => (at * 31 + (at >> 8)) & 255),
)

/** A recording of a visit as the finalising leaves it: row, key, sealed files, index. */
export async function makeRecording(
  { db, keys, store }: RecordingParts,
  {
    visitId,
    now,
    keptDays = 30,
    seconds = 20,
    videos = { 'person-client.webm': someBytes, 'person-officer.webm': someBytes },
    gaps = [],
    officerOffsetMs = 0,
  }: {
    visitId: string
    now: Date
    keptDays?: number
    seconds?: number
    videos?: Record<string, Buffer>
    gaps?: RecordingIndex['gaps']
    officerOffsetMs?: number
  },
): Promise<MadeRecording> {
  const { branch_id: branchId, topic_id: topicId } = await db
    .selectFrom('visit')
    .select(['branch_id', 'topic_id'])
    .where('id', '=', visitId)
    .executeTakeFirstOrThrow()
  const { key, wrapped } = makeRecordingKey(keys, visitId)
  const run = randomUUID()
  const index: RecordingIndex = {
    version: 1,
    startsAt: now.toISOString(),
    durationMs: seconds * 1000 + officerOffsetMs,
    files: Object.keys(videos).map((name) => {
      const isOfficer = name.includes('officer')
      return {
        name,
        kind: name.startsWith('screen') ? ('screen' as const) : ('person' as const),
        participant: isOfficer ? ('officer' as const) : ('client' as const),
        offsetMs: isOfficer ? officerOffsetMs : 0,
        durationMs: seconds * 1000,
      }
    }),
    gaps,
    mutes: [{ fromMs: 8000, toMs: 10_000, participant: 'officer', kind: 'audio' }],
    reloads: [],
    chapters: [
      { atMs: 0, kind: 'start' },
      { atMs: 6000, kind: 'application' },
      { atMs: 12_000, kind: 'identity_confirmed' },
      { atMs: seconds * 1000, kind: 'end' },
    ],
  }
  const summary: RecordingSummary = {
    seconds,
    gaps: gaps.map(({ fromMs, toMs, why }) => ({ seconds: (toMs - fromMs) / 1000, why })),
    participants: ['client', 'officer'],
    screens: Object.keys(videos).filter((name) => name.startsWith('screen')).length,
  }
  const files = new Map([
    ...Object.entries(videos),
    ['index.json', Buffer.from(JSON.stringify(index))] as const,
  ])
  const sealed = new Map(
    [...files].map(([name, plain]) => {
      const chunks = Array.from({ length: Math.ceil(plain.length / chunkBytes) }, (_, chunk) =>
        key.seal(
          plain.subarray(chunk * chunkBytes, (chunk + 1) * chunkBytes),
          chunkContext({ visitId, run, name }, chunk),
        ),
      )
      return [name, Buffer.concat(chunks)]
    }),
  )
  const rows = [...files].map(([name, plain]) => {
    const listed = index.files.find((file) => file.name === name)
    return {
      name,
      kind: listed?.kind ?? ('index' as const),
      participant: listed?.participant ?? null,
      offset_ms: listed?.offsetMs ?? 0,
      duration_ms: listed?.durationMs ?? 0,
      length: plain.length,
      digest: createHash('sha256')
        .update(sealed.get(name) ?? '')
        .digest(),
    }
  })
  const bytes = rows.reduce((sum, { length }) => sum + length, 0)
  const signed = signManifest(keys, {
    version: 1,
    visit: visitId,
    branch: branchId,
    topic: topicId,
    startedAt: now.toISOString(),
    startsAt: index.startsAt,
    finalisedAt: now.toISOString(),
    run,
    journalVersion: 0,
    bytes,
    sessions: [],
    damages: [],
    choices: digestOfText(''),
    summary: digestOfText(canonicalJson(summary)),
    files: rows.map(({ offset_ms: offsetMs, duration_ms: durationMs, digest, ...row }) => ({
      ...{ ...row, offsetMs, durationMs },
      digest: digest.toString('hex'),
    })),
  })
  await db
    .insertInto('recording')
    .values({
      visit_id: visitId,
      branch_id: branchId,
      topic_id: topicId,
      wrapped_key: wrapped,
      state: 'ready',
      started_at: now,
      finalised_at: now,
      finalised_run: run,
      finalised_version: 0,
      manifest: signed.text,
      manifest_signature: signed.signature,
      summary: JSON.stringify(summary),
      bytes,
      keep_until: new Date(now.getTime() + keptDays * 86_400_000),
    })
    .execute()
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-made-'))
  try {
    for (const [name, content] of sealed) {
      await writeFile(join(folder, name), content)
      await store.putFile(fileName(visitId, run, name), join(folder, name))
    }
    await db
      .insertInto('recording_file')
      .values(rows.map((row) => ({ visit_id: visitId, run, ...row })))
      .execute()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return { visitId, run, index, files }
}

let clip: Promise<Buffer> | undefined

/** A seekable WebM of 20 s, picture and sound, made once by ffmpeg. */
export const sampleClip = (): Promise<Buffer> => (clip ??= makeClip())

async function makeClip(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-clip-'))
  try {
    const file = join(folder, 'clip.webm')
    const video = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=15:duration=20']
    const audio = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=20']
    const codecs = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '400k', '-g', '30']
    await promisify(execFile)('ffmpeg', [
      ...['-v', 'error', '-y', ...video, ...audio, ...codecs],
      ...['-c:a', 'libopus', '-b:a', '32k', '-cues_to_front', '1', file],
    ])
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
