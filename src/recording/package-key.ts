import { createCipheriv, createDecipheriv, randomBytes, randomInt, scrypt } from 'node:crypto'

/** Without signs that are taken for one another. 25 signs of 27: 118 bits. */
const alphabet = '23456789ACDEFGHJKMNPQRTVWXY'
const groups = 5
const signsPerGroup = 5

/** Shown once to the person who takes the package along. */
export const newPassphrase = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: signsPerGroup }, () => alphabet.charAt(randomInt(alphabet.length))).join(''),
  ).join('-')

const cost = { N: 2 ** 17, r: 8, p: 1 } as const

const derive = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const typed = passphrase.toUpperCase().replace(/[^0-9A-Z]/g, '')
    scrypt(typed, salt, 32, { ...cost, maxmem: 256 * 1024 ** 2 }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })

const context = (visitId: string) => Buffer.from(`recording.package:${visitId}`)

/** The recording's key under a key made of the passphrase (scrypt, AES-256-GCM). */
export async function sealForPassphrase(
  secret: Buffer,
  passphrase: string,
  visitId: string,
): Promise<{ salt: Buffer; sealed: Buffer }> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), nonce).setAAD(context(visitId))
  const body = Buffer.concat([cipher.update(secret), cipher.final()])
  return { salt, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) }
}

/** @throws when the passphrase is another one, or something was changed */
export async function openWithPassphrase(
  { salt, sealed }: { salt: Uint8Array; sealed: Uint8Array },
  passphrase: string,
  visitId: string,
): Promise<Buffer> {
  const decipher = createDecipheriv('aes-256-gcm', await derive(passphrase, salt), sealed.subarray(0, 12))
  decipher.setAAD(context(visitId)).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}
