import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { PostgresStartError } from './postgres-start-error'

/** The account the server runs under when we are root, which PostgreSQL refuses to be. */
export interface ServerUser {
  uid: number
  gid: number
}

/** Nothing of our own environment, which may hold secrets or settings of another PostgreSQL. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

const preferredNames = ['postgres', 'nobody']

/** @throws PostgresStartError `no_server_user` */
export async function findServerUser(): Promise<ServerUser> {
  const user = userFromPasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''), preferredNames)
  if (user) return user
  throw new PostgresStartError(
    'no_server_user',
    'PostgreSQL refuses to run as root and there is no user postgres or nobody: add one, start as an ordinary user or set DATABASE_URL.',
  )
}

/** The first of `names` that has a line in the text of /etc/passwd and is not root under another name. */
export function userFromPasswd(passwd: string, names: readonly string[]): ServerUser | undefined {
  const lines = passwd.split('\n').map((line) => line.split(':'))
  for (const name of names) {
    const [, , uid, gid] = lines.find((line) => line[0] === name) ?? []
    if (Number(uid) > 0 && Number.isInteger(Number(gid))) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}

/**
 * Runs a short command, as `user` if given, and waits for its end.
 * @returns its exit code (null when a signal or a failed start ended it) and all it said
 * @throws PostgresStartError `no_server_user` when this root may not become another user
 */
export async function run(
  file: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    let output = ''
    const failed = (error: NodeJS.ErrnoException) => {
      if (user && error.code === 'EPERM') reject(mayNotSwitch(error))
      else resolve({ code: null, output: `${output}${error.message}` })
    }
    try {
      const child = spawn(file, args, {
        ...user,
        cwd: '/',
        env: serverEnvironment,
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      })
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => (output += text))
      }
      child.on('error', failed)
      child.on('close', (code) => resolve({ code, output }))
    } catch (error) {
      // Some causes are thrown, e.g. that root may not become another user; others come as events
      failed(error as NodeJS.ErrnoException)
    }
  })
}

function mayNotSwitch(cause: Error): PostgresStartError {
  return new PostgresStartError(
    'no_server_user',
    'PostgreSQL refuses to run as root and this root may not become another user: start as an ordinary user or set DATABASE_URL.',
    { cause },
  )
}
