import { fchownSync, openSync, renameSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClusterPlace } from './cluster-place'

interface OpenedServerLog {
  path: string
  descriptor: number
  /** Where what is written from now on begins, in bytes. */
  start: number
}

const largestBytes = 4_000_000

/** Opens the log for a server to be started; a large one becomes `server.log.1`. The caller closes the descriptor. */
export function openServerLog(place: ClusterPlace): OpenedServerLog {
  const path = join(place.home, 'server.log')
  const size = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size() > largestBytes) renameSync(path, `${path}.1`)
  const start = size()
  const descriptor = openSync(path, 'a', 0o600)
  if (place.user) fchownSync(descriptor, place.user.uid, place.user.gid)
  return { path, descriptor, start }
}

/** What was written since the log was opened. */
export async function readServerLog({ path, start }: OpenedServerLog): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(Math.max(0, size - start)),
      position: start,
    })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
