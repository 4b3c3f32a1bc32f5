import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readCurrentAreas } from '../../src/institution/areas/areas-store'
import { fileForm, type StaffClient, signedIn, staffClient } from '../support/administration'
import { startTestProduct, type TestProduct } from '../support/test-product'

const path = '/pracownik/ustawienia/obszary'
let product: TestProduct
let admin: StaffClient

beforeAll(async () => {
  product = await startTestProduct(inject('postgresUrl'))
  admin = await signedIn(product.url, 'zofia.bak@example.org')
})
afterAll(() => product.stop())

const db = () => product.services.db
const upload = async (content: string | Uint8Array<ArrayBuffer>, name = 'obszary.csv') => {
  const answer = await admin.post(path, fileForm('plik', name, content))
  expect(answer.status).toBe(303)
  return answer.location
}
const seenVersion = (body: string) => /name="wersja" value="(\d+)"/.exec(body)?.[1] ?? ''
const apply = async (check: string) => {
  const { body } = await admin.get(check)
  return admin.post(`${check}/zatwierdz`, { wersja: seenVersion(body) })
}
const branchOf = (code: string) => product.services.directory.branchForPostalCode(code)?.code
const versions = async () =>
  (await db().selectFrom('postal_import').select('version').where('version', 'is not', null).execute()).length
const audited = async (action: string) =>
  (await db().selectFrom('audit_entry').selectAll().where('action', '=', action).orderBy('id').execute()).at(
    -1,
  )

const all = async (change: (prefix: string, code: string) => string) =>
  `prefix;oddzial\n${[...(await readCurrentAreas(db()))].map(([prefix, code]) => change(prefix, code)).join('\n')}`

describe('the areas of the institution', () => {
  test('begin as a first version that can be fetched and read in again without a change', async () => {
    const { body } = await admin.get(path)
    expect(body).toContain('data-version="1"')
    expect(body).toContain('dane początkowe')
    const { body: csv, headers } = await admin.get(`${path}/pobierz`)
    expect(headers.get('content-disposition')).toBe('attachment; filename="obszary-1.csv"')
    const checked = await admin.get(await upload(csv))
    expect(checked.body).toContain('Nic się nie zmienia')
    expect(checked.body).not.toContain('Zatwierdź nowe obszary')
  })

  test('change only when a dry run without errors is applied, and then all at once', async () => {
    const check = await upload(await all((prefix, code) => `${prefix};${prefix === '02' ? 'WAW1' : code}`))
    const dryRun = await admin.get(check)
    expect(dryRun.body).toContain('data-move="WAW3-WAW1"')
    expect(branchOf('02758')).toBe('WAW3')
    expect(await versions()).toBe(1)

    const applied = await apply(check)
    expect(applied).toMatchObject({ status: 303, location: `${path}/wersja/2?zapisano=tak` })
    expect(branchOf('02758')).toBe('WAW1')
    const kept = await admin.get(applied.location)
    expect(kept.body).toContain('Nowe obszary obowiązują')
    expect(kept.body).toContain('Zofia Bąk')
    expect(kept.body).toContain('plik obszary.csv')
    expect(kept.body).toMatch(/SHA-256: [0-9a-f]{64}/)
    expect(kept.body).toContain('data-move="WAW3-WAW1"')
    expect(await audited('areas.imported')).toMatchObject({ details: { version: 2 } })

    // Pressed twice it stays one version
    expect(await admin.post(`${check}/zatwierdz`, { wersja: '1' })).toMatchObject({
      location: `${path}/wersja/2?zapisano=tak`,
    })
    expect(await versions()).toBe(2)
  })

  test('that leave codes without a branch say so before they are applied', async () => {
    const { body } = await admin.get(await upload(`prefix;oddział\n02;WAW1\n`))
    expect(body.replaceAll('\u00a0', ' ')).toMatch(/\d kodów straci oddział/)
    expect(body).toContain('Zatwierdź nowe obszary')
  })

  test('go back to a kept version by the same way: effect first, then applied as a new one', async () => {
    const restored = await admin.post(`${path}/wersja/1/przywroc`)
    expect(restored.status).toBe(303)
    expect((await admin.get(restored.location)).body).toContain('data-move="WAW1-WAW3"')
    expect((await apply(restored.location)).location).toBe(`${path}/wersja/3?zapisano=tak`)
    expect(branchOf('02758')).toBe('WAW3')
    expect((await admin.get(path)).body).toContain('przywrócona wersja 1')
    expect((await admin.get(`${path}/wersja/3?z=1`)).body).toContain('Te wersje są takie same.')
    expect(await audited('areas.restored')).toMatchObject({ details: { version: 3, restored: 1 } })
  })

  test('refuse what was shown for a version that is not in force any more, and count the effect anew', async () => {
    const one = await upload(await all((prefix, code) => `${prefix};${prefix === '02' ? 'WAW1' : code}`))
    const two = await upload(await all((prefix, code) => `${prefix};${prefix === '01' ? 'WAW3' : code}`))
    const seen = seenVersion((await admin.get(two)).body)
    expect((await apply(one)).status).toBe(303)
    const late = await admin.post(`${two}/zatwierdz`, { wersja: seen })
    expect(late.status).toBe(409)
    expect(late.body).toContain('Ktoś zmienił obszary przed chwilą.')
    expect(late.body).toContain('data-move="WAW1-WAW3"')
    expect(branchOf('01100')).toBe('WAW1')
    expect((await apply(two)).status).toBe(303)
    expect([branchOf('01100'), branchOf('02758')]).toEqual(['WAW3', 'WAW3'])
  })

  test('of two administrators at once let exactly one through', async () => {
    const checks = await Promise.all(
      ['LOD1', 'LOD2'].map(async (branch) =>
        upload(await all((p, code) => `${p};${p === '02' ? branch : code}`)),
      ),
    )
    const wersja = seenVersion((await admin.get(checks[0] ?? '')).body)
    const answers = await Promise.all(checks.map((check) => admin.post(`${check}/zatwierdz`, { wersja })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409])
  })

  test('are safe from a branch that closed between the dry run and its application', async () => {
    const check = await upload(await all((prefix, code) => `${prefix};${prefix === '02' ? 'TOR' : code}`))
    const { body } = await admin.get(check)
    await db().updateTable('branch').set({ active: false }).where('code', '=', 'KRA').execute()
    const answer = await admin.post(`${check}/zatwierdz`, { wersja: seenVersion(body) })
    await db().updateTable('branch').set({ active: true }).where('code', '=', 'KRA').execute()
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('KRA')
  })
})

describe('a hostile file', () => {
  test('is shown with every bad line, its mending, and cannot be applied by any means', async () => {
    const before = await versions()
    const check = await upload(
      'kod;oddział\n=1+1;WAW1\n02;Nigdzie\n03;"WAW1\n04;WAW1\n04;WAW3\n05;WAW1\n05;WAW1\n"<script>";WAW1\n',
      '=cmd.csv',
    )
    const { body } = await admin.get(check)
    const problems = [...body.matchAll(/data-problem="(\w+)"/g)].map(([, kind]) => kind)
    expect(problems).toEqual([
      'prefix_formula',
      'branch_unknown',
      'quote',
      'contradiction',
      'duplicate',
      'prefix_wrong',
    ])
    expect(body).toContain('Plik ma 5 błędów.')
    expect(body).not.toContain('<script>"')
    expect((await admin.post(`${check}/zatwierdz`, { wersja: '99' })).status).toBe(422)
    expect(await versions()).toBe(before)
    const list = await admin.get(`${check}/bledy`)
    expect(list.body).toContain("2;'=1+1;")
  })

  test.each([
    ['nothing', ''],
    ['zeros', new Uint8Array(5000)],
    ['a picture', Uint8Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)],
    ['one line without end', 'x'.repeat(200_000)],
  ])('that is %s is refused with a reason', async (_, content) => {
    const { body } = await admin.get(await upload(content))
    expect(body).toMatch(/data-problem="(empty|no_head)"/)
  })

  test('of a million lines is read with little memory, up to the end', async () => {
    const line = '02-758;III Oddział w Warszawie\n'
    const content = `kod;oddział\n${line.repeat(999_999)}99-99x;WAW1\n`
    const { rss } = process.memoryUsage()
    const check = await upload(content)
    const { body } = await admin.get(check)
    expect(body).toContain('data-figure="lines"><dt>Wiersze</dt><dd>1 000 000</dd>')
    expect(body).toContain('Plik ma 1 błąd.')
    // The text itself, sent by this very process, counts in full
    expect((process.memoryUsage().rss - rss) / 1024 / 1024).toBeLessThan(600)
  })

  test('is missing: the form says so', async () => {
    for (const form of [new FormData(), fileForm('plik', '', ''), fileForm('inny', 'x.csv', 'x')]) {
      const answer = await admin.post(path, form)
      expect(answer.status).toBe(422)
      expect(answer.body).toContain('Wybierz plik z obszarami')
    }
    expect((await admin.post(path, { plik: 'x' })).status).toBe(422)
  })
})

describe('a dry run', () => {
  test('is forgotten after a day', async () => {
    const check = await upload('kod;oddzial\n02;WAW1\n')
    product.clock.advance({ minutes: 24 * 60 - 1 })
    admin = await signedIn(product.url, 'zofia.bak@example.org')
    expect((await admin.get(check)).status).toBe(200)
    product.clock.advance({ minutes: 1 })
    expect((await admin.get(check)).status).toBe(404)
    expect((await admin.post(`${check}/zatwierdz`, { wersja: '1' })).status).toBe(404)
  })
})

test('a code is tested by hand, with the prefix that decides', async () => {
  const { body } = await admin.get(`${path}?kod=00-7 01`)
  expect(body).toContain('Decyduje prefiks 007.')
  expect(body).toContain('Krótsze prefiksy, które nie decydują: 00')
  expect((await admin.get(`${path}?kod=79-000`)).body).toContain('nie ma oddziału')
  const wrong = await admin.get(`${path}?kod=0275`)
  expect(wrong.status).toBe(422)
})

describe('who is no administrator', () => {
  const reads = ['', '/pobierz', '/wersja/1', '/wersja/1/pobierz']
  test.each(['ewa.maj', 'jan.lis', 'adam.rys'])('%s neither sees nor changes areas', async (name) => {
    const somebody = await signedIn(product.url, `${name}@example.org`)
    for (const place of reads) expect((await somebody.get(`${path}${place}`)).status).toBe(403)
    const check = await upload('kod;oddzial\n02;WAW1\n')
    const before = await versions()
    for (const [place, fields] of [
      [path, fileForm('plik', 'a.csv', 'kod;oddzial\n02;WAW1\n')],
      [`${check}/zatwierdz`, { wersja: String(before) }],
      [`${path}/wersja/1/przywroc`, {}],
    ] as const)
      expect((await somebody.post(place, fields)).status).toBe(403)
    expect((await somebody.get(check)).status).toBe(403)
    expect((await somebody.get(`${check}/bledy`)).status).toBe(403)
    expect(await versions()).toBe(before)
  })

  test('nor does who is not signed in', async () => {
    const nobody = staffClient(product.url)
    for (const place of reads)
      expect((await nobody.get(`${path}${place}`)).location).toContain('/pracownik?dalej=')
    expect((await nobody.post(path, fileForm('plik', 'a.csv', 'x'))).location).toBe('/pracownik')
  })

  test('and another site cannot send a file in an administrator’s name', async () => {
    const answer = await fetch(`${product.url}${path}`, {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: fileForm('plik', 'a.csv', 'x'),
    })
    expect(answer.status).toBe(403)
  })
})
