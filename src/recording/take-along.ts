import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { ObjectStore } from '../platform/object-store'
import type { Staff } from '../staff/staff'
import { auditRecording, type KeptRecording, lockKept } from './kept-recording'
import { newPassphrase, sealForPassphrase } from './package-key'
import { readFiles } from './play-file'
import { recordingSecret, sealBytes } from './recording-key'
import { chunkBytes, type SealedFile } from './sealed-file'
import { fileName } from './store-names'
import { tarEnd, tarHeader, tarPadding } from './tar'

/** `package.json` of a package: what is needed to open it. Its files stand in the signed manifest. */
export const packageSchema = z.strictObject({
  version: z.literal(1),
  visitId: z.uuid(),
  run: z.uuid(),
  salt: z.base64(),
  sealedKey: z.base64(),
})

type Playable = KeptRecording & { wrappedKey: Buffer; run: string }

/**
 * Makes a package ready for the person of this view. Only they are shown the passphrase, and only now; the row is
 * another form of the recording's key, and goes with it.
 */
export async function preparePackage(
  db: Db,
  {
    recording,
    viewId,
    staff,
    keys,
    now,
  }: { recording: Playable; viewId: string; staff: Staff; keys: Keys; now: Date },
): Promise<{ ok: true; packageId: string; passphrase: string } | { ok: false; reason: 'erased' }> {
  const { visitId, wrappedKey } = recording
  const passphrase = newPassphrase()
  const { salt, sealed } = await sealForPassphrase(
    recordingSecret(keys, visitId, wrappedKey),
    passphrase,
    visitId,
  )
  const packageId = randomUUID()
  return inTransaction<Awaited<ReturnType<typeof preparePackage>>>(db, async (tx) => {
    const standing = await lockKept(tx, visitId)
    if (!standing?.wrappedKey) return { ok: false, reason: 'erased' }
    await tx.deleteFrom('recording_package').where('view_id', '=', viewId).execute()
    await tx
      .insertInto('recording_package')
      .values({ id: packageId, view_id: viewId, salt, sealed_key: sealed })
      .execute()
    await auditRecording(tx, {
      staff,
      action: 'recording.taken_along',
      recording,
      details: { view: viewId },
      now,
    })
    return { ok: true, packageId, passphrase }
  })
}

/** Whether the package was made in this view, and by no newer one replaced. */
export async function isPackageOf(
  db: Db,
  { packageId, viewId }: { packageId: string; viewId: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('recording_package')
    .select('id')
    .where('id', '=', packageId)
    .where('view_id', '=', viewId)
    .executeTakeFirst()
  return row !== undefined
}

/** Manifest, signature, and the one public key that checks it. @throws when the recording was not signed */
function signedParts(keys: Keys, manifest: string | null, signature: Buffer | null): [string, Buffer][] {
  const keyId = signature?.[0]
  const publicKey = keyId === undefined ? undefined : keys.publicKeys().get(keyId)
  if (manifest === null || signature === null || publicKey === undefined)
    throw new Error('A recording that nobody has signed is not taken along')
  return [
    ['manifest.json', Buffer.from(manifest)],
    ['manifest.sig', signature],
    [publicKeyName(keyId ?? 0), Buffer.from(publicKey)],
  ]
}

export const publicKeyName = (keyId: number): string => `public-key-${keyId}.pem`

const sealedLength = ({ length }: SealedFile): number => length + Math.ceil(length / chunkBytes) * sealBytes

/** The package as a tar, piece by piece: nothing in it can be opened without the passphrase. */
export async function* streamPackage(
  db: Db,
  {
    recording,
    packageId,
    viewId,
    keys,
    store,
    now,
    readme,
  }: {
    recording: Playable
    packageId: string
    viewId: string
    keys: Keys
    store: ObjectStore
    now: Date
    readme: string
  },
): AsyncGenerator<Buffer> {
  const { visitId, run } = recording
  const { salt, sealed_key: sealedKey } = await db
    .selectFrom('recording_package')
    .select(['salt', 'sealed_key'])
    .where('id', '=', packageId)
    .where('view_id', '=', viewId)
    .executeTakeFirstOrThrow()
  const { manifest, manifest_signature: signature } = await db
    .selectFrom('recording')
    .select(['manifest', 'manifest_signature'])
    .where('visit_id', '=', visitId)
    .executeTakeFirstOrThrow()
  const files = await readFiles(db, recording)
  const about: z.infer<typeof packageSchema> = {
    version: 1,
    visitId,
    run,
    salt: salt.toString('base64'),
    sealedKey: sealedKey.toString('base64'),
  }
  const small: [string, Buffer][] = [
    ['README.txt', Buffer.from(readme)],
    ['package.json', Buffer.from(`${JSON.stringify(about, null, 2)}\n`)],
    ...signedParts(keys, manifest, signature),
  ]
  for (const [name, content] of small) {
    yield tarHeader(name, content.length, now)
    yield content
    yield tarPadding(content.length)
  }
  for (const file of files) {
    const length = sealedLength(file)
    yield tarHeader(`sealed/${file.name}`, length, now)
    let sent = 0
    for await (const piece of store.read(fileName(visitId, run, file.name), 0, length)) {
      sent += piece.length
      yield Buffer.from(piece)
    }
    if (sent !== length) throw new Error(`${file.name} is cut off`)
    yield tarPadding(length)
  }
  yield tarEnd()
}
