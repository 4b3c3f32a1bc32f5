import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { createStaff } from '../../src/staff/create-staff'
import {
  addStaff,
  get,
  post,
  signIn,
  startVisitServer,
  testPassword,
  type VisitServer,
} from '../support/visit-server'
import { openWorld, type World } from '../support/world'

const dayPage = '/pracownik/dzien'

let world: World
let server: VisitServer

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  server = await startVisitServer(world)
})
afterAll(async () => {
  await server.close()
  await world.drop()
})
beforeEach(async () => {
  await world.reset()
  await world.query('delete from staff_session')
})

const enter = (email: string, password: string, more: Record<string, string> = {}) =>
  post(server, '/pracownik', { email, password, ...more })
const isSignedIn = async (cookie: string) => (await get(server, dayPage, cookie)).status === 200
const sessions = () =>
  world.query<{ token_hash: Buffer; staff_id: number }>('select token_hash, staff_id from staff_session')
/** What differs from one answer to the next by nature: what was typed. */
const withoutEmail = (body: string, email: string) => body.replaceAll(email, '…')

describe('signing in', () => {
  test('leads to the day, with a cookie that scripts cannot read', async () => {
    const { email, name } = await addStaff(world)
    const answer = await enter(` ${email.toUpperCase()} `, testPassword)
    expect(answer).toMatchObject({ status: 303, location: dayPage })
    expect(answer.cookie).toMatch(/^staff=[A-Za-z0-9_-]{43}; .*HttpOnly; SameSite=Lax/)
    const page = await get(server, dayPage, answer.cookie.split(';')[0])
    expect(page.status).toBe(200)
    expect(page.body).toContain(name)
  })

  test('keeps the token from the database, which knows only its hash', async () => {
    const token = (await signIn(server, await addStaff(world))).replace('staff=', '')
    const [session] = await sessions()
    expect(session?.token_hash).toEqual(createHash('sha256').update(token).digest())
  })

  test('makes a new token each time and ends the session before', async () => {
    const person = await addStaff(world)
    const first = await signIn(server, person)
    const again = await post(
      server,
      '/pracownik',
      { email: person.email, password: testPassword },
      { cookie: first },
    )
    const second = again.cookie.split(';')[0] ?? ''
    expect(second).not.toBe(first)
    expect(await isSignedIn(first)).toBe(false)
    expect(await isSignedIn(second)).toBe(true)
  })

  test('answers a wrong password, an unknown address and a closed account alike', async () => {
    const [known, closed] = [await addStaff(world), await addStaff(world)]
    await world.query('update staff set active = false where id = $1', [closed.id])
    const answers = await Promise.all(
      [
        [known.email, 'złe hasło'],
        ['nikt@example.org', testPassword],
        [closed.email, testPassword],
      ].map(async ([email = '', password = '']) => {
        const { status, body, cookie } = await enter(email, password)
        return { status, body: withoutEmail(body, email), cookie }
      }),
    )
    expect(answers[0]?.status).toBe(422)
    expect(answers[0]?.body).toContain('E-mail, hasło lub kod się nie zgadzają')
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(await sessions()).toEqual([])
  })

  test('asks for both fields', async () => {
    expect((await enter('', '')).body).toContain('Wpisz e-mail')
  })

  test('works with the product’s own cost of a password', async () => {
    const account = {
      email: 'Nowy@example.org',
      name: 'Nowy',
      role: 'officer',
      password: 'inne hasło',
    } as const
    await createStaff(world.db, { ...account, branchId: world.branch.id, topicIds: [] })
    expect((await enter('nowy@example.org', 'inne hasło')).status).toBe(303)
    expect((await enter('nowy@example.org', 'inne haslo')).status).toBe(422)
  })

  test('leads on only to pages of the desk', async () => {
    const { email } = await addStaff(world)
    const leadsTo = async (dalej: string) => (await enter(email, testPassword, { dalej })).location
    const visit = '/pracownik/wizyta/01890000-0000-7000-8000-000000000000'
    expect(await leadsTo(visit)).toBe(visit)
    expect(await leadsTo(`${dayPage}?oddzial=WAW3&dzien=2026-12-29`)).toBe(
      `${dayPage}?oddzial=WAW3&dzien=2026-12-29`,
    )
    for (const elsewhere of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      `${dayPage}/../../x`,
      'dzien',
    ])
      expect(await leadsTo(elsewhere)).toBe(dayPage)
  })

  test('is refused to a form of another site', async () => {
    const { email } = await addStaff(world)
    const answer = await post(
      server,
      '/pracownik',
      { email, password: testPassword },
      { origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
    expect(answer.cookie).toBe('')
  })
})

describe('guessing', () => {
  test('closes the account after eight tries, even to the right password, and opens it after ten minutes', async () => {
    const { email } = await addStaff(world)
    for (let tries = 0; tries < 8; tries++)
      expect((await enter(email, 'złe')).body).toContain('się nie zgadzają')
    const locked = await enter(email, testPassword)
    expect(locked.status).toBe(422)
    expect(locked.body).toContain('Konto odblokuje się za 10 minut')
    world.clock.advance({ minutes: 9, seconds: 30 })
    expect((await enter(email, testPassword)).body).toContain('Konto odblokuje się za 1 minutę')
    world.clock.advance({ seconds: 31 })
    expect((await enter(email, testPassword)).status).toBe(303)
  })

  test('looks the same at an address that has no account', async () => {
    const { email } = await addStaff(world)
    const stranger = 'nieznany@example.org'
    for (let tries = 0; tries < 9; tries++) {
      const [ours, theirs] = [await enter(email, 'złe'), await enter(stranger, 'złe')]
      expect(withoutEmail(theirs.body, stranger)).toBe(withoutEmail(ours.body, email))
      expect(theirs.status).toBe(ours.status)
    }
  })

  test('many at once gets no more tries than one after the other', async () => {
    const { id, email } = await addStaff(world)
    const answers = await Promise.all(Array.from({ length: 24 }, (_, n) => enter(email, `hasło ${n}`)))
    const told = (words: string) => answers.filter(({ body }) => body.includes(words)).length
    expect(told('się nie zgadzają')).toBe(8)
    expect(told('Konto odblokuje się')).toBe(16)
    const [row] = await world.query<{ locked_until: Date }>('select locked_until from staff where id = $1', [
      id,
    ])
    expect(row?.locked_until).toEqual(new Date(world.clock.now().getTime() + 600_000))
  })

  test('starts anew after the right password', async () => {
    const { email } = await addStaff(world)
    for (let round = 0; round < 2; round++) {
      for (let tries = 0; tries < 7; tries++) await enter(email, 'złe')
      expect((await enter(email, testPassword)).status).toBe(303)
    }
  })
})

describe('a session', () => {
  test('ends after an hour without a request, and the page says why', async () => {
    const cookie = await signIn(server, await addStaff(world))
    world.clock.advance({ minutes: 61 })
    const answer = await get(server, dayPage, cookie)
    expect(answer).toMatchObject({ status: 303, location: '/pracownik?dalej=%2Fpracownik%2Fdzien' })
    expect((await get(server, answer.location ?? '', cookie)).body).toContain(
      'Wylogowaliśmy Cię po 60 minutach',
    )
  })

  test('lives on while it is used, but no longer than twelve hours', async () => {
    const cookie = await signIn(server, await addStaff(world))
    for (let minutes = 0; minutes < 700; minutes += 50) {
      world.clock.advance({ minutes: 50 })
      expect(await isSignedIn(cookie)).toBe(true)
    }
    world.clock.advance({ minutes: 25 })
    expect(await isSignedIn(cookie)).toBe(false)
    const page = await get(server, '/pracownik', cookie)
    expect(page.body).not.toContain('bez aktywności')
  })

  test('ends with signing out, in the database too', async () => {
    const cookie = await signIn(server, await addStaff(world))
    expect(await post(server, '/pracownik/wyloguj', {}, { cookie })).toMatchObject({
      status: 303,
      location: '/pracownik',
    })
    expect(await isSignedIn(cookie)).toBe(false)
    expect(await sessions()).toEqual([])
  })

  test('ends when the account is closed', async () => {
    const person = await addStaff(world)
    const cookie = await signIn(server, person)
    await world.query('update staff set active = false where id = $1', [person.id])
    expect(await isSignedIn(cookie)).toBe(false)
  })

  test('cannot be made up', async () => {
    for (const cookie of ['', 'staff=', 'staff=x', `staff=${'A'.repeat(43)}`, 'staff=%00'])
      expect(await isSignedIn(cookie)).toBe(false)
  })

  test('that is missing leads a person to the door and tells a script', async () => {
    const visit = '/pracownik/wizyta/01890000-0000-7000-8000-000000000000'
    expect((await get(server, visit)).location).toBe(`/pracownik?dalej=${encodeURIComponent(visit)}`)
    expect(await post(server, `${visit}/zapros`)).toMatchObject({
      status: 303,
      location: '/pracownik',
    })
    const told = await post(server, `${visit}/zapros`, {}, { json: true })
    expect(told.status).toBe(401)
    expect(JSON.parse(told.body)).toMatchObject({ ok: false, reason: 'signed_out' })
  })
})

test.each(['administrator', 'inspector'] as const)(
  'the desk is closed to the role %s, in words',
  async (role) => {
    const cookie = await signIn(server, await addStaff(world, { role, branchId: null }))
    const answer = await get(server, dayPage, cookie)
    expect(answer.status).toBe(403)
    expect(answer.body).toContain('Twoja rola nie daje dostępu do tej strony')
    expect(answer.body).toContain('Wyloguj się')
  },
)
