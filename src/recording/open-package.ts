import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Manifest, manifest as manifestSchema } from './manifest'
import { openWithPassphrase } from './package-key'
import { recordingKey, sealBytes } from './recording-key'
import { chunkBytes, chunkContext } from './sealed-file'
import { packageSchema, publicKeyName } from './take-along'
import { readTar, type TarFile } from './tar'

export interface OpenedPackage {
  names: string[]
  /** SHA-256 over the public key that the signature was checked with, as DER. */
  keyFingerprint: string
}

const largestSmallFile = 16 * 1024 * 1024
/** A name that leads nowhere but into the folder. */
const plainName = /^[a-z0-9-]+[.](webm|json)$/

/**
 * Opens a package that somebody took along: checks the signature and every byte, and writes the plain files to a
 * folder that must not exist yet.
 * @param publicKey the institution's, in PEM; without it the one in the package is used, which proves only that
 * nothing was changed by somebody who could not sign
 * @throws when the passphrase is another one, or a byte was changed, is missing or was added
 */
export async function openPackage({
  archive,
  passphrase,
  folder,
  publicKey,
}: {
  archive: string
  passphrase: string
  folder: string
  publicKey?: string | undefined
}): Promise<OpenedPackage> {
  const handle = await open(archive, 'r')
  try {
    const read = async (offset: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    }
    const entries = new Map((await readTar(read)).map((file) => [file.name, file]))
    const entryOf = (name: string): TarFile => {
      const entry = entries.get(name)
      if (!entry) throw new Error(`The package lacks ${name}`)
      return entry
    }
    const readSmall = async (name: string): Promise<Buffer> => {
      const { offset, length } = entryOf(name)
      if (length > largestSmallFile) throw new Error(`${name} is too large`)
      return read(offset, length)
    }
    const about = packageSchema.parse(JSON.parse((await readSmall('package.json')).toString('utf8')))
    const { manifest, key: signer } = await readSigned(readSmall, publicKey)
    if (manifest.visit !== about.visitId || manifest.run !== about.run)
      throw new Error('The manifest is of another recording')
    const wanted = new Set(manifest.files.map(({ name }) => `sealed/${name}`))
    for (const name of entries.keys())
      if (name.startsWith('sealed/') && !wanted.has(name)) throw new Error(`${name} was added to the package`)

    const sealedKey = {
      salt: Buffer.from(about.salt, 'base64'),
      sealed: Buffer.from(about.sealedKey, 'base64'),
    }
    const secret = await openWithPassphrase(sealedKey, passphrase, about.visitId).catch(() => {
      throw new Error('The passphrase does not open this package')
    })
    const key = recordingKey(secret)
    await mkdir(folder, { mode: 0o700 })
    for (const { name, length, digest } of manifest.files) {
      const hash = createHash('sha256')
      const out = await open(join(folder, name), 'wx', 0o600)
      try {
        const chunks = Math.ceil(length / chunkBytes)
        for (let chunk = 0, at = entryOf(`sealed/${name}`).offset; chunk < chunks; chunk++) {
          const size = Math.min(chunkBytes, length - chunk * chunkBytes) + sealBytes
          const sealed = await read(at, size)
          hash.update(sealed)
          const context = chunkContext({ visitId: about.visitId, run: about.run, name }, chunk)
          await out.write(unsealed(() => key.unseal(sealed, context), name))
          at += size
        }
      } finally {
        await out.close()
      }
      if (hash.digest('hex') !== digest) throw new Error(`${name} was changed`)
    }
    const der = signer.export({ type: 'spki', format: 'der' })
    return {
      names: manifest.files.map(({ name }) => name),
      keyFingerprint: createHash('sha256').update(der).digest('hex'),
    }
  } finally {
    await handle.close()
  }
}

/** The manifest, if the key has signed it. */
async function readSigned(
  readSmall: (name: string) => Promise<Buffer>,
  publicKey: string | undefined,
): Promise<{ manifest: Manifest; key: KeyObject }> {
  const bytes = await readSmall('manifest.json')
  const signature = await readSmall('manifest.sig')
  const key = createPublicKey(publicKey ?? (await readSmall(publicKeyName(signature[0] ?? 0))))
  if (key.asymmetricKeyType !== 'ed25519' || !verify(null, bytes, key, signature.subarray(1)))
    throw new Error('The manifest was changed, or signed by another key')
  const manifest = manifestSchema.parse(JSON.parse(bytes.toString('utf8')))
  for (const { name } of manifest.files) if (!plainName.test(name)) throw new Error('A file has a wrong name')
  return { manifest, key }
}

function unsealed(unseal: () => Buffer, name: string): Buffer {
  try {
    return unseal()
  } catch {
    throw new Error(`${name} was changed, or is cut off`)
  }
}
