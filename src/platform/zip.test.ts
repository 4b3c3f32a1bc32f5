import { expect, test } from 'vitest'
import { unzipped } from '../../test/support/unzip'
import { zipOf } from './zip'

test('a ZIP gives back what was put in, an empty file too', () => {
  const entries = [
    { name: 'dane.json', content: Buffer.from('{"imię":"Zażółć"}') },
    { name: 'puste.txt', content: Buffer.alloc(0) },
  ]
  const zip = zipOf(entries, new Date('2026-12-29T08:25:31Z'))
  expect(unzipped(zip)).toEqual({ 'dane.json': '{"imię":"Zażółć"}', 'puste.txt': '' })
  // The time of its first file: 08:25:30 on 2026-12-29, in MS-DOS's two numbers
  expect([zip.readUInt16LE(10), zip.readUInt16LE(12)]).toEqual([
    (8 << 11) | (25 << 5) | 15,
    (46 << 9) | (12 << 5) | 29,
  ])
})
