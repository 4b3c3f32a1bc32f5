import { expect, test } from 'vitest'
import { attachedFromTable } from './find-postmaster'

const table = `       key      shmid perms                  size  cpid  lpid nattch   uid   gid
  10020162         18   600                    56 13344 18162      6   101   104
  10036862      32813   600                    56 16616 16624      0   101   104
`

test('memory that processes of a killed server still use is seen', () => {
  expect(attachedFromTable(table, 18)).toBe(6)
})

test('memory that nobody uses or that is gone is free', () => {
  expect(attachedFromTable(table, 32813)).toBe(0)
  expect(attachedFromTable(table, 99)).toBe(0)
})
