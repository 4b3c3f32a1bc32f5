import { readSpoolName, type SpoolFile, spoolFileName } from './spool-format'

/** `createSyncAccessHandle` exists in workers alone, and `keys` is not in the types of the language everywhere. */
interface FileHandle {
  createSyncAccessHandle(): Promise<SpoolFile>
}
interface Folder {
  getFileHandle(name: string, options?: { create: boolean }): Promise<unknown>
  removeEntry(name: string): Promise<void>
  keys(): AsyncIterable<string>
}

const folderName = 'nagrania'

async function folder(): Promise<Folder> {
  const root = await navigator.storage.getDirectory()
  return await root.getDirectoryHandle(folderName, { create: true })
}

/**
 * Works with a session's file while no other tab does; `null` to `work` when the browser keeps no files. Another
 * tab's file is left alone: then nothing is done. Removed afterwards if `work` says so.
 */
export async function withSpoolFile(
  visitId: string,
  session: string,
  work: (file: SpoolFile | null) => Promise<'keep' | 'remove'>,
): Promise<void> {
  const name = spoolFileName(visitId, session)
  await navigator.locks.request(`e-wizyta.${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return
    const file = await open(name)
    const verdict = await work(file)
    file?.close()
    if (file && verdict === 'remove') await (await folder()).removeEntry(name).catch(() => undefined)
  })
}

async function open(name: string): Promise<SpoolFile | null> {
  try {
    const handle = (await (await folder()).getFileHandle(name, { create: true })) as FileHandle
    return await handle.createSyncAccessHandle()
  } catch {
    return null
  }
}

/** Sessions of which a file lies here. */
export async function spooledSessions(): Promise<{ visitId: string; session: string }[]> {
  const found: { visitId: string; session: string }[] = []
  try {
    for await (const name of (await folder()).keys()) {
      const session = readSpoolName(name)
      if (session) found.push(session)
    }
  } catch {
    // A browser that keeps no files has none
  }
  return found
}
