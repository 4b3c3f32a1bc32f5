import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the user PostgreSQL runs as can enter: root's own temporary folder may be closed to it. */
export const reachableTemporary = process.getuid?.() === 0 ? '/tmp' : tmpdir()

/** A fresh folder there; the caller removes it. */
export async function makeReachableFolder(prefix = 'e-wizyta-'): Promise<string> {
  const folder = await mkdtemp(join(reachableTemporary, prefix))
  await chmod(folder, 0o755)
  return folder
}
