import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Db } from '../platform/db'

/**
 * By how many milliseconds the database's clock is ahead of this process's. Both are the machines' own: what is
 * measured here is whether the injected clock can be trusted.
 */
export async function clockSkew(db: Db): Promise<number> {
  const before = Date.now()
  const { rows } = await sql<{ at: string }>`
    select extract(epoch from clock_timestamp()) * 1000 as at`.execute(db)
  const after = Date.now()
  return Number(rows[0]?.at ?? before) - (before + after) / 2
}

export interface Disk {
  folder: string
  free: number
  size: number
}

/** Undefined when the folder is not there. */
export async function diskOf(folder: string): Promise<Disk | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && { folder, free: found.bavail * found.bsize, size: found.blocks * found.bsize }
}

/** Below either, what is written soon finds no place. */
export const isFull = ({ free, size }: Disk): boolean => free < 2e9 || free < size / 20

export interface KeysFile {
  path: string
  isThere: boolean
  /** Whether others on the machine can read it. */
  isOpen: boolean
}

export async function keysFile(dataFolder: string): Promise<KeysFile> {
  const path = join(dataFolder, 'keys', 'keys.json')
  const found = await stat(path).catch(() => undefined)
  return { path, isThere: found !== undefined, isOpen: found !== undefined && (found.mode & 0o077) !== 0 }
}
