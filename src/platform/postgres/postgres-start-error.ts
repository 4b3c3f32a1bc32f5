/** Why the embedded PostgreSQL could not be started. */
type PostgresStartReason =
  | 'folder_not_writable'
  | 'folder_not_reachable'
  | 'disk_full'
  | 'binaries_missing'
  | 'binaries_unusable'
  | 'no_server_user'
  | 'already_running'
  | 'cluster_missing'
  | 'passwords_missing'
  | 'other_version'
  | 'initdb_failed'
  | 'start_failed'

/** The message is one English sentence with the remedy, followed by the server's last words where they help. */
export class PostgresStartError extends Error {
  readonly reason: PostgresStartReason

  constructor(reason: PostgresStartReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PostgresStartError'
    this.reason = reason
  }
}

const diskFull = new Set(['ENOSPC', 'EDQUOT'])
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])

/** Turns what the file system answered while `folder` was prepared into a reason; anything else stays as it is. */
export function asStartError(error: unknown, folder: string): unknown {
  const { code = '', path = folder } = error as NodeJS.ErrnoException
  if (diskFull.has(code)) return fullDisk(folder, error)
  if (notWritable.has(code)) return notWritableFolder(path, code, error)
  return error
}

/** The same for what initdb or the server said before it gave up. */
export function errorFromOutput(
  otherwise: 'initdb_failed' | 'start_failed',
  output: string,
  folder: string,
): PostgresStartError {
  if (/No space left on device|Disk quota exceeded/i.test(output)) return fullDisk(folder)
  if (/Read-only file system/i.test(output)) return notWritableFolder(folder, 'EROFS')
  const userId = /could not look up effective user ID (\d+)/.exec(output)?.[1]
  if (userId) {
    return new PostgresStartError(
      'no_server_user',
      `PostgreSQL needs its user to have a name: give user ID ${userId} a line in /etc/passwd or set DATABASE_URL.`,
    )
  }
  const what =
    otherwise === 'initdb_failed' ? 'The database could not be created' : 'PostgreSQL did not start'
  return new PostgresStartError(
    otherwise,
    `${what} in ${folder}: remove the cause named below or set DATABASE_URL to another server.\n${lastLines(output)}`,
  )
}

function fullDisk(folder: string, cause?: unknown): PostgresStartError {
  return new PostgresStartError(
    'disk_full',
    `The disk of the database folder ${folder} is full: free some space and start again.`,
    { cause },
  )
}

function notWritableFolder(path: string, code: string, cause?: unknown): PostgresStartError {
  return new PostgresStartError(
    'folder_not_writable',
    `The database folder cannot be written (${code} at ${path}): give this user write access or choose another DATA_DIR.`,
    { cause },
  )
}

const shownLines = 12

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-shownLines).join('\n')
}
