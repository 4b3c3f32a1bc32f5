import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordFault } from './password-rule'

const ewa = { email: 'ewa.majewska@example.org', name: 'Ewa Majewska' }

test.each([
  ['krótkie', 'too_short'],
  ['a'.repeat(201), 'too_long'],
  ['aaaaaaaaaaaa', 'guessable'],
  ['121212121212', 'guessable'],
  ['Qwertyuiop123', 'guessable'],
  ['Majewska12345', 'guessable'],
  ['ewa.majewska@example.org', 'guessable'],
  ['majewska-2026!', 'guessable'],
] as const)('„%s” is %s', (password, fault) => {
  expect(passwordFault(password, ewa)).toBe(fault)
})

test.each(['kot pije zimne mleko', 'zażółć gęślą jaźń', 'Tr0ub4dor&3xyz', 'majewska lubi długie spacery'])(
  '„%s” will do',
  (password) => {
    expect(passwordFault(password, ewa)).toBeUndefined()
  },
)

test('whatever is typed gets an answer, and nothing shorter than twelve signs passes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (password) => {
      const fault = passwordFault(password, ewa)
      if (Array.from(password.normalize('NFKC')).length < 12) expect(fault).toBe('too_short')
    }),
  )
})
