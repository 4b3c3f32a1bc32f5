import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileMessage } from '../../platform/i18n/message'
import { languages } from '../../texts/catalogue'
import { checkFilledSms, checkPart, type PartProblem } from './check-part'
import {
  catalogueText,
  choices,
  editableText,
  editableTexts,
  type EditablePart,
  numbers,
} from './editable-texts'

const parts = editableTexts.flatMap((text) => text.parts)
const part = (key: string): EditablePart => {
  const found = parts.find((one) => one.key === key)
  if (!found) throw new Error(`No part ${key}`)
  return found
}
const sms = part('sms.moved')
const body = part('email.booked.body')
const reasons = (text: string, of = sms) => checkPart(text, of).map(({ reason }) => reason)

test('the product’s own texts keep the rules for the institution’s', () => {
  const broken = parts.flatMap((one) =>
    languages.flatMap((language) => {
      const problems = checkPart(catalogueText(one.key, language), one)
      return problems.length > 0 ? [`${language} ${one.key} ${JSON.stringify(problems)}`] : []
    }),
  )
  expect(broken).toEqual([])
  expect(editableText('email.nothing')).toBeUndefined()
})

describe('a wording', () => {
  const good = '{inst}: {date} {time} {number}'
  test.each<[string, PartProblem['reason'][]]>([
    [good, []],
    ['', ['empty']],
    [' \n', ['empty']],
    ['x'.repeat(601), ['too_long']],
    [`${good}\n`, ['several_lines']],
    [`${good}\u0000`, ['control_sign']],
    [`${good} https://x.pl`, ['link']],
    ['{date} {time}', ['missing']],
    [`${good} {name}`, ['unknown']],
    [`${good} {cancelUrl}`, ['unknown']],
    [`${good} {phone}`, ['unknown']],
    [`${good} {inst`, ['syntax']],
    [`${good} {inst, foo}`, ['syntax']],
    [`${good} {time, date}`, ['use']],
    [`${good} {inst, select, a {b} other {c}}`, ['use']],
    [`${good} '{'inst'}'`, []],
  ])('%j: %j', (text, expected) => {
    expect(reasons(text)).toEqual(expected)
  })

  test('says where it is broken', () => {
    expect(checkPart('{date}\n{time} {numb}', sms)).toContainEqual({
      reason: 'unknown',
      name: 'numb',
      place: { line: 2, column: 8 },
    })
    expect(checkPart('{date} {time', sms)).toEqual([
      { reason: 'syntax', kind: 'EXPECT_ARGUMENT_CLOSING_BRACE', place: { line: 1, column: 8 } },
    ])
  })

  test('may choose by what is known, and must say what is required in every case', () => {
    const whole = catalogueText('email.booked.body', 'pl')
    expect(reasons(`${whole} {guardian, select, yes {a} other {b}}`, body)).toEqual([])
    expect(reasons(`${whole} {guardian, select, tak {a} other {b}}`, body)).toEqual(['option'])
    expect(reasons(`${whole} {guardian}`, body)).toEqual(['use'])
    const once = whole.replace('({cancelUrl})', '({guardian, select, yes {{cancelUrl}} other {x}})')
    expect(checkPart(once, body)).toEqual([{ reason: 'missing', name: 'cancelUrl' }])
    const twice = whole.replace(
      '({cancelUrl})',
      '({guardian, select, yes {{cancelUrl}} other {{cancelUrl}}})',
    )
    expect(checkPart(twice, body)).toEqual([])
  })
})

test('a wording without problems can be filled in whatever the visit, with all that it must say', () => {
  const piece = fc.constantFrom(
    ...[
      '{day} ',
      '{time} ',
      '{number} ',
      '{meetingUrl}',
      '{cancelUrl}',
      '{rulesUrl}',
      '{privacyUrl}',
      '{recordingUrl}',
    ],
    ...[
      '{guardian, select, yes {',
      '{minutes, plural, one {#} other {',
      '} other {',
      '}}',
      "'",
      '{',
      '}',
      '#',
      'a\n',
    ],
    ...['{recording, select, on {', '{time, time}', '{guardian}', '{nobody}', '<b>', '**', '[x]('],
  )
  const required = body.required.map((name) => `{${name}} `).join('')
  let good = 0
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), fc.nat(1), (pieces, whole, choice) => {
      const text = (whole ? required : '') + pieces.join('')
      if (checkPart(text, body).length > 0) return
      good++
      const values = body.allowed.map((name): [string, string | number] => {
        if (numbers.includes(name)) return [name, choice]
        return [name, choices[name]?.[choice] ?? `<${name}>`]
      })
      const filled = compileMessage('text', text, 'pl')(Object.fromEntries(values))
      for (const name of body.required) expect(filled).toContain(`<${name}>`)
    }),
    { numRuns: 3000 },
  )
  expect(good).toBeGreaterThan(300)
})

test('an SMS is counted as it is sent: one part, in the cheap letters where the language has them', () => {
  expect(checkFilledSms('x'.repeat(160), 'pl').problems).toEqual([])
  expect(checkFilledSms('x'.repeat(161), 'pl').problems).toMatchObject([
    { reason: 'sms_long', parts: 2, most: 160 },
  ])
  expect(checkFilledSms('Zażółć', 'pl').problems).toEqual([{ reason: 'sms_encoding', signs: 'ż ó ł ć' }])
  expect(checkFilledSms('ж'.repeat(70), 'uk').problems).toEqual([])
  expect(checkFilledSms('ж'.repeat(71), 'uk').problems).toMatchObject([
    { reason: 'sms_long', parts: 2, most: 70 },
  ])
})
