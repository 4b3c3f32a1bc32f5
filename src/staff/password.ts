import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'

/** Cost of a hash: 2^15 blocks of 1 kB (32 MB), three passes; OWASP's recommendation for scrypt. */
export interface PasswordCost {
  blocks: number
  blockSize: number
  passes: number
}

export const defaultPasswordCost: PasswordCost = { blocks: 2 ** 15, blockSize: 8, passes: 3 }

const saltBytes = 16
const hashBytes = 32
/** A hash string may not ask for more memory than this. */
const mostMemoryBytes = 256 * 1024 * 1024

/** `scrypt$blocks$blockSize$passes$salt$hash`, so that a later cost needs no migration. */
export async function hashPassword(password: string, cost = defaultPasswordCost): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, cost)
  const { blocks, blockSize, passes } = cost
  return ['scrypt', blocks, blockSize, passes, salt.toString('base64'), hash.toString('base64')].join('$')
}

/**
 * Whether the password belongs to the hash; takes the same time whether or not it does.
 * @throws when the string is not a hash that `hashPassword` made
 */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [scheme, blocks, blockSize, passes, salt, hash] = stored.split('$')
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined)
    throw new Error('Not a password hash of ours')
  const cost = { blocks: Number(blocks), blockSize: Number(blockSize), passes: Number(passes) }
  const expected = Buffer.from(hash, 'base64')
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost)
  return timingSafeEqual(derived, expected)
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const options: ScryptOptions = {
    N: cost.blocks,
    r: cost.blockSize,
    p: cost.passes,
    maxmem: mostMemoryBytes,
  }
  return new Promise((resolve, reject) => {
    // The same letters typed on another keyboard may be other code points
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
