import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Keys } from '../../platform/keys'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const file = z.strictObject({ length: z.int(), digest })

const schema = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  product: z.string(),
  /** What the tables are made of, in order. */
  migrations: z.array(z.string()),
  tables: z.array(
    file.extend({ name: z.string(), columns: z.array(z.string()), rows: z.int().nonnegative() }),
  ),
  sequences: z.array(
    z.strictObject({ table: z.string(), column: z.string(), last: z.int(), isCalled: z.boolean() }),
  ),
  /** Bytes of recordings. `own`: of one that was not finished, kept with this snapshot alone. */
  objects: z.array(file.extend({ name: z.string(), own: z.boolean() })),
  recordings: z.int(),
  keys: z.strictObject({ fingerprint: digest, sealed: file.nullable() }),
  /** The end of the audit chain as it was noted outside the database. */
  auditEnd: z.strictObject({ position: z.int(), seal: z.string() }).nullable(),
  /** What could not be saved as it should be, in words. */
  problems: z.array(z.string()),
})
export type SnapshotManifest = z.infer<typeof schema>

const signedSchema = z.strictObject({
  manifest: z.string(),
  keyId: z.int(),
  signature: z.base64(),
})

export const manifestFile = 'manifest.json'
export const keysFile = 'keys.sealed.json'
export const tableFile = (table: string): string => `${table}.copy.gz`

/** Tells of keys whether they are the same, and nothing else about them. */
export const fingerprintOf = (keys: Keys): string =>
  createHash('sha256')
    .update([...keys.publicKeys().values()].join(''))
    .digest('hex')

export function signedText(keys: Keys, manifest: SnapshotManifest): string {
  const text = JSON.stringify(manifest)
  const { keyId, signature } = keys.sign(text)
  return JSON.stringify({ manifest: text, keyId, signature: signature.toString('base64') })
}

/** Undefined when it was changed, or signed by somebody else. */
export async function readSigned(folder: string, keys: Keys): Promise<SnapshotManifest | undefined> {
  const signed = await parsed(folder)
  if (!signed) return undefined
  const { manifest, keyId, signature } = signed
  return keys.verify(manifest, keyId, Buffer.from(signature, 'base64')) ? contentOf(manifest) : undefined
}

/** The same without its signature checked: to know which objects a snapshot needs, before it is thrown away. */
export async function readUnchecked(folder: string): Promise<SnapshotManifest | undefined> {
  const signed = await parsed(folder)
  return signed && contentOf(signed.manifest)
}

async function parsed(folder: string) {
  const text = await readFile(join(folder, manifestFile), 'utf8')
  return signedSchema.safeParse(json(text)).data
}

const contentOf = (text: string): SnapshotManifest | undefined => schema.safeParse(json(text)).data

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
