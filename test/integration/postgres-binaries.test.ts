import { chmod, cp, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  installedPostgres,
  type PostgresPackage,
  usableBinaries,
} from '../../src/platform/postgres/postgres-binaries'
import { findServerUser, run, type ServerUser } from '../../src/platform/postgres/server-user'
import { makeReachableFolder } from '../support/reachable-folder'

let temporary: string
let fresh: PostgresPackage
let user: ServerUser | undefined

/** The package as npm unpacks it: without its symbolic links, and so unable to run. */
beforeEach(async () => {
  temporary = await makeReachableFolder()
  user = process.getuid?.() === 0 ? await findServerUser() : undefined
  const installed = await installedPostgres()
  fresh = { ...installed, native: join(temporary, 'checkout', 'native') }
  await cp(installed.native, fresh.native, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  })
})

afterEach(async () => {
  await chmod(join(fresh.native, 'lib'), 0o755)
  await rm(temporary, { recursive: true, force: true })
})

/** Closed to root's server user as well as to an ordinary user who may not complete it. */
async function closeCheckout(): Promise<void> {
  await chmod(join(fresh.native, 'lib'), 0o555)
  await chmod(dirname(fresh.native), 0o700)
}

test('the server runs where npm put it, although no installation script made its links', async () => {
  const { code } = await run(join(fresh.native, 'bin', 'postgres'), ['--version'], user)
  expect(code).not.toBe(0)
  const binaries = await usableBinaries(fresh, join(temporary, 'copies'), user)
  expect(dirname(dirname(binaries.postgres))).toBe(fresh.native)
  expect(binaries.majorVersion).toBe(18)
})

test('a server that cannot be used in its place is copied once, also when several need it at once', async () => {
  await closeCheckout()
  const copies = join(temporary, 'copies')
  const [first, second] = await Promise.all([
    usableBinaries(fresh, copies, user),
    usableBinaries(fresh, copies, user),
  ])
  expect(second).toEqual(first)
  expect(await readdir(copies)).toEqual([`postgres-${fresh.version}`])
  const { code, output } = await run(first.initdb, ['--version'], user)
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('PostgreSQL') as string })
})

test('a damaged copy is made again', async () => {
  await closeCheckout()
  const copies = join(temporary, 'copies')
  await mkdir(join(copies, `postgres-${fresh.version}`, 'bin'), { recursive: true })
  expect(await usableBinaries(fresh, copies, user)).toMatchObject({ majorVersion: 18 })
})

test('a server that runs nowhere is refused in words', async () => {
  await rm(join(fresh.native, 'bin', 'postgres'))
  await expect(usableBinaries(fresh, join(temporary, 'copies'), user)).rejects.toMatchObject({
    reason: 'binaries_unusable',
  })
})
