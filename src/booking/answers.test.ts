import { describe, expect, test } from 'vitest'
import { parseAnswers } from './answers'

const form = {
  firstName: 'Halina',
  lastName: 'Nowak',
  phone: '601 234 567',
  email: 'halina@example.org',
  language: 'pl',
}
const parse = (changes: Record<string, unknown> = {}) => parseAnswers({ ...form, ...changes }, 'pl')
const answersOf = (changes: Record<string, unknown> = {}) => {
  const parsed = parse(changes)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.answers
}
const errorsOf = (changes: Record<string, unknown> = {}) => {
  const parsed = parse(changes)
  return parsed.ok ? [] : parsed.errors.map(({ field, key }) => `${field}: ${key}`)
}
const warningsOf = (changes: Record<string, unknown> = {}) => {
  const parsed = parse(changes)
  return parsed.ok ? parsed.warnings.map(({ key }) => key) : ['not accepted']
}

test('a filled form gives answers without a word about them', () => {
  expect(parse()).toEqual({
    ok: true,
    answers: { ...form, phone: '+48601234567', guardian: null },
    warnings: [],
  })
})

test('an empty form lists everything that is missing, in the order of the page', () => {
  const parsed = parseAnswers({ guardian: 'yes' }, 'uk')
  expect(parsed.ok ? [] : parsed.errors.map(({ key }) => key)).toEqual([
    'details.firstName.error.empty',
    'details.lastName.error.empty',
    'details.phone.error.empty',
    'details.email.error.empty',
    'details.guardian.firstName.error.empty',
    'details.guardian.lastName.error.empty',
  ])
})

test('fields sent twice or as something else than text are no answer', () => {
  expect(errorsOf({ firstName: ['a', 'b'], lastName: 7 })).toEqual([
    'firstName: details.firstName.error.empty',
    'lastName: details.lastName.error.empty',
  ])
})

describe('a name', () => {
  test.each([
    ['  Anna   Maria ', 'Anna Maria'],
    ['Żółć-Wiśniewska', 'Żółć-Wiśniewska'],
    ['Kowalska – Nowak', 'Kowalska - Nowak'],
    ['O’Brien', 'O’Brien'],
    ["D'Arc", "D'Arc"],
    ['Соломія', 'Соломія'],
    ['В’ячеслав', 'В’ячеслав'],
    ['Nguyễn', 'Nguyễn'],
    ['陳', '陳'],
    ['Z\u0301ak', 'Źak'],
    ['a'.repeat(60), 'a'.repeat(60)],
  ])('is taken as it is written: %s', (typed, name) => {
    expect(answersOf({ lastName: typed }).lastName).toBe(name)
  })

  test.each(['Jan1', 'Jan@', '-', "'", '<b>', 'Jan\u0000', '😀', 'Jan; drop'])(
    'has only letters, not %j',
    (typed) => {
      expect(errorsOf({ firstName: typed })).toEqual(['firstName: details.firstName.error.characters'])
    },
  )

  test('has sixty letters at most', () => {
    const parsed = parse({ firstName: 'ż'.repeat(61) })
    expect(parsed).toEqual({
      ok: false,
      errors: [{ field: 'firstName', key: 'details.firstName.error.tooLong', args: { max: 60 } }],
    })
  })
})

describe('a phone number', () => {
  test.each([
    ['601234567', '+48601234567'],
    ['601-234-567', '+48601234567'],
    ['(601) 234 567', '+48601234567'],
    ['+48 601 234 567', '+48601234567'],
    ['0048601234567', '+48601234567'],
    ['48 601 234 567', '+48601234567'],
    ['22 560 16 00', '+48225601600'],
    ['+380 50 123 45 67', '+380501234567'],
    ['+44 7700 900123', '+447700900123'],
    ['00380501234567', '+380501234567'],
    ['601\u00a0234\u00a0567', '+48601234567'],
  ])('%s is %s', (typed, phone) => {
    expect(answersOf({ phone: typed }).phone).toBe(phone)
  })

  test.each([
    ['60123456', 'format'],
    ['6012345678', 'foreign'],
    ['380501234567', 'foreign'],
    ['+380 50 12', 'foreign'],
    ['+48 601 234', 'format'],
    ['zadzwoń', 'format'],
    ['601234567 wew. 3', 'format'],
    ['+', 'foreign'],
  ])('%s is none, and the hint fits what was typed', (typed, problem) => {
    expect(errorsOf({ phone: typed })).toEqual([`phone: details.phone.error.${problem}`])
  })

  test('of a landline is taken, with the warning that an SMS will not reach it', () => {
    expect(warningsOf({ phone: '22 560 16 00' })).toEqual(['details.phone.warning.landline'])
    expect(warningsOf({ phone: '+380 50 123 45 67' })).toEqual([])
  })
})

describe('an e-mail address', () => {
  test('is kept as typed, without spaces around', () => {
    expect(answersOf({ email: ' Halina.Nowak@Example.ORG ' }).email).toBe('Halina.Nowak@example.org')
  })

  test('that looks mistyped is taken, with the question whether another one was meant', () => {
    const parsed = parse({ email: 'halina@gmial.com' })
    expect(parsed).toMatchObject({
      ok: true,
      warnings: [
        {
          field: 'email',
          key: 'details.email.warning.typo',
          args: { typed: 'halina@gmial.com', suggested: 'halina@gmail.com' },
        },
      ],
    })
  })

  test('that is none says what is wrong', () => {
    expect(errorsOf({ email: 'halina' })).toEqual(['email: details.email.error.format'])
    expect(errorsOf({ email: `${'a'.repeat(250)}@example.org` })).toEqual([
      'email: details.email.error.tooLong',
    ])
  })
})

describe('a guardian', () => {
  const guardian = { guardian: 'yes', guardianFirstName: ' Jan ', guardianLastName: 'Nowak' }

  test('comes along by name', () => {
    expect(answersOf(guardian).guardian).toEqual({ firstName: 'Jan', lastName: 'Nowak' })
  })

  test('is left out when the box is not ticked, whatever stands in the fields', () => {
    expect(answersOf({ ...guardian, guardian: undefined, guardianFirstName: '123' }).guardian).toBeNull()
  })

  test('is not the client, however it is written', () => {
    expect(errorsOf({ ...guardian, guardianFirstName: 'HALINA', guardianLastName: ' nowak' })).toEqual([
      'guardianFirstName: details.guardian.error.sameAsClient',
    ])
  })
})

test('messages come in the chosen language, else in that of the page, never in an unknown one', () => {
  expect(answersOf({ language: 'uk' }).language).toBe('uk')
  expect(parseAnswers({ ...form, language: undefined }, 'en')).toMatchObject({ answers: { language: 'en' } })
  expect(errorsOf({ language: 'de' })).toEqual(['language: details.language.error.empty'])
})
