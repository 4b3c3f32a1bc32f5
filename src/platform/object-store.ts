/** A growing sequence of bytes with one writer. */
export interface AppendLog {
  /** Bytes that are durable. */
  readonly length: number
  /**
   * Resolves once the bytes survive a crash of process and machine. After a failure the same bytes may be given
   * again: nothing of the failed attempt counts. Pieces are written as one. One call at a time.
   */
  append(bytes: readonly Uint8Array[]): Promise<void>
  close(): Promise<void>
}

/**
 * Where bytes are kept that are too many for the database: a folder, or an S3-compatible store. Names are paths of
 * lower-case letters, digits, `-`, `.` and `/`. Everything rejects with an Error when the store cannot be reached.
 */
export interface ObjectStore {
  /** Starts a log under a name that is not taken. */
  createLog(name: string): Promise<AppendLog>
  /** Puts a file of this machine under the name, in place of what was there: whole or not at all. */
  putFile(name: string, path: string): Promise<void>
  /** Length in bytes of a log or file; undefined when there is none. */
  lengthOf(name: string): Promise<number | undefined>
  /** The bytes from `start` up to, not including, `end` (default: all), in pieces of any size. */
  read(name: string, start?: number, end?: number): AsyncIterable<Uint8Array>
  /** Names of all logs and files under the prefix, which ends with `/`. */
  list(prefix: string): Promise<string[]>
  /** Removes everything under the prefix, which ends with `/`. Durable once it resolves. */
  removeAll(prefix: string): Promise<void>
  /** Writes, reads and removes a few bytes. @throws when the store does not work, with the reason */
  check(): Promise<void>
}

/** @throws on a name that could lead out of the store */
export function assertStoreName(name: string): void {
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*([.][a-z0-9]+)?\/?$/.test(name))
    throw new Error(`'${name}' is no name in a store`)
}
