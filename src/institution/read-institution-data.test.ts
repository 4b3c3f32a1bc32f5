import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { languages } from '../texts/catalogue'
import { type InstitutionData, sampleValues } from './institution-data'
import { InstitutionDataError } from './institution-files'
import { legalText } from './legal-text'
import { readInstitutionData } from './read-institution-data'

const zus = join(import.meta.dirname, '../../data/zus')

describe('the data of ZUS', () => {
  let data: InstitutionData
  beforeEach(async () => {
    data = await readInstitutionData(zus)
  })

  const branchOf = (postalCode: string): string | undefined =>
    data.postalAreas
      .filter(({ prefix }) => postalCode.startsWith(prefix))
      .sort((a, b) => b.prefix.length - a.prefix.length)[0]?.branch

  test('has 43 branches, each with a city, and shows no address where none is known', () => {
    expect(data.branches).toHaveLength(43)
    expect(data.branches.filter(({ address }) => address === null).map(({ code }) => code)).toEqual([
      'CHR',
      'JAS',
      'LEG',
      'PIL',
      'SIE',
      'SLU',
    ])
    expect(data.branches.find(({ code }) => code === 'WAW2')).toEqual({
      code: 'WAW2',
      name: 'II Oddział w Warszawie',
      city: 'Warszawa',
      address: 'ul. Podskarbińska 25',
      postalCode: '03-829',
      phone: '22 560 16 00',
    })
  })

  test('every branch has a territory and every postal prefix a branch', () => {
    const codes = data.branches.map(({ code }) => code).sort()
    expect([...new Set(data.postalAreas.map(({ branch }) => branch))].sort()).toEqual(codes)
  })

  test.each([
    ['02758', 'WAW3'],
    ['00950', 'WAW1'],
    ['00716', 'WAW3'],
    ['04367', 'WAW2'],
    ['05077', 'WAW2'],
    ['05070', 'SIE'],
    ['05088', 'PLO'],
    ['05091', 'WAW2'],
    ['05090', 'WAW3'],
  ])('the longest prefix of %s leads to %s', (code, branch) => {
    expect(branchOf(code)).toBe(branch)
  })

  test('only the district 79, which Poland does not use, has no branch', () => {
    const without = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter(
      (district) => branchOf(`${district}500`) === undefined,
    )
    expect(without).toEqual(['79'])
  })

  test('offers the topics in order, two of them by the address of the firm and one by country', () => {
    expect(
      data.topics.map(({ code, position, routing, addressOf }) => [code, position, routing, addressOf]),
    ).toEqual([
      ['benefits', 1, 'postal', 'home'],
      ['pensions', 2, 'postal', 'home'],
      ['business', 3, 'postal', 'firm'],
      ['profile', 4, 'postal', 'home'],
      ['relief', 5, 'postal', 'firm'],
      ['abroad', 6, 'country', 'home'],
    ])
    expect(data.topics.map(({ texts }) => texts.pl.name)).toContain(
      'Zakładanie i\u00a0potwierdzenie profilu PUE\u00a0ZUS',
    )
    expect(JSON.stringify(data.topics.map(({ texts }) => texts))).not.toContain('{profileName}')
  })

  test('every topic is served by at least two of the desks that a branch starts with', () => {
    for (const { code } of data.topics) {
      expect(data.desks.filter(({ topics }) => topics.includes(code)).length).toBeGreaterThanOrEqual(2)
    }
  })

  test('is open from Monday to Friday, 9:00 to 14:30, with a break at 11:05', () => {
    for (const { windows } of data.desks) {
      expect(windows).toEqual([
        { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '14:30', breaks: [['11:05', '11:35']] },
      ])
    }
  })

  test.each(
    languages.flatMap((language) =>
      (['privacy', 'recording', 'rules'] as const).map((kind) => [kind, language] as const),
    ),
  )('the legal text %s in %s is filled completely', (kind, language) => {
    const text = legalText(data, kind, language)
    expect(text).toMatchObject({ kind, language, version: '2026-1', validFrom: '2026-01-01' })
    expect(text.body).not.toMatch(/[{}]|undefined/)
    expect(text.body.length).toBeGreaterThan(1000)
  })

  test('the clause on data names the administrator and when it came into force', () => {
    const { body } = legalText(data, 'privacy', 'pl')
    expect(body).toContain(
      'Administratorem Twoich danych jest Zakład Ubezpieczeń Społecznych, ul. Szamocka 3, 5',
    )
    expect(body).toContain('Wersja 2026-1, obowiązuje od 1 stycznia 2026.')
  })

  test('with a required recording consent the rules say that booking needs it', () => {
    expect(legalText(data, 'rules', 'en').body).toContain('To book, we need your consent')
    const optional = { ...data, settings: { ...data.settings, recordingConsent: 'optional' as const } }
    expect(legalText(optional, 'rules', 'en').body).toContain('decide whether you agree to the recording')
  })

  test('names every value that the institution still has to fill in', () => {
    expect(sampleValues(data)).toContain('legal.json: values.recipients')
    expect(sampleValues(data)).toContain('accessibility.json: values.intro')
    expect(sampleValues(data)).not.toContain('legal.json: values.administrator')
  })

  test('no value in brackets passes for a real one', () => {
    for (const [name, { pl, sample }] of Object.entries(data.legalValues)) {
      expect([name, sample]).toEqual([name, pl.includes('[')])
    }
  })
})

describe('a data folder with a mistake', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'institution-'))
    await cp(zus, folder, { recursive: true })
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  const replace = async (file: string, from: string, to: string): Promise<void> => {
    const text = await readFile(join(folder, file), 'utf8')
    expect(text).toContain(from)
    await writeFile(join(folder, file), text.replace(from, to))
  }
  const problem = async (): Promise<string> => {
    try {
      await readInstitutionData(folder)
    } catch (error) {
      expect(error).toBeInstanceOf(InstitutionDataError)
      return (error as Error).message
    }
    return 'no error'
  }

  test.each([
    [
      'institution.json',
      '"visitMinutes": 20',
      '"visitMinutes": "20"',
      'institution.json: settings.visitMinutes',
    ],
    [
      'institution.json',
      '"timeZone": "Europe/Warsaw"',
      '"timeZone": "Europe/Nowhere"',
      'institution.json: timeZone',
    ],
    [
      'institution.json',
      '"phoneE164": "+48225601600"',
      '"phoneE164": "22 560"',
      'institution.json: phoneE164',
    ],
    ['institution.json', '"settings": {', '"settings": { "colour": 1,', 'institution.json: settings'],
    ['institution.json', '"min": 30', '"min": 301', 'min must not be above max'],
    ['institution.json', '"site": "www', '"site": "https://www', 'institution.json: texts.pl.site'],
    ['branches.tsv', 'BIA\t', 'bia\t', 'branches.tsv: line 2: code'],
    ['branches.tsv', 'BBI\t', 'BIA\t', 'branches.tsv: code: BIA stands twice'],
    ['branches.tsv', '\tconfirmed', '', 'branches.tsv: line 2: 6 cells instead of 7'],
    ['postal.tsv', '00\tWAW1', '00\tWAW9', 'postal.tsv: prefix 00: there is no branch WAW9'],
    ['postal.tsv', '007\tWAW3', '00-7\tWAW3', 'postal.tsv: line 3: prefix'],
    ['topics.json', '"addressOf": "home"', '"addressOf": "moon"', 'topics.json: 0.addressOf'],
    ['topics.json', '{profileName}', '{nobody}', 'topics.json: profile.texts.pl.name: Text name needs'],
    ['desks.json', '"benefits"', '"benefit"', 'desks.json: Stanowisko 1: there is no topic benefit'],
    ['desks.json', '"opens": "09:00"', '"opens": "15:00"', 'it must open before it closes'],
    ['desks.json', '"11:05"', '"08:05"', 'breaks must lie inside the window'],
    ['legal.json', '"version": "2026-1"', '"version": "new"', 'legal.json: texts.0.version'],
    [
      'legal.json',
      '"kind": "privacy"',
      '"kind": "rules"',
      'privacy, recording and rules are needed, each once',
    ],
    [
      'legal.json',
      '"file": "legal.privacy"',
      '"file": "legal.lost"',
      'texts/legal.lost.pl.md: cannot be read (ENOENT)',
    ],
    ['legal.json', '}', '', 'legal.json: not JSON'],
    [
      'accessibility.json',
      '"published": "2026-01-01"',
      '"published": "2026-02-30"',
      'accessibility.json: dates.published',
    ],
  ])('%s with %s changed to %s is refused with the place named', async (file, from, to, message) => {
    await replace(file, from, to)
    expect(await problem()).toContain(message)
  })

  test('a short name that breaks the SMS into two parts is refused', async () => {
    await replace('institution.json', '"short": "ZUS"', '"short": "ZUS Warszawa"')
    expect(await problem()).toContain('sms.reminder.tomorrow no longer fits into one SMS')
  })

  test('a legal text missing in one language is refused', async () => {
    await rm(join(folder, 'texts/rules.body.uk.md'))
    expect(await problem()).toBe('texts/rules.body.uk.md: cannot be read (ENOENT)')
  })
})
