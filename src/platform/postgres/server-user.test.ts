import { expect, test } from 'vitest'
import { userFromPasswd } from './server-user'

const passwd = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
`

test('the first of the names wins, wherever its line stands', () => {
  expect(userFromPasswd(passwd, ['postgres', 'nobody'])).toEqual({ uid: 101, gid: 104 })
  expect(userFromPasswd(passwd, ['absent', 'nobody'])).toEqual({ uid: 65534, gid: 65533 })
})

test('nobody is found where nobody is listed', () => {
  expect(userFromPasswd('', ['postgres'])).toBeUndefined()
  expect(userFromPasswd('postgres:x:abc:def::/:\n', ['postgres'])).toBeUndefined()
})

test('root under another name is no server user', () => {
  expect(userFromPasswd('postgres:x:0:0::/:\n', ['postgres'])).toBeUndefined()
})
