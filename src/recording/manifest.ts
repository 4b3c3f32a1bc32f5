import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Keys } from '../platform/keys'
import { canonicalJson } from './canonical-json'
import { journalDamages } from './read-journal'

const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** What a recording consisted of when its files were made: signed, so that nothing can be cut out unnoticed. */
export const manifest = z.strictObject({
  version: z.literal(1),
  visit: z.uuid(),
  branch: z.int(),
  topic: z.int(),
  startedAt: z.iso.datetime(),
  /** Moment 0 of the recording. */
  startsAt: z.iso.datetime(),
  finalisedAt: z.iso.datetime(),
  run: z.uuid(),
  journalVersion: z.int(),
  bytes: z.int(),
  sessions: z.array(
    z.strictObject({
      id: z.uuid(),
      staff: z.int(),
      openedAt: z.iso.datetime(),
      batches: z.int(),
      first: z.int(),
      last: z.int(),
      /** Hash of the last batch; empty without one. */
      head: z.union([digest, z.literal('')]),
      bytes: z.int(),
      /** As they lie in the store. */
      parts: z.array(z.strictObject({ number: z.int(), length: z.int(), digest })),
    }),
  ),
  damages: z.array(z.strictObject({ session: z.uuid(), batch: z.int(), damage: z.enum(journalDamages) })),
  /** SHA-256 over what the officer chose when the recording was interrupted. */
  choices: digest,
  /** SHA-256 over what is told without opening the recording. */
  summary: digest,
  files: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['person', 'screen', 'index']),
      participant: z.string().nullable(),
      offsetMs: z.int(),
      durationMs: z.int(),
      length: z.int(),
      digest,
    }),
  ),
})
export type Manifest = z.infer<typeof manifest>

export const digestOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The bytes that are kept, and their signature with the number of the key in front. */
export function signManifest(keys: Keys, content: Manifest): { text: string; signature: Buffer } {
  const text = canonicalJson(content)
  const { keyId, signature } = keys.sign(text)
  return { text, signature: Buffer.concat([Buffer.from([keyId]), signature]) }
}

/** Undefined when it was not signed by this institution, or cannot be read. */
export function readManifest(keys: Keys, text: string, signature: Buffer): Manifest | undefined {
  if (!keys.verify(text, signature[0] ?? -1, signature.subarray(1))) return undefined
  try {
    const parsed = manifest.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
