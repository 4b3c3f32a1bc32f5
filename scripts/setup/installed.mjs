import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether node_modules holds just what package-lock.json asks for on this machine, by npm's own record. npm
 * writes it last, so an interrupted installation does not count.
 */
export function isInstalled(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const there = packagesOf(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !there) return false
  return Object.entries(wanted).every(([path, { version, ...about }]) => {
    if (path === '' || there[path]?.version === version) return true
    return about.optional === true && !isForThisMachine(about)
  })
}

function isForThisMachine({ os, cpu, libc }) {
  const fits = (allowed, ours) => allowed === undefined || [allowed].flat().includes(ours)
  // Whether an optional package without these is wanted here only npm can tell; it may be absent
  if ((os === undefined && cpu === undefined) || libc !== undefined) return false
  return fits(os, process.platform) && fits(cpu, process.arch)
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
