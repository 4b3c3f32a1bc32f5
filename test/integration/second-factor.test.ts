import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { codeOfApp, hiddenField, recoveryCodesOn, seedOnPage } from '../support/authenticator-app'
import {
  addStaff,
  get,
  post,
  testPassword,
  type TestStaff,
  type VisitServer,
  startVisitServer,
} from '../support/visit-server'
import { openWorld, type World } from '../support/world'

const dayPage = '/pracownik/dzien'
const prove = '/pracownik/drugi-skladnik'
const account = '/pracownik/konto'
const add = '/pracownik/konto/drugi-skladnik'
const codesPage = '/pracownik/konto/kody'

let world: World
let server: VisitServer

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
  server = await startVisitServer(world, undefined, { secondFactor: true })
})
afterAll(async () => {
  await server.close()
  await world.drop()
})
beforeEach(() => world.reset())

const cookieOf = (answer: { cookie: string }) => answer.cookie.split(';')[0] ?? ''
const enter = ({ email }: Pick<TestStaff, 'email'>, more: Record<string, string> = {}) =>
  post(server, '/pracownik', { email, password: testPassword, ...more })
const isIn = async (cookie: string) => (await get(server, dayPage, cookie)).status === 200
const nextCode = () => world.clock.advance({ seconds: 30 })
const actionsOf = async (id: number) =>
  (
    await world.query<{ action: string; details: object }>(
      "select action, details from audit_entry where subject_kind = 'staff' and subject_id = $1 order by id",
      [String(id)],
    )
  ).map(({ action, details }) => [action, details])

/** Somebody who has set up an authenticator app at the first sign-in. */
async function withApp(): Promise<TestStaff & { seed: string; cookie: string }> {
  const person = await addStaff(world)
  const first = cookieOf(await enter(person))
  const page = await get(server, add, first)
  const seed = seedOnPage(page.body)
  const code = codeOfApp(seed, world.clock.now())
  const answer = await post(
    server,
    add,
    { oferta: hiddenField(page.body, 'oferta'), kod: code },
    { cookie: first },
  )
  expect(answer).toMatchObject({ status: 303, location: codesPage })
  nextCode()
  return { ...person, seed, cookie: cookieOf(answer) }
}
const code = (seed: string) => codeOfApp(seed, world.clock.now())
/** Right password, then whatever is typed as the second step. */
async function signInWith(person: Pick<TestStaff, 'email'>, kod: string) {
  const half = cookieOf(await enter(person))
  return post(server, prove, { kod }, { cookie: half })
}

describe('an account without a second factor', () => {
  test('opens nothing but the page that sets one up', async () => {
    const person = await addStaff(world)
    const answer = await enter(person, { dalej: dayPage })
    expect(answer.location).toBe(`${add}?dalej=%2Fpracownik%2Fdzien`)
    const half = cookieOf(answer)
    for (const closed of [dayPage, account, codesPage, '/pracownik/konto/haslo', '/pracownik/wizyty'])
      expect(await get(server, closed, half)).toMatchObject({
        status: 303,
        location: `/pracownik?dalej=${encodeURIComponent(closed)}`,
      })
    expect((await get(server, '/pracownik', half)).location).toBe(add)
    expect((await get(server, add, half)).body).toContain('Zanim wejdziesz dalej')
  })

  test('is in once it has shown a code, with another token than before', async () => {
    const person = await withApp()
    expect(await isIn(person.cookie)).toBe(true)
    expect(await actionsOf(person.id)).toEqual([
      ['staff.factor_added', { factor: 'totp' }],
      ['staff.signed_in', { way: 'totp' }],
    ])
  })

  test('is told when the code is wrong, keeps the code to scan, and takes no offer of somebody else', async () => {
    const [person, other] = [await addStaff(world), await addStaff(world)]
    const half = cookieOf(await enter(person))
    const page = await get(server, add, half)
    const oferta = hiddenField(page.body, 'oferta')
    const wrong = await post(server, add, { oferta, kod: '000000' }, { cookie: half })
    expect(wrong.status).toBe(422)
    expect(seedOnPage(wrong.body)).toBe(seedOnPage(page.body))
    const theirs = cookieOf(await enter(other))
    const kod = code(seedOnPage(page.body))
    expect((await post(server, add, { oferta, kod }, { cookie: theirs })).body).toContain(
      'Strona była otwarta zbyt długo',
    )
    world.clock.advance({ minutes: 14 })
    expect(
      (await post(server, add, { oferta, kod: code(seedOnPage(page.body)) }, { cookie: half })).status,
    ).toBe(303)
  })
})

describe('the second step', () => {
  test('is asked after the password, and nothing is open before it', async () => {
    const person = await withApp()
    const answer = await enter(person, { dalej: dayPage })
    expect(answer.location).toBe(`${prove}?dalej=%2Fpracownik%2Fdzien`)
    const half = cookieOf(answer)
    expect(await isIn(half)).toBe(false)
    // No second app may be added by who has shown the password alone
    expect((await get(server, add, half)).status).toBe(303)
    const done = await post(
      server,
      prove,
      { kod: ` ${code(person.seed).replace(/(...)/, '$1 ')}`, dalej: dayPage },
      { cookie: half },
    )
    expect(done).toMatchObject({ status: 303, location: dayPage })
    expect(await isIn(half)).toBe(false)
    expect(await isIn(cookieOf(done))).toBe(true)
  })

  test('takes no code twice, also not from two browsers at once, and none from before the last', async () => {
    const person = await withApp()
    const kod = code(person.seed)
    const answers = await Promise.all([
      signInWith(person, kod),
      signInWith(person, kod),
      signInWith(person, kod),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422])
    expect(
      (await signInWith(person, codeOfApp(person.seed, new Date(world.clock.now().getTime() - 30_000))))
        .status,
    ).toBe(422)
    nextCode()
    expect((await signInWith(person, code(person.seed))).status).toBe(303)
  })

  test('runs out: a password shown a quarter of an hour ago opens nothing', async () => {
    const person = await withApp()
    const half = cookieOf(await enter(person))
    world.clock.advance({ minutes: 16 })
    expect((await post(server, prove, { kod: code(person.seed) }, { cookie: half })).location).toBe(
      '/pracownik',
    )
  })

  test('locks the codes after five wrong ones for ten minutes; recovery codes work meanwhile', async () => {
    const person = await withApp()
    const made = await post(server, codesPage, {}, { cookie: person.cookie })
    const [recovery = ''] = recoveryCodesOn(made.body)
    for (let tries = 0; tries < 5; tries++)
      expect((await signInWith(person, '000000')).body).toContain('Kod się nie zgadza')
    const locked = await signInWith(person, code(person.seed))
    expect(locked.body).toContain('zadziałają znowu za 10 minut')
    expect((await signInWith(person, recovery.toUpperCase())).status).toBe(303)
    expect((await signInWith(person, recovery)).status).toBe(422)
    world.clock.advance({ minutes: 10, seconds: 1 })
    expect((await signInWith(person, code(person.seed))).status).toBe(303)
  })

  test('is not locked by who does not know the password', async () => {
    const person = await withApp()
    for (let tries = 0; tries < 7; tries++)
      await post(server, '/pracownik', { email: person.email, password: 'złe' })
    const [row] = await world.query<{ factor_failures: number }>(
      'select factor_failures from staff where id = $1',
      [person.id],
    )
    expect(row?.factor_failures).toBe(0)
    expect((await post(server, prove, { kod: '000000' })).location).toBe('/pracownik')
  })

  test('counts guesses at the same time', async () => {
    const person = await withApp()
    const half = cookieOf(await enter(person))
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post(server, prove, { kod: '000000' }, { cookie: half })),
    )
    expect(answers.filter(({ body }) => body.includes('Kod się nie zgadza')).length).toBe(5)
    expect((await actionsOf(person.id)).filter(([action]) => action === 'staff.refused')).toHaveLength(12)
  })
})

describe('recovery codes', () => {
  test('are shown once, ten of them, and new ones replace the old', async () => {
    const person = await withApp()
    const make = async () =>
      recoveryCodesOn((await post(server, codesPage, {}, { cookie: person.cookie })).body)
    const [first, second] = [await make(), await make()]
    expect(new Set([...first, ...second]).size).toBe(20)
    expect((await get(server, codesPage, person.cookie)).body).not.toContain(second[0])
    expect((await signInWith(person, first[0] ?? '')).status).toBe(422)
    expect((await signInWith(person, second[0] ?? '')).status).toBe(303)
    expect((await get(server, account, person.cookie)).body).toContain('Zostało 9 kodów')
  })

  test('and seeds stand in the database only sealed or hashed', async () => {
    const person = await withApp()
    const { body } = await post(server, codesPage, {}, { cookie: person.cookie })
    const codes = recoveryCodesOn(body)
    const rows = JSON.stringify([
      await world.query("select encode(seed, 'escape') as seed from staff_totp"),
      await world.query("select encode(code_hash, 'escape') as hash from staff_recovery_code"),
    ])
    for (const secret of [person.seed, ...codes, ...codes.map((one) => one.replace('-', ''))])
      expect(rows).not.toContain(secret)
  })
})

describe('the own account', () => {
  test('keeps the only second factor, and lets the other of two go', async () => {
    const person = await withApp()
    const remove = () => post(server, `${add}/usun`, { skladnik: 'totp' }, { cookie: person.cookie })
    const kept = await remove()
    expect(kept.status).toBe(422)
    expect(kept.body).toContain('To Twój jedyny drugi składnik')
    await world.query(
      "insert into staff_passkey values ('01890000-0000-7000-8000-000000000000', $1, 'id', 'key', 0, '{}', 'Klucz', $2)",
      [person.id, world.clock.now()],
    )
    expect((await remove()).location).toBe(`${account}?zapisano=factorRemoved`)
    expect((await remove()).body).toContain('Tego składnika już nie ma')
    await world.query('delete from staff_passkey')
  })

  test('asks for proof before what matters, once some time has passed, and gives the session a new token', async () => {
    const person = await withApp()
    world.clock.advance({ minutes: 31 })
    const page = '/pracownik/konto/haslo'
    const asked = await get(server, page, person.cookie)
    expect(asked.location).toBe(`${prove}?dalej=${encodeURIComponent(page)}`)
    // The page itself and the day stay open
    expect((await get(server, account, person.cookie)).status).toBe(200)
    expect((await get(server, asked.location ?? '', person.cookie)).body).toContain('minęło trochę czasu')
    const proved = await post(
      server,
      prove,
      { kod: code(person.seed), dalej: page },
      { cookie: person.cookie },
    )
    expect(proved.location).toBe(page)
    expect(await isIn(person.cookie)).toBe(false)
    expect((await get(server, page, cookieOf(proved))).status).toBe(200)
    expect(await actionsOf(person.id)).toContainEqual(['staff.confirmed', { way: 'totp' }])
  })

  test('proving anew prolongs no session beyond its twelve hours', async () => {
    const person = await withApp()
    let { cookie } = person
    for (let hours = 0; hours < 11; hours++) {
      world.clock.advance({ minutes: 59 })
      cookie = cookieOf(await post(server, prove, { kod: code(person.seed) }, { cookie }))
    }
    expect(await isIn(cookie)).toBe(true)
    world.clock.advance({ minutes: 59 })
    expect(await isIn(cookie)).toBe(true)
    world.clock.advance({ minutes: 30 })
    expect(await isIn(cookie)).toBe(false)
  })

  test('changes the password with the current one, and ends the other sessions', async () => {
    const person = await withApp()
    const other = cookieOf(await signInWith(person, code(person.seed)))
    const change = (obecne: string, haslo: string) =>
      post(server, '/pracownik/konto/haslo', { obecne, haslo }, { cookie: person.cookie })
    expect((await change('złe', 'kot pije zimne mleko')).body).toContain('Hasło się nie zgadza')
    expect((await change(testPassword, 'krótkie')).body).toContain('Użyj co najmniej 12 znaków')
    expect((await change(testPassword, 'aaaaaaaaaaaaaa')).body).toContain('To hasło łatwo odgadnąć')
    expect((await change(testPassword, 'kot pije zimne mleko')).location).toBe(`${account}?zapisano=password`)
    expect(await isIn(person.cookie)).toBe(true)
    expect(await isIn(other)).toBe(false)
    expect((await enter(person)).status).toBe(422)
    expect(
      (await post(server, '/pracownik', { email: person.email, password: 'kot pije zimne mleko' })).status,
    ).toBe(303)
    const mails = await world.query('select kind from staff_mail where staff_id = $1 order by created_at', [
      person.id,
    ])
    expect(mails).toEqual([{ kind: 'factor_added' }, { kind: 'password_changed' }])
  })

  test('lists its sessions with their browsers and ends one, or all others, but nobody else’s', async () => {
    const [person, stranger] = [await withApp(), await withApp()]
    const sessions = async () => {
      nextCode()
      return cookieOf(await signInWith(person, code(person.seed)))
    }
    const [second, third] = [await sessions(), await sessions()]
    const { body } = await get(server, account, person.cookie)
    expect(body).toContain('ta sesja')
    const ids = [...body.matchAll(/name="sesja" value="([0-9a-f-]{36})"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(2)
    const end = (sesja = '', cookie = person.cookie) =>
      post(server, `${account}/sesje`, { sesja }, { cookie })
    await end(ids[0], stranger.cookie)
    expect(await isIn(third)).toBe(true)
    // The one used last stands first
    await end(ids[0])
    expect([await isIn(second), await isIn(third)]).toEqual([true, false])
    await end('pozostale')
    expect([await isIn(person.cookie), await isIn(second), await isIn(stranger.cookie)]).toEqual([
      true,
      false,
      true,
    ])
    expect(await actionsOf(person.id)).toContainEqual(['staff.session_ended', { count: 1 }])
  })
})

test('a passkey’s challenge is asked once and answered once', async () => {
  const person = await withApp()
  const answer = (odpowiedz: string) =>
    post(server, `${prove}/klucz`, { odpowiedz }, { cookie: person.cookie, json: true })
  expect((await post(server, `${prove}/pytanie`, {}, { cookie: person.cookie, json: true })).status).toBe(409)
  for (const made of ['', '{}', '[]', '{"id":"x"}', 'null']) expect((await answer(made)).status).toBe(422)
  expect(
    (await post(server, `${add}/klucz`, { odpowiedz: '{}' }, { cookie: person.cookie, json: true })).status,
  ).toBe(422)
})
