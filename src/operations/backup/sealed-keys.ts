import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

const cost = { N: 2 ** 17, r: 8, p: 1 } as const
const context = Buffer.from('e-wizyta backup keys')
const schema = z.strictObject({ salt: z.base64(), nonce: z.base64(), tag: z.base64(), body: z.base64() })

export const shortestPassphrase = 16

const derive = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 32, { ...cost, maxmem: 256 * 1024 ** 2 }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })

/** The text of `keys.json` under a key made of the passphrase (scrypt, AES-256-GCM). */
export async function sealKeys(text: string, passphrase: string): Promise<string> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), nonce).setAAD(context)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  return JSON.stringify({
    salt: base64(salt),
    nonce: base64(nonce),
    tag: base64(cipher.getAuthTag()),
    body: base64(body),
  })
}

/** Undefined when the passphrase is another one, or something was changed. */
export async function unsealKeys(sealed: string, passphrase: string): Promise<string | undefined> {
  try {
    const { salt, nonce, tag, body } = schema.parse(JSON.parse(sealed))
    const bytes = (text: string) => Buffer.from(text, 'base64')
    const key = await derive(passphrase, bytes(salt))
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(nonce)).setAAD(context)
    decipher.setAuthTag(bytes(tag))
    return decipher.update(bytes(body), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
