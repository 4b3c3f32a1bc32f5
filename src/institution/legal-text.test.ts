import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { InstitutionData } from './institution-data'
import {
  escapeIcu,
  fillLegalSource,
  legalKinds,
  legalSource,
  legalText,
  newestFirst,
  sourceOfBody,
} from './legal-text'
import { readInstitutionData } from './read-institution-data'
import { checkLegalText, draftOf, nextVersion } from './wording/publish-legal-text'
import { languages } from '../texts/catalogue'

let data: InstitutionData
beforeAll(async () => {
  data = await readInstitutionData('data/zus')
})
const version = { language: 'pl', version: '2026-1', validFrom: '2026-01-01' } as const

test('whatever stands in a text that was kept filled, its open text gives the same again', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from("ab{}'#,| \n"), 'select', '2026-1') })
  fc.assert(
    fc.property(text, (body) => {
      expect(fillLegalSource(escapeIcu(body), version, data)).toBe(body)
      expect(fillLegalSource(sourceOfBody({ ...version, body }, data.timeZone), version, data)).toBe(body)
    }),
  )
})

test('the texts that the service begins with can be published anew with another version and day', () => {
  for (const kind of legalKinds) {
    const wordings = languages.map((language) => {
      const { body } = legalText(data, kind, language)
      return [
        language,
        draftOf(
          { source: legalSource(data, kind, language), body, labels: {} },
          kind,
          language,
          data.settings,
        ),
      ]
    })
    const drafts = Object.fromEntries(wordings) as Parameters<typeof checkLegalText>[1]
    expect(checkLegalText(kind, drafts, data.settings)).toEqual([])
    const next = fillLegalSource(
      drafts.pl.source,
      { language: 'pl', version: '2027-3', validFrom: '2027-05-01' },
      data,
    )
    if (kind !== 'rules') expect(next).toContain('Wersja 2027-3, obowiązuje od 1 maja 2027.')
  }
})

test('versions are counted by year, past nine and past those taken back', () => {
  expect(nextVersion([], '2026-12-21')).toBe('2026-1')
  expect(
    nextVersion([{ version: '2026-9' }, { version: '2026-10' }, { version: '2027-4' }], '2026-12-21'),
  ).toBe('2026-11')
  const texts = ['2026-9', '2026-10', '2027-1'].map((one) => ({ version: one, validFrom: '2026-12-21' }))
  expect([...texts].sort(newestFirst).map((one) => one.version)).toEqual(['2027-1', '2026-10', '2026-9'])
})
