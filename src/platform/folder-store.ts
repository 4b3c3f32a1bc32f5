import { copyFile, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { dirname, join, relative, sep } from 'node:path'
import { type AppendLog, assertStoreName, type ObjectStore } from './object-store'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const readBytes = 256 * 1024
/** Files being written; never listed. */
const unfinished = '.unfinished'

/** A store in a folder of this machine. Everything is synced to the disk before it counts. */
export function createFolderStore(folder: string): ObjectStore {
  const pathOf = (name: string): string => {
    assertStoreName(name)
    return join(folder, ...name.split('/'))
  }

  /** A new name is durable once its folder is synced, and that folder's own name in its parent. */
  const syncFolders = async (from: string): Promise<void> => {
    for (let path = from; ; path = dirname(path)) {
      const handle = await open(path, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
      if (path === folder || dirname(path) === path) return
    }
  }
  const makeFolder = (path: string) => mkdir(path, { recursive: true, mode: 0o700 })

  const store: ObjectStore = {
    async createLog(name) {
      const path = pathOf(name)
      await makeFolder(dirname(path))
      const handle = await open(path, 'wx', 0o600)
      await syncFolders(dirname(path))
      return logOf(handle)
    },
    async putFile(name, path) {
      const target = pathOf(name)
      await makeFolder(dirname(target))
      const whole = `${target}.${randomUUID()}${unfinished}`
      try {
        await copyFile(path, whole)
        const handle = await open(whole, 'r+')
        await handle.sync().finally(() => handle.close())
        await rename(whole, target)
      } catch (error) {
        await rm(whole, { force: true })
        throw error
      }
      await syncFolders(dirname(target))
    },
    async lengthOf(name) {
      try {
        return (await stat(pathOf(name))).size
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw error
      }
    },
    async *read(name, start = 0, end = Infinity) {
      const handle = await open(pathOf(name), 'r')
      try {
        for (let at = start; at < end;) {
          const piece = Buffer.allocUnsafe(Math.min(readBytes, end - at))
          const { bytesRead } = await handle.read(piece, 0, piece.length, at)
          if (bytesRead === 0) return
          at += bytesRead
          yield piece.subarray(0, bytesRead)
        }
      } finally {
        await handle.close()
      }
    },
    async list(prefix) {
      try {
        const entries = await readdir(pathOf(prefix), { recursive: true, withFileTypes: true })
        return entries
          .filter((entry) => entry.isFile() && !entry.name.endsWith(unfinished))
          .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
          .sort()
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return []
        throw error
      }
    },
    async removeAll(prefix) {
      const path = pathOf(prefix)
      await rm(path, { recursive: true, force: true })
      const parent = dirname(path)
      if (await stat(parent).catch(() => undefined)) await syncFolders(parent)
    },
    async check() {
      const name = `check-${randomUUID()}`
      const log = await store.createLog(name)
      try {
        await log.append([Buffer.from('works')])
      } finally {
        await log.close()
        await rm(pathOf(name), { force: true })
      }
    },
  }
  return store
}

function logOf(handle: FileHandle): AppendLog {
  let length = 0
  return {
    get length() {
      return length
    },
    async append(pieces) {
      // At a fixed place: what a failed attempt has left there is written over
      const total = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
      const { bytesWritten } = await handle.writev(pieces, length)
      if (bytesWritten < total) await writeRest(handle, Buffer.concat(pieces), bytesWritten, length)
      await handle.datasync()
      length += total
    },
    close: () => handle.close(),
  }
}

/** A write may end early, for example on a disk that is nearly full. */
async function writeRest(handle: FileHandle, bytes: Buffer, from: number, position: number): Promise<void> {
  for (let done = from; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
