import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A running server that accepts connections. */
export interface Postmaster {
  pid: number
  port: number
  /** Resolves when the process is gone, for whatever reason. Waiting for it does not keep Node running. */
  exited: Promise<void>
}

/** What a server writes into `postmaster.pid` of its cluster, as far as it has come. */
interface PostmasterFile {
  pid: number
  port?: number
  /** Of the System V segment that every process of the server is attached to. */
  sharedMemoryId?: number
  status: 'starting' | 'ready' | 'stopping'
}

/** Long enough to replay the whole write-ahead log after a power cut on a slow disk. */
export const startMilliseconds = 300_000
export const pollMilliseconds = 10

/** @returns undefined when no server runs there or one ended in order: it removes its file */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | 'damaged' | undefined> {
  try {
    return parsePostmasterFile(await readFile(join(cluster, 'postmaster.pid'), 'utf8')) ?? 'damaged'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const [portLine, memoryLine, statusLine] = [3, 6, 7]

/** @returns undefined for an empty or damaged file */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  const port = Number(lines[portLine])
  const memory = /^\d+\s+(\d+)$/.exec(lines[memoryLine] ?? '')?.[1]
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const status = lines[statusLine]
  return {
    pid,
    ...(Number.isInteger(port) && port > 0 ? { port } : {}),
    ...(memory === undefined ? {} : { sharedMemoryId: Number(memory) }),
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  }
}
