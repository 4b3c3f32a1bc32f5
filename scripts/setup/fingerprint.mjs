import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['src', 'data', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json']
const notBuilt = (path) => path === join('data', 'local') || /\.test\.tsx?$/.test(path)

/** Of the contents of everything the build is made from: copies, clones and `touch` change nothing. */
export function fingerprint(root) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (notBuilt(path)) return
    if (statSync(join(root, path)).isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) add(join(path, name))
      return
    }
    const content = readFileSync(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  for (const path of sources) if (existsSync(join(root, path))) add(path)
  return hash.digest('hex')
}
