import { describe, expect, test } from 'vitest'
import { asStartError, errorFromOutput, PostgresStartError } from './postgres-start-error'

const failure = (code: string) => Object.assign(new Error(code), { code, path: '/srv/dane/postgres' })

describe('what the file system answers becomes a reason with a remedy', () => {
  test.each(['ENOSPC', 'EDQUOT'])('%s: the disk is full', (code) => {
    expect(asStartError(failure(code), '/srv/dane')).toMatchObject({
      reason: 'disk_full',
      message: 'The disk of the database folder /srv/dane is full: free some space and start again.',
    })
  })

  test.each(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'])('%s: the folder cannot be written', (code) => {
    const error = asStartError(failure(code), '/srv/dane')
    expect(error).toMatchObject({ reason: 'folder_not_writable' })
    expect(String(error)).toContain(`${code} at /srv/dane/postgres`)
  })

  test('an error we have no remedy for stays what it is', () => {
    const unknown = failure('EIO')
    expect(asStartError(unknown, '/srv/dane')).toBe(unknown)
    const known = new PostgresStartError('already_running', 'It runs.')
    expect(asStartError(known, '/srv/dane')).toBe(known)
  })
})

describe('what the server says before it gives up becomes a reason', () => {
  test.each([
    ['initdb: error: could not write file "x": No space left on device', 'disk_full'],
    ['FATAL:  could not create lock file "postmaster.pid": No space left on device', 'disk_full'],
    ['FATAL:  could not create lock file "postmaster.pid": Read-only file system', 'folder_not_writable'],
    ['initdb: error: could not look up effective user ID 1234: user does not exist', 'no_server_user'],
    ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'start_failed'],
  ])('%s -> %s', (output, reason) => {
    expect(errorFromOutput('start_failed', output, '/srv/dane')).toMatchObject({ reason })
  })

  test('the last lines are shown, not the whole log', () => {
    const log = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n')
    const { message } = errorFromOutput('initdb_failed', `${log}\n`, '/srv/dane')
    expect(message.split('\n').slice(1)).toEqual(log.split('\n').slice(-12))
  })
})
