import { beforeEach, describe, expect, test } from 'vitest'
import { createSeenSearches } from '../../src/booking/unmet-search'
import { registerTimesRoutes } from '../../src/booking/times-routes'
import { createTranslator } from '../../src/platform/i18n/translator'
import { institutionWords } from '../../src/institution/directory'
import { createLogger } from '../../src/platform/logger'
import { createHttpServer } from '../../src/platform/http/server'
import { problemAnswer } from '../../src/main/problem-answer'
import { addCountedVisits } from '../support/counted-visits'
import { visitScene } from '../support/visit-scene'
import { get } from '../support/visit-server'

const scene = visitScene()
const path = '/pracownik/statystyki'

beforeEach(async () => {
  await scene.world.query('delete from visit_count; delete from visit_count_due; delete from unmet_search')
})

describe('who sees figures', () => {
  test.each(['officer', 'inspector'] as const)('not the role %s, neither page nor file', async (role) => {
    const { cookie } = await scene.officer(scene.one, { role })
    expect((await get(scene.one, path, cookie)).status).toBe(403)
    expect((await get(scene.one, `${path}/dni.csv`, cookie)).status).toBe(403)
    expect((await get(scene.one, `${path}/wizyty.csv`, cookie)).status).toBe(403)
  })

  test('not somebody who is not signed in', async () => {
    expect((await get(scene.one, path)).status).toBe(303)
    expect((await get(scene.one, `${path}/dni.csv`)).status).toBe(303)
  })

  test('a supervisor those of the own branch alone, an administrator all of them', async () => {
    const { world } = scene
    const other = scene.elsewhere()
    const topicId = world.topic('benefits').id
    const startsAt = world.at('2026-12-02', '09:00')
    const ended = { topicId, startsAt, state: 'completed', came: 0, began: 1, ended: 18 } as const
    await addCountedVisits(world.db, [
      { ...ended, branchId: world.branch.id },
      { ...ended, branchId: other.id },
      { ...ended, branchId: other.id },
    ])
    const supervisor = await scene.officer(scene.one, { role: 'supervisor' })
    const admin = await scene.officer(scene.one, { role: 'administrator', branchId: null })
    const daily = async (cookie: string, query = '') =>
      (await get(scene.one, `${path}/dni.csv?okres=rok${query}`, cookie)).body.trim().split('\r\n').slice(1)

    expect(await daily(supervisor.cookie)).toEqual([
      `2026-12-02;${world.branch.name};Zasiłki;1;1;0;0;0;0;0;0`,
    ])
    expect(await daily(admin.cookie)).toHaveLength(2)
    expect(await daily(admin.cookie, `&oddzial=${other.code}`)).toEqual([
      `2026-12-02;${other.name};Zasiłki;2;2;0;0;0;0;0;0`,
    ])
    const asked = await get(scene.one, `${path}?oddzial=${other.code}`, supervisor.cookie)
    expect(asked.status).toBe(400)
    expect((await get(scene.one, `${path}/brak.csv`, admin.cookie)).status).toBe(404)
  })

  test('nobody what fewer than three people said', async () => {
    const { world } = scene
    const rate = (score: number) =>
      world.query(
        'insert into rating (id, branch_id, topic_id, week, score) values (gen_random_uuid(), $1, $2, $3, $4)',
        [...[world.branch.id, world.topic('benefits').id, '2026-12-07', score]],
      )
    const { cookie } = await scene.officer(scene.one, { role: 'supervisor' })
    await rate(1)
    await rate(1)
    expect((await get(scene.one, path, cookie)).body).not.toContain('ocena 1')
    await rate(1)
    expect((await get(scene.one, path, cookie)).body).toContain('ocena 1')
  })
})

describe('days that cannot be counted', () => {
  const order = 'Dzień „do” jest przed dniem „od”. Zamień je.'
  const from = 'Podaj dzień „od”'
  const to = 'Podaj dzień „do”'
  test.each([
    ['okres=wlasny&od=2026-12-20&do=2026-12-02', [order]],
    ['okres=wlasny&od=31.02.2026&do=2026-02-31', [from, to]],
    ['okres=wlasny&od=&do=2026-12-02', [from]],
    ['okres=wlasny&od=1850-01-01&do=2026-12-02', [from]],
    ['okres=wlasny&od=2001-01-01&do=2026-12-02', ['Wybierz najwyżej 1096 dni.']],
    ['okres=rok&od=zzz', [from]],
  ])('are named, stay as typed and give no figures: %s', async (query, problems) => {
    const { cookie } = await scene.officer(scene.one, { role: 'supervisor' })
    const { status, body } = await get(scene.one, `${path}?${query}&temat=benefits`, cookie)
    expect(status).toBe(422)
    const summary = /class="n n-bad problems".*?<\/ul>/s.exec(body)?.[0] ?? ''
    expect(summary.match(/<li>/g)).toHaveLength(problems.length)
    for (const problem of problems) expect(summary).toContain(problem)
    const typed = new URLSearchParams(query)
    for (const name of ['od', 'do']) {
      const field = new RegExp(`<input id="${name}"[^>]*>`).exec(body)?.[0]
      const value = typed.get(name) ?? ''
      expect(field).toContain(value === '' ? ' value' : `value="${value}"`)
    }
    expect(body).toContain('<option value="benefits" selected>')
    for (const figures of ['class="charts"', '<svg class="chart', '.csv?'])
      expect(body).not.toContain(figures)
    expect((await get(scene.one, `${path}/dni.csv?${query}`, cookie)).status).toBe(400)
  })
})

describe('a search without a free time', () => {
  const day = '2026-12-21'
  const search = { day, branchId: 1, topicId: 1, postalCode: '02758' }
  const halina = { address: '10.0.0.7', browser: 'Mozilla/5.0 Firefox' }

  test('is new once a day for each visitor, branch, topic and area, and never for a program', () => {
    const isNew = createSeenSearches()
    expect(isNew(search, halina)).toBe(true)
    expect(isNew(search, halina)).toBe(false)
    // The same three digits
    expect(isNew({ ...search, postalCode: '02711' }, halina)).toBe(false)
    expect(isNew({ ...search, postalCode: '03711' }, halina)).toBe(true)
    expect(isNew({ ...search, branchId: 2 }, halina)).toBe(true)
    expect(isNew(search, { ...halina, address: '10.0.0.8' })).toBe(true)
    expect(isNew({ ...search, day: '2026-12-22' }, halina)).toBe(true)
    for (const browser of ['Googlebot/2.1', 'curl/8', 'python-requests/2', ''])
      expect(isNew(search, { address: '10.0.0.9', browser }), browser).toBe(false)
  })

  test('is counted by the page that shows none, and by no page that shows one', async () => {
    const { world } = scene
    const words = (language: 'pl' | 'en' | 'uk') =>
      createTranslator(language, institutionWords(world.directory.institution, language))
    const log = createLogger('silent')
    const translators = { pl: words('pl'), en: words('en'), uk: words('uk') }
    const publicUrl = 'http://localhost'
    const app = await createHttpServer(
      { publicUrl, trustProxy: false, rateLimits: false, cameraRoutes: [], programRoutes: [] },
      log,
      problemAnswer(translators),
    )
    registerTimesRoutes(app, { ...world, translators, log, publicUrl })
    const visit = (code = '02758', browser = 'Mozilla/5.0') =>
      app.inject({
        url: `/termin?temat=benefits&oddzial=${world.branch.code}&kod=${code}`,
        headers: { 'user-agent': browser },
      })
    const counted = () => world.query('select area, searches from unmet_search order by area')
    try {
      expect((await visit()).statusCode).toBe(200)
      expect(await counted()).toEqual([])
      await world.query("update seat set state = 'booked' where branch_id = $1", [world.branch.id])
      world.clock.advance({ minutes: 1 })
      await visit()
      await visit()
      await visit('02758', 'Firefox')
      await visit('00950')
      await visit('02758', 'Googlebot')
      expect(await counted()).toEqual([
        { area: '009', searches: 1 },
        { area: '027', searches: 2 },
      ])
    } finally {
      await app.close()
    }
    const { cookie } = await scene.officer(scene.one, { role: 'supervisor' })
    const { body } = await get(scene.one, `${path}/brak-terminow-kody.csv`, cookie)
    expect(body).toContain('02-7••;2;nie ma\r\n00-9••;1;nie ma\r\n')
  })
})
