import { expect, test } from 'vitest'
import { deviceTextKeys } from '../../contract/device-boot'
import { deviceChecks, deviceFindings } from '../../contract/device-check'
import { findingWords } from './finding-words'

const needed = { width: 1280, height: 720, megabits: 2 }
const asked: string[] = []
const text = (key: string) => {
  asked.push(key)
  return key
}

test('every finding of every check has words on the page, and what is not well has a remedy', () => {
  for (const check of deviceChecks)
    for (const [code, verdict] of Object.entries(deviceFindings[check])) {
      const words = findingWords(check, { [check]: { code } }, needed, text, String)
      expect(words.fix !== null, `${check} ${code}`).toBe(verdict !== 'ok')
    }
  expect([...new Set(asked)].filter((key) => !deviceTextKeys.includes(key as never))).toEqual([])
})

test('the words hold what was measured and what is needed, as the language writes numbers', () => {
  const values: unknown[] = []
  findingWords(
    'bandwidth',
    { bandwidth: { code: 'low', down: 8.2, up: 1.4 } },
    needed,
    (key, given) => {
      values.push(given)
      return key
    },
    (value) => String(value).replace('.', ','),
  )
  expect(values).toContainEqual(expect.objectContaining({ down: '8,2', up: '1,4', megabits: '2' }))
})
