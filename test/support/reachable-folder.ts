import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A fresh folder that the user PostgreSQL runs as can enter: root's own temporary folder may be closed to it. */
export async function makeReachableFolder(): Promise<string> {
  const folder = await mkdtemp(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'e-wizyta-'))
  await chmod(folder, 0o755)
  return folder
}
