import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { identifyProcess } from '../../src/platform/postgres/process-identity'
import { databaseFolder, query } from '../support/database-folder'

const place = databaseFolder()

describe('the first start', () => {
  test('makes a UTF-8 database with checksums for a role that is no superuser', async () => {
    const { url } = await place.start()
    expect(new URL(url).pathname).toBe('/ewizyta')
    expect(await query(url, 'show server_encoding')).toEqual(['UTF8'])
    expect(await query(url, 'show data_checksums')).toEqual(['on'])
    expect(await query(url, `select lower('ŻÓŁĆ')`)).toEqual(['żółć'])
    expect(await query(url, 'select usesuper from pg_user where usename = current_user')).toEqual([false])
  })

  test('gives the role what migrations and tests need: trusted extensions and databases of its own', async () => {
    const { url } = await place.start()
    await query(url, 'create extension btree_gist')
    await query(url, 'create database copy template ewizyta')
    expect(await query(url.replace(/ewizyta$/, 'copy'), 'select count(*)::int from pg_extension')).toEqual([
      2,
    ])
  })

  test('lets in nobody without the password, which only the owner of the data can read', async () => {
    const { url, home } = await place.start()
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    const rules = await readFile(join(home, 'cluster', 'pg_hba.conf'), 'utf8')
    expect(rules).not.toMatch(/^[^#]*\btrust\b/m)
    expect((await stat(join(home, 'passwords.json'))).mode & 0o777).toBe(0o600)
  })

  test('listens on this machine only and opens no socket file', async () => {
    const { url, home } = await place.start()
    expect(await query(url, 'show listen_addresses')).toEqual(['127.0.0.1'])
    const [, , , , socketFolder] = (await readFile(join(home, 'cluster', 'postmaster.pid'), 'utf8')).split(
      '\n',
    )
    expect(socketFolder).toBe('')
  })

  test('works in a folder whose path is longer than a socket path may be', async () => {
    place.folder = join(place.temporary, 'a'.repeat(100), 'b'.repeat(100), 'postgres')
    expect(await query((await place.start()).url, 'select 1')).toEqual([1])
  })

  test('begins anew after an attempt that was killed half-way', async () => {
    await mkdir(join(place.folder, 'new-cluster-abc', 'cluster'), { recursive: true })
    await writeFile(join(place.folder, 'new-cluster-abc', 'cluster', 'PG_VERSION'), '18\n')
    const { url, home } = await place.start()
    expect(await query(url, 'select 1')).toEqual([1])
    expect((await readdir(home)).filter((name) => name.startsWith('new-cluster'))).toEqual([])
  })
})

describe('stopping and starting again', () => {
  test('leaves no process and keeps the data', async () => {
    const first = await place.start()
    await query(first.url, 'create table kept (word text)')
    await query(first.url, `insert into kept values ('słowo')`)
    const pid = await place.postmaster()
    await first.stop()
    await first.stop()
    expect(pid).toBeGreaterThan(1)
    expect(await identifyProcess(pid)).toBeUndefined()
    await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
    expect(await query((await place.start()).url, 'select word from kept')).toEqual(['słowo'])
  })

  test('ends a server that heeds neither a polite nor an urgent request', async () => {
    const server = await place.start({ stopPatience: { fastMilliseconds: 50, immediateMilliseconds: 50 } })
    const pid = await place.postmaster()
    process.kill(pid, 'SIGSTOP')
    await server.stop()
    expect(await identifyProcess(pid)).toBeUndefined()
  })

  test('a server that dies by itself comes back at the same address', async () => {
    const server = await place.start()
    await query(server.url, 'create table kept as select 1 as number')
    const pid = await place.postmaster()
    process.kill(pid, 'SIGKILL')
    await expect
      .poll(() => query(server.url, 'select number from kept').catch(() => undefined), { timeout: 30_000 })
      .toEqual([1])
    expect(await place.postmaster()).not.toBe(pid)
  })

  test('a file that names a server which does not run is no obstacle', async () => {
    let server = await place.start()
    const file = join(server.home, 'cluster', 'postmaster.pid')
    const deadProcess = '4194304\n'
    const otherProgram = `${process.pid}\n${place.folder}\n1\n5432\n\n127.0.0.1\n\nready\n`
    for (const left of [deadProcess, otherProgram, '', 'nonsense\n']) {
      await server.stop()
      await writeFile(file, left)
      server = await place.start()
      expect(await query(server.url, 'select 1')).toEqual([1])
    }
  })
})
