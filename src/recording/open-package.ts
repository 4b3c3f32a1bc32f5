import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { openWithPassphrase } from './package-key'
import { recordingKey, sealBytes } from './recording-key'
import { chunkBytes, chunkContext } from './sealed-file'
import { packageSchema } from './take-along'
import { readTar } from './tar'

/**
 * Opens a package that somebody took along: writes its plain files to a folder that must not exist yet.
 * @returns the names written
 * @throws when the passphrase is another one, or a byte was changed or is missing
 */
export async function openPackage({
  archive,
  passphrase,
  folder,
}: {
  archive: string
  passphrase: string
  folder: string
}): Promise<string[]> {
  const handle = await open(archive, 'r')
  try {
    const read = async (offset: number, length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length)
      const { bytesRead } = await handle.read(bytes, 0, length, offset)
      return bytes.subarray(0, bytesRead)
    }
    const entries = new Map((await readTar(read)).map((file) => [file.name, file]))
    const entryOf = (name: string) => {
      const entry = entries.get(name)
      if (!entry) throw new Error(`The package lacks ${name}`)
      return entry
    }
    const { offset, length } = entryOf('package.json')
    const about = packageSchema.parse(JSON.parse((await read(offset, length)).toString('utf8')))
    const sealedKey = {
      salt: Buffer.from(about.salt, 'base64'),
      sealed: Buffer.from(about.sealedKey, 'base64'),
    }
    const secret = await openWithPassphrase(sealedKey, passphrase, about.visitId).catch(() => {
      throw new Error('The passphrase does not open this package')
    })
    const key = recordingKey(secret)
    await mkdir(folder, { mode: 0o700 })
    for (const { name, length: plainLength } of about.files) {
      const entry = entryOf(`sealed/${name}`)
      const out = await open(join(folder, name), 'wx', 0o600)
      try {
        const chunks = Math.ceil(plainLength / chunkBytes)
        for (let chunk = 0, at = entry.offset; chunk < chunks; chunk++) {
          const size = Math.min(chunkBytes, plainLength - chunk * chunkBytes) + sealBytes
          const sealed = await read(at, size)
          await out.write(key.unseal(sealed, chunkContext({ ...about, name }, chunk)))
          at += size
        }
      } finally {
        await out.close()
      }
    }
    return about.files.map(({ name }) => name)
  } finally {
    await handle.close()
  }
}
