import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { databaseFolder, query } from '../support/database-folder'

const isRoot = process.getuid?.() === 0
const place = databaseFolder()

describe('a folder that cannot be used', () => {
  test('is refused when nothing can be written there', async () => {
    await mkdir(join(place.temporary, 'closed'), { mode: 0o555 })
    // Permissions do not bind root, but the kernel's own file system takes no folders from anybody
    const readOnly = isRoot ? '/sys/e-wizyta' : join(place.temporary, 'closed', 'postgres')
    await expect(place.start({ folder: readOnly })).rejects.toMatchObject({
      reason: 'folder_not_writable',
      message: expect.stringContaining(readOnly) as string,
    })
  })

  test('is refused when a file is in its place', async () => {
    await writeFile(join(place.temporary, 'file'), '')
    await expect(place.start({ folder: join(place.temporary, 'file') })).rejects.toMatchObject({
      reason: 'folder_not_writable',
    })
  })

  test('is refused when another PostgreSQL version made its database', async () => {
    const { home } = await place.startAndStop()
    await writeFile(join(home, 'cluster', 'PG_VERSION'), '14\n')
    await expect(place.start()).rejects.toMatchObject({ reason: 'other_version' })
  })

  test('is refused when the passwords are gone, and nothing is overwritten', async () => {
    const { home } = await place.startAndStop()
    await rm(join(home, 'passwords.json'))
    await expect(place.start()).rejects.toMatchObject({ reason: 'passwords_missing' })
    expect(await readdir(home)).not.toContain('passwords.json')
  })

  test('is refused with the last words of the server when the server does not start, and can be retried', async () => {
    const { home } = await place.startAndStop()
    const settings = join(home, 'cluster', 'postgresql.conf')
    const before = await readFile(settings, 'utf8')
    await writeFile(settings, `${before}\nno_such_setting = 1\n`)
    await expect(place.start()).rejects.toMatchObject({
      reason: 'start_failed',
      message: expect.stringContaining('no_such_setting') as string,
    })
    await writeFile(settings, before)
    expect(await query((await place.start()).url, 'select 1')).toEqual([1])
  })
})

describe('a data folder that only its owner can enter', () => {
  beforeEach(async () => {
    await mkdir(join(place.temporary, 'home'), { mode: 0o700 })
    await chmod(join(place.temporary, 'home'), 0o700)
    place.folder = join(place.temporary, 'home', 'postgres')
  })

  test('is used by its owner; for root, whose server is another user, the database lies elsewhere', async () => {
    const first = await place.start()
    await query(first.url, 'create table kept as select 1 as number')
    const inside = await readdir(place.folder)
    if (isRoot) {
      expect(first.home.startsWith(join(place.temporary, 'shared'))).toBe(true)
      expect(inside).toEqual(['the-database-is-elsewhere.txt'])
      expect(await readFile(join(place.folder, 'the-database-is-elsewhere.txt'), 'utf8')).toContain(
        first.home,
      )
    } else {
      expect(first.home).toBe(place.folder)
      expect(inside).toContain('cluster')
    }
    await first.stop()
    const second = await place.start()
    expect(second.home).toBe(first.home)
    expect(await query(second.url, 'select number from kept')).toEqual([1])
  })

  test('gets a new database after it was deleted; nothing that lay elsewhere is lost', async () => {
    const first = await place.start()
    await query(first.url, 'create table old as select 1 as number')
    await first.stop()
    await rm(place.folder, { recursive: true })
    const second = await place.start()
    await expect(query(second.url, 'select number from old')).rejects.toMatchObject({ code: '42P01' })
    const kept = (await readdir(second.home)).filter((name) => name.startsWith('forgotten-cluster-'))
    expect(kept).toHaveLength(isRoot ? 1 : 0)
  })

  test('is refused when the database elsewhere is gone', async () => {
    const first = await place.start()
    await first.stop()
    await rm(join(first.home, 'cluster'), { recursive: true })
    if (isRoot) await expect(place.start()).rejects.toMatchObject({ reason: 'cluster_missing' })
    else expect(await query((await place.start()).url, 'select 1')).toEqual([1])
  })
})
