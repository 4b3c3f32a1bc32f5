import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Keys } from '../platform/keys'

/** How many bytes sealing adds: nonce 12, tag 16. */
export const sealBytes = 28

/** The key of one recording. Whoever deletes its wrapped form has erased the recording. */
export interface RecordingKey {
  /** Nonce, tag, ciphertext (AES-256-GCM); `context` must be the same to unseal. */
  seal(bytes: Uint8Array, context: string): Buffer
  /** The same in two pieces, the first of them `sealBytes` long: large ones are not copied once more. */
  sealInPieces(bytes: Uint8Array, context: string): [Buffer, Buffer]
  /** @throws when a byte was changed or the context differs */
  unseal(sealed: Uint8Array, context: string): Buffer
  /** 32 bytes with which a page seals what waits on its own computer. */
  spoolKey(sessionId: string): Buffer
}

const context = (visitId: string) => `recording.key:${visitId}`

/** A fresh key, and its form under the institution's key, which alone is kept. */
export function makeRecordingKey(keys: Keys, visitId: string): { key: RecordingKey; wrapped: Buffer } {
  const secret = randomBytes(32)
  return { key: recordingKey(secret), wrapped: keys.seal(secret.toString('base64'), context(visitId)) }
}

/** @throws when the wrapped key was changed or belongs to another recording */
export const openRecordingKey = (keys: Keys, visitId: string, wrapped: Buffer): RecordingKey =>
  recordingKey(Buffer.from(keys.unseal(wrapped, context(visitId)), 'base64'))

/** The same key under the institution's current key: no byte of the recording is touched. */
export const rewrapRecordingKey = (keys: Keys, visitId: string, wrapped: Buffer): Buffer =>
  keys.seal(keys.unseal(wrapped, context(visitId)), context(visitId))

function recordingKey(secret: Buffer): RecordingKey {
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', use, 32))
  const sealing: KeyObject = createSecretKey(derive('recording sealing'))
  const sealInPieces = (bytes: Uint8Array, about: string): [Buffer, Buffer] => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(about))
    const body = cipher.update(bytes)
    cipher.final()
    return [Buffer.concat([nonce, cipher.getAuthTag()]), body]
  }
  return {
    seal: (bytes, about) => Buffer.concat(sealInPieces(bytes, about)),
    sealInPieces,
    unseal(sealed, about) {
      if (sealed.length < sealBytes) throw new Error('Sealed bytes are cut off')
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, 12))
      decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(12, sealBytes))
      const body = decipher.update(sealed.subarray(sealBytes))
      decipher.final()
      return body
    },
    spoolKey: (sessionId) => derive(`recording spool ${sessionId}`),
  }
}
