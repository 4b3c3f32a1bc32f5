import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { replanningIn } from '../support/replanning'
import { visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'

const scene = visitScene()
const path = '/pracownik/przeplanowanie'
const absence = { stanowisko: '', od_dnia: '2026-12-29', do_dnia: '', od: '', do: '' }

/** A visit at 9:00 that lost its desk. */
const lostVisit = async () => {
  const { id } = await scene.bookAt('09:00')
  await (await replanningIn(scene.world)).lose(id)
  return id
}
const deskOf = async (visitId: string) => {
  const [row] = await scene.world.query<{ desk_id: number }>(
    'select desk_id from seat join visit on visit.seat_id = seat.id where visit.id = $1',
    [visitId],
  )
  return String(row?.desk_id)
}
const visitRow = (id: string) => scene.visitRow(id)
const planIn = (body: string) => /name="plan" value="([^"]+)"/.exec(body)?.[1] ?? ''
const query = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

describe('who may not', () => {
  test.each([
    ['an officer', { role: 'officer' as const }],
    ['an inspector', { role: 'inspector' as const, branchId: null }],
    ['a supervisor of another branch', { role: 'supervisor' as const, elsewhere: true }],
    ['nobody signed in', null],
  ])('see, decide, undo or report: %s', async (_, who) => {
    const { world, one } = scene
    const id = await lostVisit()
    const { code } = world.branch
    const before = await visitRow(id)
    const closures = () => world.query('select id from closure')
    const closuresBefore = await closures()
    const branchId =
      who && 'elsewhere' in who
        ? scene.elsewhere().id
        : who && 'branchId' in who
          ? who.branchId
          : world.branch.id
    const cookie = who ? (await scene.officer(one, { role: who.role, branchId })).cookie : ''
    const supervisor = await scene.officer(one, { role: 'supervisor' })
    const runId = randomUUID()
    await post(one, path, { oddzial: code, przebieg: runId }, { cookie: supervisor.cookie })

    const answers = [
      await get(one, `${path}?oddzial=${code}`, cookie),
      await post(
        one,
        path,
        { oddzial: code, przebieg: randomUUID(), [`wizyta-${id}`]: 'anuluj' },
        { cookie },
      ),
      await post(one, `${path}/cofnij`, { przebieg: runId }, { cookie }),
      await post(one, `${path}/nieobecnosc`, { oddzial: code, ...absence, plan: 'x' }, { cookie }),
      await post(one, `${path}/nieobecnosc/odwolaj`, { oddzial: code, zamkniecie: '1' }, { cookie }),
    ]
    // Who is not signed in is led to the sign-in
    for (const { status } of answers) expect(status).toBe(who ? 403 : 303)
    if (!who) for (const { location } of answers) expect(location).toMatch(/^\/pracownik(\?|$)/)
    expect(await visitRow(id)).toEqual(before)
    expect(await closures()).toEqual(closuresBefore)
  })
})

describe('an administrator', () => {
  test('decides at every branch, begins where there is something to do, and sees no names', async () => {
    const id = await lostVisit()
    const { cookie } = await scene.officer(scene.one, { role: 'administrator', branchId: null })
    const { body, status } = await get(scene.one, path, cookie)
    expect(status).toBe(200)
    expect(body).toContain((await visitRow(id)).number)
    expect(body).toContain(`${scene.world.branch.name} (1)`)
    expect(body).not.toContain('Żółć')
  })
})

describe('a supervisor', () => {
  const supervisor = async () => (await scene.officer(scene.one, { role: 'supervisor' })).cookie

  test('reports an absence as it was previewed, and only so', async () => {
    const { one, world } = scene
    const { id } = await scene.bookAt('09:00')
    const cookie = await supervisor()
    const fields = { ...absence, oddzial: world.branch.code, stanowisko: await deskOf(id) }
    const preview = await get(one, `${path}?${query(fields)}`, cookie)
    expect(preview.body).toContain('1 wizyta straci stanowisko.')

    await scene.bookAt('09:25')
    await scene.bookAt('09:25')
    const stale = await post(
      one,
      `${path}/nieobecnosc`,
      { ...fields, plan: planIn(preview.body) },
      { cookie },
    )
    expect(stale.status).toBe(409)
    expect(stale.body).toContain('2 wizyty stracą stanowisko.')
    const saved = await post(one, `${path}/nieobecnosc`, { ...fields, plan: planIn(stale.body) }, { cookie })
    expect(saved.status).toBe(303)
    const again = await post(one, `${path}/nieobecnosc`, { ...fields, plan: planIn(stale.body) }, { cookie })
    expect(again.body).toContain('Ta nieobecność jest już zgłoszona.')

    const { body } = await get(one, `${path}?oddzial=${world.branch.code}`, cookie)
    expect(body).toContain('2 wizyty wymagają nowego terminu')
    const [closure] = await world.query<{ id: number }>('select id from closure where branch_id = $1', [
      world.branch.id,
    ])
    const takeBack = { oddzial: world.branch.code, zamkniecie: String(closure?.id) }
    expect((await post(one, `${path}/nieobecnosc/odwolaj`, takeBack, { cookie })).status).toBe(303)
    expect((await get(one, `${path}?oddzial=${world.branch.code}`, cookie)).body).toContain('Żadna wizyta')
  })

  test('reads what is wrong with what was typed, which stays', async () => {
    const { one, world } = scene
    const cookie = await supervisor()
    const fields = { ...absence, oddzial: world.branch.code, od: '12:00', do: '09:00' }
    const { status, body } = await get(one, `${path}?${query(fields)}`, cookie)
    expect(status).toBe(422)
    expect(body).toContain('Godzina końca ma być po godzinie początku.')
    expect(body).toContain('value="12:00"')
  })

  test('is shown that a time has just gone, with a new proposal', async () => {
    const { one, world } = scene
    const id = await lostVisit()
    const cookie = await supervisor()
    const page = await get(one, path, cookie)
    const proposal =
      new RegExp(`name="wizyta-${id}"[^>]*><option value="(termin-\\d+)"`).exec(page.body)?.[1] ?? ''
    await world.query(`update seat set withdrawn_at = $1 where state = 'free' and starts_at = $2`, [
      scene.now(),
      scene.at('09:00'),
    ])
    await post(
      one,
      path,
      { oddzial: world.branch.code, przebieg: randomUUID(), [`wizyta-${id}`]: proposal },
      { cookie },
    )
    const { body } = await get(one, path, cookie)
    expect(body).toContain('Ta godzina właśnie zniknęła. Jest nowa propozycja.')
    expect(body).not.toContain(`value="${proposal}"`)
  })

  test('who sends a form twice does nothing twice, and reads so', async () => {
    const { one, world } = scene
    const id = await lostVisit()
    const cookie = await supervisor()
    const fields = { oddzial: world.branch.code, przebieg: randomUUID(), [`wizyta-${id}`]: 'anuluj' }
    await post(one, path, fields, { cookie })
    const { location } = await post(one, path, fields, { cookie })
    expect((await get(one, location ?? '', cookie)).body).toContain('Ten formularz był już wysłany.')
    expect(await world.query(`select id from message where kind = 'cancelled_by_institution'`)).toHaveLength(
      1,
    )
  })

  test('a form without the id of its run is refused', async () => {
    const cookie = await supervisor()
    const answer = await post(
      scene.one,
      path,
      { oddzial: scene.world.branch.code, przebieg: 'x' },
      { cookie },
    )
    expect(answer.status).toBe(400)
  })
})
