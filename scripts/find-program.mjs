import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Where a program is, looked for on the PATH and where Debian puts it.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findProgram(name) {
  const folders = ['/usr/bin', '/usr/sbin', ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean)
  return folders.map((folder) => join(folder, name)).find(isProgram)
}

/**
 * Whether there is a file that may be run.
 * @param {string} path
 */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
