import { Kysely, PostgresDialect } from 'kysely'
import { institutionWords } from '../../src/institution/directory'
import { createTranslator } from '../../src/platform/i18n/translator'
import { describe, expect, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { moveVisit } from '../../src/booking/move-visit'
import type { DeskDayBoot } from '../../src/contract/desk-day-boot'
import { deskNotice, type DeskNotice, type DeskVisit } from '../../src/contract/desk-live'
import { readDeskDay } from '../../src/desk/desk-day'
import type { DB } from '../../src/platform/db-types'
import { openSocket, refusedWith } from '../support/live-page'
import { addVisits } from '../support/sample-visits'
import { heartbeatMilliseconds, pingMilliseconds, visitDay as day, visitScene } from '../support/visit-scene'
import { addStaff, get, post, signIn } from '../support/visit-server'
import { booked, somebody } from '../support/world'

const scene = visitScene()
const texts = () => createTranslator('pl', institutionWords(scene.world.directory.institution, 'pl'))

describe('the list of a day', () => {
  test('shows every visit of the branch by time, with names, and nothing of other days and branches', async () => {
    const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
    await scene.bookAt('09:25', { person: somebody({ firstName: 'Maria', lastName: 'Lis' }) })
    await scene.bookAt('09:00', { topic: 'pensions', person: somebody({ guardian, language: 'uk' }) })
    booked(await scene.world.book(scene.world.at('2026-12-30', '09:00')))
    const list = await readDeskDay(scene.world.db, {
      ...scene.world,
      texts: texts(),
      branchId: scene.world.branch.id,
      day,
      now: scene.now(),
    })
    expect(list.map(({ client, startsAt }) => [startsAt, client])).toEqual([
      [scene.at('09:00').toISOString(), 'Halina Żółć-Wiśniewska'],
      [scene.at('09:25').toISOString(), 'Maria Lis'],
    ])
    expect(list[0]).toMatchObject({
      guardian: 'Tomasz Wiśniewski',
      language: 'uk',
      state: 'booked',
      topic: scene.world.topic('pensions').texts.pl.name,
      clientPresent: false,
      officer: null,
    })
    expect(deskNotice.parse({ type: 'day', now: scene.now().toISOString(), visits: list })).toBeTruthy()
  })

  test('asks the database once, whether two visits or two hundred', async () => {
    const queries: string[] = []
    const counting = new Kysely<DB>({
      dialect: new PostgresDialect({ pool: scene.world.pool }),
      log: (event) => {
        queries.push(event.query.sql)
      },
    })
    for (const count of [2, 200]) {
      await scene.world.reset()
      const wanted = Array.from({ length: count }, (_, n) => ({
        startsAt: scene.at('09:00'),
        email: `${n}@example.org`,
      }))
      const [visit] = await addVisits(scene.world.db, scene.world.keys, scene.now(), wanted)
      const { branch_id: branchId } = await scene.visitRow(visit?.id ?? '')
      queries.length = 0
      expect(
        await readDeskDay(counting, { ...scene.world, texts: texts(), branchId, day, now: scene.now() }),
      ).toHaveLength(count)
      expect(queries).toHaveLength(1)
    }
  })
})

describe('the page of the day', () => {
  const bootOf = (body: string): DeskDayBoot =>
    JSON.parse(
      /<script id="boot" type="application\/json">(.*?)<\/script>/s.exec(body)?.[1] ?? '',
    ) as DeskDayBoot

  test('brings everything its script needs, and leads to the days around', async () => {
    await scene.bookAt('09:00', { person: somebody({ lastName: '</script><b>' }) }).catch(() => undefined)
    await scene.bookAt('09:25')
    scene.world.clock.set(scene.at('08:00'))
    const person = await addStaff(scene.world)
    const answer = await get(scene.one, `/pracownik/dzien`, await signIn(scene.one, person))
    expect(answer.status).toBe(200)
    const boot = bootOf(answer.body)
    expect(boot).toMatchObject({
      day,
      today: true,
      branch: { code: 'WAW3' },
      me: { id: person.id, role: 'officer' },
      mayCallIn: true,
      live: `/pracownik/dzien/na-zywo?oddzial=WAW3&dzien=${day}`,
    })
    expect(boot.visits).toHaveLength(2)
    expect(boot.texts['desk.announce.waiting']).toBe('Nowa osoba w poczekalni: {name}')
    expect(boot.counted['desk.day.booked'][2]).toBe('2 umówione')
    expect(answer.body).toContain('oddzial=WAW3&amp;dzien=2026-12-30')
    expect(answer.body).toContain('Wtorek, 29 grudnia')
  })

  test('of another branch is refused; somebody of all branches chooses', async () => {
    const officer = await signIn(scene.one, await addStaff(scene.world))
    expect((await get(scene.one, `/pracownik/dzien?oddzial=${scene.elsewhere().code}`, officer)).status).toBe(
      403,
    )
    const everywhere = await signIn(scene.one, await addStaff(scene.world, { branchId: null }))
    const answer = await get(scene.one, `/pracownik/dzien?oddzial=${scene.elsewhere().code}`, everywhere)
    expect(bootOf(answer.body).branch.code).toBe(scene.elsewhere().code)
    expect(answer.body).toContain('<select id="oddzial"')
  })

  test('refuses a day that is none', async () => {
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    for (const wrong of ['2026-02-30', 'dzis', '2026-12-29%27'])
      expect((await get(scene.one, `/pracownik/dzien?dzien=${wrong}`, cookie)).status).toBe(400)
  })
})

describe('the live list', () => {
  test('starts with the whole day, then tells who came, who was called in by whom, and how it ended', async () => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at('08:50'))
    const [ewa, jan] = [await addStaff(scene.world), await addStaff(scene.world, { name: 'Jan Lis' })]
    const [ewaCookie, janCookie] = [await signIn(scene.one, ewa), await signIn(scene.two, jan)]
    const list = scene.live(ewaCookie)
    const { visits } = await list.next('day')
    expect(visits.map(({ state, clientPresent }) => [state, clientPresent])).toEqual([['booked', false]])

    const page = scene.open(scene.two, scene.pathOf('meeting', id))
    const waits = await list.next('visit', ({ visit }) => visit.state === 'waiting')
    expect(waits.visit).toMatchObject({ id, clientPresent: true, waitingSince: scene.now().toISOString() })

    await scene.ask(scene.two, janCookie, id, '/zapros')
    const called = await list.next('visit', ({ visit }) => visit.state === 'in_progress')
    expect(called.visit).toMatchObject({
      officer: 'Jan Lis',
      officerId: jan.id,
      startedAt: scene.now().toISOString(),
    })

    await page.close()
    await list.next('visit', ({ visit }) => !visit.clientPresent)
    await scene.ask(scene.two, janCookie, id, '/zakoncz', { powod: 'client_gone' })
    const ended = await list.next('visit', ({ visit }) => visit.state === 'ended_early')
    expect(ended.visit.reason).toBe('client_gone')
  })

  test('tells of cancelled visits, and leaves out those that moved to another day', async () => {
    const [stays, moves] = [await scene.bookAt('09:00'), await scene.bookAt('09:25')]
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    expect((await list.next('day')).visits).toHaveLength(2)
    await cancelVisit(scene.world.db, { ...scene.world.parts(), visitId: stays.id, by: 'client' })
    await list.next('visit', ({ visit }) => visit.id === stays.id && visit.state === 'cancelled')
    const startsAt = scene.world.at('2026-12-30', '09:00')
    await moveVisit(scene.world.db, { ...scene.world.parts(), visitId: moves.id, startsAt })
    expect((await list.next('day')).visits.map(({ id }) => id)).toEqual([stays.id])
  })

  test('of another branch hears nothing of it', async () => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at('08:50'))
    const elsewhere = await scene.officer(scene.one, { branchId: scene.elsewhere().id })
    const there = scene.live(elsewhere.cookie, `oddzial=${scene.elsewhere().code}&dzien=${day}`)
    const here = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await there.next('day')
    await here.next('day')
    await scene.open(scene.two, scene.pathOf('meeting', id)).next('welcome')
    await here.next('visit')
    expect(there.notices.map(({ type }) => type)).toEqual(['day'])
  })

  test('sends the day again after the line to the database was broken', async () => {
    const { id } = await scene.bookAt('09:00')
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await list.next('day')
    await scene.world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'e-wizyta bus' and datname = current_database()`,
    )
    await scene.world.query(`update visit set state = 'waiting' where id = $1`, [id])
    const fits = ({ visits }: { visits: readonly DeskVisit[] }) => visits[0]?.state === 'waiting'
    await list.next('day', fits)
  })

  test('forgets the clients of a process that died', async () => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at('08:50'))
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await list.next('day')
    await scene.open(scene.two, scene.pathOf('meeting', id)).next('welcome')
    await list.next('visit', ({ visit }) => visit.clientPresent)
    scene.world.clock.advance({ seconds: 16 })
    scene.one.tick(heartbeatMilliseconds)
    const gone = await list.next('visit', ({ visit }) => !visit.clientPresent)
    expect(gone.visit.state).toBe('waiting')
  })

  test('opens to nobody without the right, and closes when its person signs out', async () => {
    expect(await refusedWith(scene.live(''))).toBe(403)
    const there = await signIn(scene.one, await addStaff(scene.world, { branchId: scene.elsewhere().id }))
    expect(await refusedWith(scene.live(there))).toBe(403)
    const inspector = await signIn(
      scene.one,
      await addStaff(scene.world, { role: 'inspector', branchId: null }),
    )
    expect(await refusedWith(scene.live(inspector))).toBe(403)

    const cookie = await signIn(scene.one, await addStaff(scene.world))
    const list = scene.live(cookie)
    await list.next('day')
    await post(scene.two, '/pracownik/wyloguj', {}, { cookie })
    expect(await list.closed).toBe(4401)
  })

  test('left alone for an hour closes with the session', async () => {
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await list.next('day')
    scene.world.clock.advance({ minutes: 61 })
    scene.one.tick(60_000)
    expect(await list.closed).toBe(4401)
  })

  test('of a page that is gone without a word is given up after two unanswered pings', async () => {
    const { cookie } = await scene.officer(scene.one)
    const query = `oddzial=WAW3&dzien=${day}`
    const mute = openSocket<DeskNotice>(scene.one, `/pracownik/dzien/na-zywo?${query}`, {
      client: { autoPong: false, headers: { origin: scene.one.url, cookie } },
    })
    await mute.next('day')
    scene.one.tick(pingMilliseconds)
    scene.one.tick(pingMilliseconds)
    expect(await mute.closed).toBe(1006)
  })

  test('takes no messages', async () => {
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await list.next('day')
    list.sendRaw('{"type":"day"}')
    expect(await list.closed).toBe(1008)
  })
})
