import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, link, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const keyRingSchema = z.object({
  current: z.number().int().min(0).max(255),
  keys: z.array(z.object({ id: z.number().int().min(0).max(255), secret: z.base64() })).min(1),
})

/** The server's secrets: master keys by number; everything else is derived from them. */
export interface Keys {
  /** Encrypts personal data with AES-256-GCM; `context` (e.g. 'visit.client:<id>') must be the same to unseal. */
  seal(plaintext: string, context: string): Buffer
  /** @throws when the bytes were changed, the context differs or the key is unknown */
  unseal(sealed: Buffer, context: string): string
  /** A keyed hash to look a value up by (phone, e-mail, secret) without storing it. Never changes with rotation. */
  lookupHash(purpose: string, value: string): Buffer
  /** Ed25519 signature that anybody can check with the public key; for what must be provable outside, too. */
  sign(message: string): { keyId: number; signature: Buffer }
  verify(message: string, keyId: number, signature: Buffer): boolean
  /** Public keys of all signatures so far, in PEM, by key id. */
  publicKeys(): ReadonlyMap<number, string>
  /** Number of the key that seals and signs now. */
  currentKey(): number
  /** MAC of 16 bytes for links, with the id of the key that made it. */
  mac(message: string, keyId?: number): { keyId: number; mac: Buffer } | undefined
}

interface Derived {
  sealing: KeyObject
  links: KeyObject
  signing: KeyObject
}

/** A key object is imported once; from a buffer each use would import it again, at four times the cost. */
const derive = (secret: Buffer, use: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `e-wizyta ${use}`, 32)))

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const ed25519Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const deriveSigning = (secret: Buffer): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([ed25519Prefix, Buffer.from(hkdfSync('sha256', secret, '', 'e-wizyta signing', 32))]),
    format: 'der',
    type: 'pkcs8',
  })

/**
 * Keys from `<folder>/keys.json`, generated there (mode 0600) when the file does not exist.
 * @throws when the file is damaged
 */
export async function openKeys(folder: string): Promise<Keys> {
  const file = join(folder, 'keys.json')
  return keysFrom(readRing(await readOrCreate(folder, file)), () => readRing(readFileSync(file, 'utf8')))
}

/** Keys from the text of a `keys.json`. @throws when it is damaged */
export const readKeys = (text: string): Keys => keysFrom(readRing(text))

/**
 * Adds a fresh master key, with which everything is sealed and signed from now on; those before stay, for what they
 * have sealed. The file is whole at every moment. Nobody else may do this at the same time.
 * @returns the number of the new key
 */
export async function addMasterKey(folder: string): Promise<number> {
  const file = join(folder, 'keys.json')
  const ring = readRing(await readFile(file, 'utf8'))
  const id = Math.max(...ring.keys.map((key) => key.id)) + 1
  if (id > 255) throw new Error('The key ring is full')
  const keys = [...ring.keys, { id, secret: randomBytes(32).toString('base64') }]
  const whole = `${file}.${randomUUID()}`
  await writeFile(whole, JSON.stringify({ current: id, keys }), { flag: 'wx', mode: 0o600, flush: true })
  await rename(whole, file)
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
  return id
}

/** Zod's and JSON's own words are long or quote what they read, and this file is secret. */
function readRing(text: string): z.infer<typeof keyRingSchema> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new Error('keys.json is not JSON')
  }
  const ring = keyRingSchema.safeParse(content)
  if (!ring.success) throw new Error('keys.json holds no key ring')
  return ring.data
}

async function readOrCreate(folder: string, file: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const existing = await readIfThere(file)
  if (existing !== undefined) return existing
  await chmod(folder, 0o700)
  const fresh = JSON.stringify({ current: 1, keys: [{ id: 1, secret: randomBytes(32).toString('base64') }] })
  // It appears whole or not at all, even if we are killed; of two processes at once one makes the keys
  const whole = `${file}.${randomUUID()}`
  await writeFile(whole, fresh, { flag: 'wx', mode: 0o600, flush: true })
  try {
    await link(whole, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await rm(whole)
  }
  return readFile(file, 'utf8')
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Throw-away keys for tests and benches. */
export function randomKeys(): Keys {
  return keysFrom({ current: 1, keys: [{ id: 1, secret: randomBytes(32).toString('base64') }] })
}

const readAgainMs = 1000
type Ring = z.infer<typeof keyRingSchema>

/** `readAgain` is asked for a key that is not known: another process may have added one. */
function keysFrom(first: Ring, readAgain?: () => Ring): Keys {
  const derived = new Map<number, Derived>()
  let ring = first
  const take = (fresh: Ring) => {
    for (const { id, secret } of fresh.keys) {
      const bytes = Buffer.from(secret, 'base64')
      if (bytes.length < 32) throw new Error(`Key ${id} is shorter than 32 bytes`)
      derived.set(id, {
        sealing: derive(bytes, 'sealing'),
        links: derive(bytes, 'links'),
        signing: deriveSigning(bytes),
      })
    }
    if (!derived.has(fresh.current)) throw new Error('The current key is not in the key ring')
    ring = fresh
  }
  take(first)
  const oldest = ring.keys[0]
  if (!oldest) throw new Error('The current key is not in the key ring')
  const lookup = derive(Buffer.from(oldest.secret, 'base64'), 'lookup')

  let readAt = -Infinity
  const keyOf = (id: number): Derived | undefined => {
    const known = derived.get(id)
    // Strangers may name any number: the file is not read for each of them
    if (known || !readAgain || performance.now() - readAt < readAgainMs) return known
    readAt = performance.now()
    try {
      const fresh = readAgain()
      if (fresh.keys.some((key) => key.id === id)) take(fresh)
    } catch {
      // What was read at the start is still right
    }
    return derived.get(id)
  }

  return {
    seal: (plaintext, context) => {
      const key = derived.get(ring.current)
      if (!key) throw new Error('The current key is not in the key ring')
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key.sealing, iv).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([ring.current]), iv, cipher.getAuthTag(), body])
    },
    unseal: (sealed, context) => {
      const key = keyOf(sealed[0] ?? -1)
      if (!key) throw new Error(`Sealed with key ${sealed[0] ?? '?'}, which is not in the key ring`)
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, sealed.subarray(1, 13))
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(13, 29))
      return decipher.update(sealed.subarray(29), undefined, 'utf8') + decipher.final('utf8')
    },
    lookupHash: (purpose, value) => createHmac('sha256', lookup).update(`${purpose}\0${value}`).digest(),
    sign: (message) => {
      const key = derived.get(ring.current)
      if (!key) throw new Error('The current key is not in the key ring')
      return { keyId: ring.current, signature: sign(null, Buffer.from(message), key.signing) }
    },
    verify: (message, keyId, signature) => {
      const key = keyOf(keyId)
      return key !== undefined && verify(null, Buffer.from(message), createPublicKey(key.signing), signature)
    },
    currentKey: () => ring.current,
    publicKeys: () =>
      new Map(
        [...derived].map(([id, { signing }]) => [
          id,
          createPublicKey(signing).export({ type: 'spki', format: 'pem' }).toString(),
        ]),
      ),
    mac: (message, keyId = ring.current) => {
      const key = keyOf(keyId)
      if (!key) return undefined
      return { keyId, mac: createHmac('sha256', key.links).update(message).digest().subarray(0, 16) }
    },
  }
}
