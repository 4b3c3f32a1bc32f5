import { existsSync } from 'node:fs'
import { lastLines, run } from './run.mjs'
import { fail } from './setup-failure.mjs'

/** Settings handed down by the npm that runs us, or meant for other commands, which would change what is installed. */
const disturbing =
  /^npm_(config_(omit|only|include|production|dev|optional|also|global|location|prefix|local_prefix|global_prefix|workspaces?|include_workspace_root|package_lock_only|package_lock|dry_run|json|long|parseable|ignore_scripts|install_strategy|if_present)|lifecycle_|package_|command$)/i

const remedies = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/,
    'The packages could not be downloaded: connect this machine to the npm registry (or tell npm your proxy or mirror) and try again.',
  ],
  [
    /ENOSPC|EDQUOT/,
    'The packages could not be installed because the disk is full: free about 1 GB and try again.',
  ],
  [
    /EACCES|EPERM|EROFS/,
    'The packages could not be installed because this user may not write here: run npm ci as the owner of this folder.',
  ],
  [
    /EUSAGE|in sync/,
    'package.json and package-lock.json do not belong together: take both from the same version.',
  ],
]

/** Installs what package-lock.json names, development tools included (the start builds the browser parts). */
export async function installPackages(root) {
  const [program, before] = npm()
  const args = [
    ...before,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !disturbing.test(name)))
  const { code, output, missing } = await run(program, args, { cwd: root, env })
  if (code === 0) return
  if (missing) fail('npm was not found: install Node.js with npm and try again.')
  const known = remedies.find(([cause]) => cause.test(output))
  if (!known)
    fail(
      `The packages could not be installed: remove the cause named below and try again.${lastLines(output)}`,
    )
  const [cause, remedy] = known
  fail(remedy + lastLines(output.split('\n').find((line) => cause.test(line)) ?? ''))
}

/**
 * The npm that runs us, under the Node that runs it: the one first on the PATH may be the one inside
 * node_modules, which is about to be replaced.
 */
function npm() {
  const { npm_execpath: script = '', npm_node_execpath: node = '' } = process.env
  if (/npm-cli\.js$/.test(script)) return [existsSync(node) ? node : process.execPath, [script]]
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/c', 'npm.cmd']] : ['npm', []]
}
