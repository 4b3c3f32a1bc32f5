import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileMessage } from '../platform/i18n/message'
import { fillPlaceholders } from './plain-placeholders'

const values = { inst: 'ZUS', date: '29.12', time: '09:25', number: 'EW-7K3F-92QX', smsPhone: '225601600' }

test('what is filled in is what the message format says, and the rest is left to it', () => {
  const piece = fc.constantFrom(
    '{inst}',
    '{date}',
    '{number}',
    '{brak}',
    '{',
    '}',
    "'",
    'ą',
    ' o ',
    '{time, x}',
    '€',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const text = pieces.join('')
      const filled = fillPlaceholders(text, values)
      if (filled === undefined) expect(text).toMatch(/['{}]/)
      else expect(filled).toBe(compileMessage('sms', text, 'pl')(values))
    }),
  )
  expect(fillPlaceholders('{inst}: {date} o {time}', values)).toBe('ZUS: 29.12 o 09:25')
  expect(fillPlaceholders('{inst} {kto}', values)).toBeUndefined()
  expect(fillPlaceholders("it's", values)).toBeUndefined()
  expect(fillPlaceholders('{n, plural, other {#}}', values)).toBeUndefined()
  expect(fillPlaceholders('{toString}', values)).toBeUndefined()
})
