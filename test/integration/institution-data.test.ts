import { describe, expect, inject, test } from 'vitest'
import { completeInstitution } from '../../src/institution/complete-institution'
import { readShown } from '../../src/institution/facts-store'
import { readInstitutionData } from '../../src/institution/read-institution-data'
import { fieldsOf } from '../../src/administration/shown-form'
import { declarationOf, factsOf } from '../../src/institution/change-shown'
import { onInstitutionChanged } from '../../src/institution/institution-changed'
import { declarationFindings } from '../../src/institution/pages/declaration-rules-for-tests'
import { languages } from '../../src/texts/catalogue'
import { testTime } from '../support/fake-clock'
import { createTestDatabase } from '../support/template-database'
import { visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'

const facts = '/pracownik/ustawienia/instytucja'
const declaration = '/pracownik/ustawienia/dostepnosc'

describe('the institution’s pages', () => {
  const scene = visitScene()
  const administrator = async () =>
    (await scene.officer(scene.one, { role: 'administrator', branchId: null })).cookie
  const stored = () => readShown(scene.world.db)
  const factFields = async () => {
    const now = await stored()
    return { ...fieldsOf(factsOf(now).legalValues), version: String(now.factsVersion) }
  }
  const declarationFields = async () => {
    const now = await stored()
    return { ...fieldsOf(declarationOf(now)), version: String(now.declarationVersion) }
  }
  const page = async (path: string) => (await get(scene.two, path)).body

  test.each([facts, declaration])('%s is an administrator’s alone', async (path) => {
    for (const role of ['officer', 'supervisor', 'inspector'] as const) {
      const { cookie } = await scene.officer(scene.one, { role })
      expect((await get(scene.one, path, cookie)).status).toBe(403)
      expect((await post(scene.one, path, { version: '1' }, { cookie })).status).toBe(403)
    }
    expect((await get(scene.one, path)).status).toBe(303)
    expect((await post(scene.one, path, { version: '1' })).status).toBe(303)
    const cookie = await administrator()
    expect(
      (await post(scene.one, path, { version: '1' }, { cookie, origin: 'https://elsewhere.example' })).status,
    ).toBe(403)
    expect((await stored()).factsVersion).toBe(1)
  })

  test('a new contact of the inspector is seen at once, also on another process, in a new version of the clause', async () => {
    const cookie = await administrator()
    const stop = onInstitutionChanged(scene.two.bus, () => undefined)
    const before = await page('/dane-osobowe')
    expect(before).toContain('odo@zus.pl [potwierdza instytucja]')
    const changed = {
      ...(await factFields()),
      'dpoContact.pl': 'iod@zus.pl, tel. 22 111 22 33',
      'dpoContact.en': 'iod@zus.pl',
      'dpoContact.uk': 'iod@zus.pl',
    }
    expect(await post(scene.one, facts, changed, { cookie })).toMatchObject({
      status: 303,
      location: `${facts}?zapisano=1`,
    })
    // The directory of a process hears of it by the bus; here both share one
    const after = await page('/dane-osobowe')
    expect(after).toContain('iod@zus.pl, tel. 22 111 22 33')
    expect(after).toContain('Wersja 2026-2')
    expect(await page('/dane-osobowe?wersja=2026-1')).toContain('odo@zus.pl [potwierdza instytucja]')
    expect((await get(scene.two, '/en/dane-osobowe')).body).toContain('2026-2')
    const audited = await scene.world.query<{ details: object }>(
      `select details from audit_entry where action = 'institution.facts_changed'`,
    )
    expect(audited).toEqual(
      [{ details: { version: 2, texts: 'privacy 2026-2' } }].map(
        (one) => expect.objectContaining(one) as object,
      ),
    )
    const shown = await get(scene.one, `${facts}?zapisano=1`, cookie)
    expect(shown.body).toContain('Zapisane. Zmiana jest już widoczna dla klientów.')
    expect(shown.body).not.toContain('href="#dpoContact.pl"')
    stop()
  })

  test('a mistake keeps what was typed and leads to the field', async () => {
    const cookie = await administrator()
    const before = await stored()
    const wrong = { ...(await factFields()), 'administrator.pl': '', 'administrator.en': 'Typed <b>' }
    const { status, body } = await post(scene.one, facts, wrong, { cookie })
    expect(status).toBe(422)
    expect(body).toContain('href="#administrator.pl"')
    expect(body).toContain('value="Typed &lt;b>"')
    expect(await stored()).toEqual(before)
  })

  test('of two administrators at once the second one sees what the first has changed, and nothing is lost', async () => {
    const cookie = await administrator()
    const first = { ...(await declarationFields()), 'values.person.pl': 'Pierwszy zespół' }
    const second = { ...(await declarationFields()), 'values.person.pl': 'Drugi zespół' }
    expect((await post(scene.one, declaration, first, { cookie })).status).toBe(303)
    const refused = await post(scene.two, declaration, second, { cookie })
    expect(refused.status).toBe(409)
    expect(refused.body).toContain('Ktoś zmienił te dane przed chwilą')
    expect(refused.body).toContain('value="Drugi zespół"')
    expect(refused.body).toContain('Zapisane teraz: Pierwszy zespół')
    const version = /name="version" value="(\d+)"/.exec(refused.body)?.[1] ?? ''
    expect((await post(scene.two, declaration, { ...second, version }, { cookie })).status).toBe(303)
    expect(declarationOf(await stored()).values.person.pl).toBe('Drugi zespół')
  })

  test('the declaration is published as it was filled in, in the form that the law asks for', async () => {
    const cookie = await administrator()
    const three = (place: string, text: string) => ({
      [`${place}.pl`]: text,
      [`${place}.en`]: text,
      [`${place}.uk`]: text,
    })
    const answer = await post(
      scene.one,
      declaration,
      {
        ...(await declarationFields()),
        ...three(
          'values.intro',
          '{body} zobowiązuje się zapewnić dostępność swojej {scope} {site} pod adresem {url}.',
        ),
        ...three('values.status', 'Strona jest częściowo zgodna z załącznikiem.'),
        ...three('values.email', 'dostepnosc@zus.pl'),
        ...three('extras.inaccessible', 'Mapa: nie działa z klawiatury. Zadzwoń.\nFilm: bez napisów.'),
        ...three('extras.exempt', 'Nagrania sprzed 2020 roku'),
        ...three('extras.excessiveCost', 'Napisy na żywo'),
        ...three('extras.apps', 'Brak aplikacji dla Windows Phone'),
        ...three('extras.auditor', 'Fundacja Bez Barier'),
        ...three('extras.architectureUrl', 'https://www.zus.pl/budynki'),
        ...{
          'dates.reviewed': '2026-11-30',
          method: 'audit',
          compliance: 'partial',
          phoneE164: '+48 22 123 45 67',
        },
      },
      { cookie },
    )
    expect(answer.status).toBe(303)
    for (const language of languages) {
      const html = await page(`${language === 'pl' ? '' : `/${language}`}/dostepnosc`)
      expect(declarationFindings(html, language)).toEqual([])
      expect(html).toContain('<li>Film: bez napisów.</li>')
      expect(html).toContain('href="tel:+48221234567"')
      expect(html).toContain('<time id="a11y-data-przeglad" datetime="2026-11-30">')
      expect(html).toContain('Fundacja Bez Barier')
    }
  })
})

describe('a start', () => {
  test('fills what the database lacks from the data folder, and leaves what is there', async () => {
    const database = await createTestDatabase(inject('postgresUrl'))
    try {
      const data = await readInstitutionData('data/zus')
      const filled = structuredClone(data)
      filled.legalValues.recipients = { pl: 'Operator', en: 'Operator', uk: 'Оператор', sample: false }
      await database.pool.query(`
        update institution set declaration = null,
          legal_values = jsonb_set(legal_values, '{administrator,pl}', '"Nasz urząd"'),
          texts = jsonb_set(texts, '{en,phone}', '""')`)
      const gaps = await completeInstitution(database.db, () => Promise.resolve(filled), testTime)
      expect(gaps.map(({ why }) => why)).not.toContain('empty')
      expect(gaps.map(({ place }) => place)).not.toContain('legalValues.recipients')
      const shown = await readShown(database.db)
      expect(factsOf(shown).legalValues.administrator.pl).toBe('Nasz urząd')
      expect(factsOf(shown).texts.en.phone).toBe(data.texts.en.phone)
      expect(declarationOf(shown)).toEqual(data.declaration)
      const clause = await database.pool.query<{ version: string; body: string }>(
        `select version, body from legal_text where kind = 'privacy' and language = 'pl' order by version desc`,
      )
      expect(clause.rows.map(({ version }) => version)).toEqual(['2026-2', '2026-1'])
      expect(clause.rows[0]?.body).toContain('Operator')
    } finally {
      await database.drop()
    }
  })

  test('brings an older database to where its legal texts can be filled anew', async () => {
    const database = await createTestDatabase(inject('postgresUrl'))
    try {
      await database.pool.query(`update institution set declaration = null, legal_values = null;
        update legal_text set source = null`)
      const gaps = await completeInstitution(database.db, () => readInstitutionData('data/zus'), testTime)
      expect(gaps.every(({ why }) => why === 'sample')).toBe(true)
      const texts = await database.pool.query<{ versions: number; open: number }>(
        `select count(*)::int as versions, count(source)::int as open from legal_text`,
      )
      expect(texts.rows).toEqual([{ versions: 9, open: 9 }])
    } finally {
      await database.drop()
    }
  })

  test('tells of a legal text that is not there', async () => {
    const database = await createTestDatabase(inject('postgresUrl'))
    try {
      await database.pool.query(`delete from legal_text where kind = 'rules' and language = 'uk'`)
      const gaps = await completeInstitution(database.db, () => readInstitutionData('data/zus'), testTime)
      expect(gaps).toContainEqual({ place: 'legalText.rules.uk', why: 'empty' })
    } finally {
      await database.drop()
    }
  })
})
