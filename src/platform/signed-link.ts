import { timingSafeEqual } from 'node:crypto'
import type { Keys } from './keys'

/** What a link is for; a link of one purpose is worthless for another. */
export type LinkPurpose = 'meeting' | 'guardian' | 'cancel' | 'manage' | 'interpreter' | 'staff'

/** A token holds the place in this list: new ones go to its end. */
const purposes: readonly LinkPurpose[] = ['meeting', 'guardian', 'cancel', 'manage', 'interpreter', 'staff']

const message = (purpose: LinkPurpose, id: string, version: number) => `${purpose}\0${id}\0${version}`

/**
 * A link token: key number (1 byte), purpose (1), id (16), MAC (16), base64url, 46 characters. Nothing of
 * it is stored; `version` is a counter beside the id, raised to revoke every token made before.
 * @param id a UUID
 */
export function signLink(keys: Keys, purpose: LinkPurpose, id: string, version: number): string {
  const signed = keys.mac(message(purpose, id, version))
  if (!signed) throw new Error('No current key')
  const head = Buffer.from([signed.keyId, purposes.indexOf(purpose)])
  return Buffer.concat([head, Buffer.from(id.replaceAll('-', ''), 'hex'), signed.mac]).toString('base64url')
}

/** The id that a token names, before it is verified; undefined when it has not the form of one. */
export function readLink(token: string): { purpose: LinkPurpose; id: string } | undefined {
  if (!/^[A-Za-z0-9_-]{46}$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  // The last sign carries four bits that nothing reads: one token, one way to write it
  if (bytes.toString('base64url') !== token) return undefined
  const purpose = purposes[bytes[1] ?? -1]
  const hex = bytes.subarray(2, 18).toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return purpose && { purpose, id }
}

/** Whether the token was made by us for this purpose, id and version. Compared in constant time. */
export function verifyLink(
  keys: Keys,
  token: string,
  purpose: LinkPurpose,
  id: string,
  version: number,
): boolean {
  const named = readLink(token)
  if (named?.purpose !== purpose || named.id !== id) return false
  const bytes = Buffer.from(token, 'base64url')
  const expected = keys.mac(message(purpose, id, version), bytes[0])
  if (!expected) return false
  return timingSafeEqual(bytes.subarray(18), expected.mac)
}
