import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkDeclaration, type TypedDeclaration } from './check-declaration'
import { checkLegalValues, type TypedLegalValues } from './check-legal-values'
import type { Declaration } from './declaration-schema'
import { readInstitutionData } from './read-institution-data'
import { shownGaps } from './shown-gaps'
import { typedOver } from './typed-value'

const data = await readInstitutionData(join(import.meta.dirname, '../../data/zus'))
const three = (text: string) => ({ pl: text, en: text, uk: text })

describe('a value that is a sample', () => {
  const sample = { ...three('[uzupełnia instytucja]'), sample: true }
  test('is none any more once it was typed anew in every language', () => {
    expect(typedOver(sample, three('art. 6'), false).sample).toBe(false)
    expect(typedOver(sample, { ...three('art. 6'), uk: sample.uk }, false).sample).toBe(true)
  })
  test('or once somebody said that it is right', () => {
    const filled = { ...three('https://bip.brpo.gov.pl/'), sample: true }
    expect(typedOver(filled, three(filled.pl), true).sample).toBe(false)
    expect(typedOver(filled, three(filled.pl), false).sample).toBe(true)
  })
  test('but never with brackets left in it', () => {
    expect(typedOver(sample, three('art. [numer]'), true).sample).toBe(true)
  })
})

describe('what the clauses say of the institution', () => {
  const before = data.legalValues
  const problems = (
    changes: Partial<TypedLegalValues['values']>,
    confirmed: TypedLegalValues['confirmed'] = [],
  ) => {
    const checked = checkLegalValues(before, { values: { ...before, ...changes }, confirmed })
    return checked.ok ? [] : checked.problems
  }

  test('may stay as it is', () => {
    expect(problems({})).toEqual([])
  })
  test.each([
    ['', 'empty'],
    [' ', 'empty'],
    ['x'.repeat(501), 'too_long'],
  ])('is refused with %j', (text, reason) => {
    expect(problems({ administrator: { ...three('ZUS'), en: text } })).toEqual([
      { field: 'administrator.en', reason },
    ])
  })
  test('needs a contact of the inspector that can be used', () => {
    const found = problems({ dpoContact: three('w centrali') })
    expect(found).toHaveLength(3)
    expect(found[0]).toEqual({ field: 'dpoContact.pl', reason: 'contact' })
  })
  test('takes no brackets where somebody says that all is right', () => {
    expect(problems({}, ['legalBasisVisit'])[0]).toEqual({ field: 'legalBasisVisit.pl', reason: 'bracketed' })
  })
})

describe('the declaration', () => {
  const before = data.declaration
  const typedOf = (declaration: Declaration): TypedDeclaration => ({
    ...declaration,
    dates: { ...declaration.dates, reviewed: declaration.dates.reviewed ?? '' },
    phoneE164: '',
    confirmed: [],
  })
  const problems = (changes: Partial<TypedDeclaration>) => {
    const checked = checkDeclaration(before, { ...typedOf(before), ...changes }, '2026-12-21')
    return checked.ok ? [] : checked.problems
  }
  const dates = (changes: Partial<TypedDeclaration['dates']>) => ({
    dates: { ...typedOf(before).dates, ...changes },
  })
  const extras = (changes: Partial<TypedDeclaration['extras']>) => ({
    extras: { ...before.extras, ...changes },
  })
  const values = (changes: Partial<TypedDeclaration['values']>) => ({
    values: { ...before.values, ...changes },
  })

  test('may stay as it is', () => {
    expect(problems({})).toEqual([])
  })
  test.each([
    [dates({ made: '' }), 'dates.made', 'day'],
    [dates({ made: '2026-02-30' }), 'dates.made', 'day'],
    [dates({ reviewed: '2027-01-01' }), 'dates.reviewed', 'future'],
    [dates({ reviewed: '2025-12-31' }), 'dates.reviewed', 'order'],
    [dates({ updated: '2025-12-31' }), 'dates.updated', 'order'],
    [{ phoneE164: '225601600' }, 'phoneE164', 'phone'],
    [{ method: 'audit' }, 'extras.auditor.pl', 'auditor_needed'],
    [{ compliance: 'perfect' }, 'compliance', 'wrong'],
    [extras({ apps: { ...three('Aplikacja'), uk: '' } }), 'extras.apps', 'all_or_none'],
    [extras({ exempt: { ...three('Mapy\nArchiwum'), en: 'Maps' } }), 'extras.exempt.en', 'all_or_none'],
    [
      extras({ architectureUrl: { ...three('https://zus.pl/b'), en: 'zus.pl/b' } }),
      'extras.architectureUrl.en',
      'url',
    ],
    [values({ email: { ...three('dostepnosc@zus.pl'), en: 'zus.pl' } }), 'values.email.en', 'email'],
    [values({ status: three('Strona jest częściowo zgodna.') }), 'extras.inaccessible.pl', 'barriers_needed'],
    [{ procedure: { ...before.procedure, en: 'Complain.' } }, 'procedure.en', 'ombudsman'],
  ] as const)('is refused with %j', (changes, field, reason) => {
    expect(problems(changes as Partial<TypedDeclaration>)).toEqual([{ field, reason }])
  })
  test('with all of it filled is published and no sample any more', () => {
    const checked = checkDeclaration(
      before,
      {
        ...typedOf(before),
        ...dates({ published: '2026-10-01', updated: '2026-11-01', made: '2026-11-02' }),
        compliance: 'full',
        values: {
          ...before.values,
          intro: three('{body} zapewnia dostępność'),
          status: three('Strona jest zgodna.'),
          person: three('Zespół dostępności'),
          email: three('dostepnosc@zus.pl'),
          architecture: three('Winda'),
          communication: three('PJM'),
        },
        confirmed: ['ombudsmanUrl'],
      },
      '2026-12-21',
    )
    expect(checked.ok && shownGaps({ ...data, declaration: checked.declaration })).not.toContainEqual(
      expect.objectContaining({ place: expect.stringContaining('declaration') as string }),
    )
  })
})

describe('what is missing', () => {
  const shown = { ...data, legalValues: data.legalValues }
  test('is told by its place: samples, empty texts, wrong ones, a part that is not there at all', () => {
    const texts = { ...data.texts, en: { ...data.texts.en, name: ' ', site: 'https://x' } }
    expect(shownGaps({ ...shown, texts })).toEqual(
      expect.arrayContaining([
        { place: 'texts.en.name', why: 'empty' },
        { place: 'texts.en.site', why: 'wrong' },
        { place: 'legalValues.recipients', why: 'sample' },
        { place: 'declaration.dates', why: 'sample' },
        { place: 'declaration.values.status', why: 'sample' },
      ]),
    )
    expect(shownGaps({ ...shown, declaration: null })).toContainEqual({ place: 'declaration', why: 'empty' })
  })
})
