import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areasCsv } from './area-export'
import type { NamedBranch } from './area-line'
import { delimitedRecords } from './delimited-records'
import { defaultFileLimits, readAreaFile } from './read-area-file'

const branches: NamedBranch[] = [
  { code: 'WAW1', name: 'I Oddział w Warszawie', active: true },
  { code: 'WAW3', name: 'III Oddział w Warszawie', active: true },
  { code: 'LDZ', name: 'Oddział w Łodzi', active: true },
  { code: 'OLD', name: 'Oddział w Starym Mieście', active: false },
  { code: 'TW1', name: 'Oddział bliźniaczy', active: true },
  { code: 'TW2', name: 'Oddział Bliźniaczy', active: true },
]

async function* pieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}
const read = (text: string | Uint8Array, limits = {}, size?: number) =>
  readAreaFile(pieces(typeof text === 'string' ? Buffer.from(text) : text, size), branches, {
    ...defaultFileLimits,
    ...limits,
  })
const problemsOf = async (text: string | Uint8Array) =>
  (await read(text)).problems.map(({ line, kind }) => `${line} ${kind}`)

const cp1250: Record<string, number> = { ł: 0xb3, Ł: 0xa3, ó: 0xf3, ą: 0xb9, ś: 0x9c, ź: 0x9f }
const inCp1250 = (text: string) => Uint8Array.from(text, (sign) => cp1250[sign] ?? sign.charCodeAt(0))
const inUtf16 = (text: string, mark: boolean, bigEndian: boolean) => {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}

describe('a file of areas', () => {
  const polish = 'Kod pocztowy;Oddział\r\n90-001;Oddział w Łodzi\r\n02;waw3\r\n'
  test.each([
    ['UTF-8', Buffer.from(polish)],
    ['UTF-8', Buffer.from(`\ufeff${polish}`)],
    ['windows-1250', inCp1250(polish)],
    ['UTF-16LE', inUtf16(polish, true, false)],
    ['UTF-16BE', inUtf16(polish, true, true)],
    ['UTF-16LE', inUtf16(polish, false, false)],
    ['UTF-16BE', inUtf16(polish, false, true)],
  ])('is understood in %s', async (encoding, bytes) => {
    for (const size of [1, 3, 64, 100_000]) {
      const file = await read(bytes, {}, size)
      expect(file).toMatchObject({ encoding, errors: 0, warnings: 0, lines: 2, delimiter: ';' })
      expect([...file.areas]).toEqual([
        ['90001', 'LDZ'],
        ['02', 'WAW3'],
      ])
    }
  })

  test.each([
    [';', 'prefix;oddzial\n02;WAW3'],
    [',', 'prefix,oddzial\n02,WAW3'],
    ['\t', 'prefix\toddzial\n02\tWAW3'],
    ['|', 'sep=|\nprefix|oddzial\n02|WAW3'],
    [',', 'Oddział,"Uwagi; inne",PNA\nWAW3,"a ""b""\nc",02\n'],
  ])('may have its cells between %s', async (delimiter, text) => {
    const file = await read(text)
    expect(file).toMatchObject({ delimiter, errors: 0 })
    expect([...file.areas]).toEqual([['02', 'WAW3']])
  })

  test('tells every bad line by its number, past quotes and line breaks', async () => {
    const lines = [
      'kod;oddział;uwagi',
      '02;WAW3;"dwa\nwiersze"',
      '=HYPERLINK("http://x");WAW3;',
      '02-7x;WAW3;',
      '027580;WAW3;',
      ';WAW3;',
      '03;;',
      '04;Oddział w Krakowie;',
      '05;OLD;',
      '06;Oddział bliźniaczy;',
      '07;@SUM(A1);',
      '08',
      '09;WAW\0;',
      '"02;WAW3;',
      '02;LDZ;',
      '02;WAW3;',
      '10;LDZ;',
    ]
    expect(await problemsOf(lines.join('\n'))).toEqual([
      '4 prefix_formula',
      '5 prefix_wrong',
      '6 prefix_too_long',
      '7 prefix_missing',
      '8 branch_missing',
      '9 branch_unknown',
      '10 branch_closed',
      '11 branch_ambiguous',
      '12 branch_formula',
      '13 cells_missing',
      '14 nul',
      '15 quote',
      '16 contradiction',
      '17 duplicate',
    ])
  })

  test.each([
    ['', '1 empty'],
    ['\n\n \n', '1 empty'],
    ['02;WAW3\n', '1 no_head'],
    ['kod;kod;oddzial\n', '1 head_twice'],
    ['kod;oddzial\n', '1 no_areas'],
    ['kod;oddzial\n2758;WAW3\n', '2 zeros_lost'],
  ])('that is no table of areas says why: %j', async (text, problem) => {
    expect(await problemsOf(text)).toEqual([problem])
  })

  test('in broken UTF-8 names the line, instead of guessing another encoding', async () => {
    const start = Buffer.from(`kod;oddział\n${'02;WAW3\n'.repeat(10)}90;Oddział w `)
    const file = await read(Buffer.concat([start, Buffer.of(0xff, 0x0a)]), {}, 64)
    expect(file.problems.at(-1)).toMatchObject({ line: 12, kind: 'broken_letter' })
  })

  test('that is too long or too large stops there and says so, however little memory there is', async () => {
    const text = `kod;oddzial\n${'02;WAW3\n'.repeat(20)}`
    expect((await read(text, { lines: 10 })).problems.at(-1)).toMatchObject({
      kind: 'too_many_lines',
      line: 12,
    })
    expect((await read(text, { bytes: 60 })).problems.at(-1)).toMatchObject({ kind: 'too_large' })
    const many = await read(`kod;oddzial\n${'x;WAW3\n'.repeat(50)}`, { problems: 5 })
    expect(many).toMatchObject({ errors: 50 })
    expect(many.problems).toHaveLength(5)
  })

  test('without any line end holds no more than a line may have', async () => {
    expect(await problemsOf(`kod;oddzial\n${'x'.repeat(50_000)}\n02;WAW3`)).toEqual(['2 too_long'])
    expect(await problemsOf(`kod;oddzial\n"${'x'.repeat(50_000)}\n02;WAW3`)).toEqual(['2 too_long'])
    expect(await problemsOf(`kod;oddzial\n"x;WAW3\n${'02;WAW3\n'.repeat(5000)}`)).toContain('2 quote')
  })
})

const cell = fc.string({ unit: fc.constantFrom(...Array.from('a1ł "\n\r;,\t=')), maxLength: 8 })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test('what was written with quotes is read as it was, whatever is in it and however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 9 }),
      async (rows, end, size) => {
        const head = 'prefix;branch'
        const text = [head, ...rows.map((row) => row.map(quoted).join(';'))].join(end)
        const records = delimitedRecords(
          (async function* () {
            for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
          })(),
        )
        const cells: string[][] = []
        for await (const record of records) if ('cells' in record) cells.push(record.cells)
        expect(cells.slice(1)).toEqual(rows.filter((row) => row.some((one) => one !== '')))
      },
    ),
    { numRuns: 300 },
  )
})

test('no file, however it is made, breaks the reading or loses a good line after a bad one', async () => {
  const line = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789-=@"\0ąWA;,\t\ufffd ')), maxLength: 20 }),
    fc.constant('02;WAW3'),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 20 }),
      fc.integer({ min: 1, max: 50 }),
      async (lines, size) => {
        const noQuotes = lines.map((one) => one.replaceAll('"', ''))
        const file = await read(['kod;oddzial', ...noQuotes, '99;LDZ'].join('\n'), {}, size)
        if (!noQuotes.some((one) => one.startsWith('99;'))) expect(file.areas.get('99')).toBe('LDZ')
        for (const [prefix, branch] of file.areas) {
          expect(prefix).toMatch(/^\d{1,5}$/)
          expect(branches.some(({ code, active }) => code === branch && active)).toBe(true)
        }
        await read(['kod;oddzial', ...lines].join('\n'), {}, size)
      },
    ),
    { numRuns: 300 },
  )
})

test('an export is read back as the same areas, and no cell of it runs', async () => {
  const name = (code: string) =>
    code === 'LDZ' ? '=cmd|"/C calc"!A0' : (branches.find((b) => b.code === code)?.name ?? '')
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(fc.stringMatching(/^\d{1,5}$/), fc.constantFrom('WAW1', 'WAW3', 'LDZ')), {
        selector: ([prefix]) => prefix,
        minLength: 1,
      }),
      async (areas) => {
        const csv = areasCsv(new Map(areas), name)
        expect(csv).not.toMatch(/(^|;|\n)"?[=+\-@]/)
        const file = await read(csv)
        expect(file.errors).toBe(0)
        expect([...file.areas].sort()).toEqual([...areas].sort())
      },
    ),
    { numRuns: 100 },
  )
})
