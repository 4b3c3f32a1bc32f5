import { describe, expect, test } from 'vitest'
import { readClosingNote, readStaffNote } from '../../src/visit/visit-notes'
import { signLink } from '../../src/platform/signed-link'
import { visitDay as day, visitScene } from '../support/visit-scene'
import { addStaff, get, post, signIn } from '../support/visit-server'

const scene = visitScene()
const deskAddress = (id: string, act = '') => `/pracownik/wizyta/${id}${act}`

describe('calling in', () => {
  test('leads to the page of the call; of two officers one is told who was faster', async () => {
    const { id } = await scene.waitingVisit()
    const people = [
      await addStaff(scene.world, { name: 'Ewa Maj' }),
      await addStaff(scene.world, { name: 'Jan Lis' }),
    ]
    const answers = await Promise.all(
      people.map(async (person, n) => {
        const server = n ? scene.one : scene.two
        return scene.ask(server, await signIn(server, person), id, '/zapros')
      }),
    )
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(answers[winner]).toMatchObject({ ok: true, to: deskAddress(id) })
    expect(answers[1 - winner]).toMatchObject({
      status: 409,
      reason: 'taken',
      message: `Tę osobę obsługuje już: ${people[winner]?.name ?? ''}`,
    })
    expect((await scene.visitRow(id)).officer_id).toBe(people[winner]?.id)
  })

  test('pressed twice is one call', async () => {
    const { id } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    const answers = await Promise.all([
      scene.ask(scene.one, cookie, id, '/zapros'),
      scene.ask(scene.two, cookie, id, '/zapros'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
  })

  test('without script leads on, and says on the page why not', async () => {
    const { id } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    expect(await post(scene.one, deskAddress(id, '/zapros'), {}, { cookie })).toMatchObject({
      status: 303,
      location: deskAddress(id),
    })
    const other = await signIn(scene.one, await addStaff(scene.world, { name: 'Jan Lis' }))
    const refused = await post(scene.one, deskAddress(id, '/zapros'), {}, { cookie: other })
    expect(refused.status).toBe(409)
    expect(refused.body).toContain('Tę osobę obsługuje już: Ewa Maj')
  })

  test('one officer conducts one visit, even when two tabs call in at once', async () => {
    const [first, second] = [await scene.waitingVisit('09:00'), await scene.waitingVisit('09:25')]
    const person = await addStaff(scene.world)
    const cookie = await signIn(scene.one, person)
    const answers = await Promise.all([
      scene.ask(scene.one, cookie, first.id, '/zapros'),
      scene.ask(scene.two, cookie, second.id, '/zapros'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ reason: 'busy' })
    expect(await scene.world.query(`select id from visit where state = 'in_progress'`)).toHaveLength(1)
  })

  test('is for officers who serve the topic', async () => {
    const { id } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world, { topics: ['pensions'] }))
    expect(await scene.ask(scene.one, cookie, id, '/zapros')).toMatchObject({
      status: 403,
      reason: 'other_topic',
    })
    expect((await get(scene.one, deskAddress(id), cookie)).body).not.toContain('formularz-zapros')
  })

  test('needs a client who has come', async () => {
    const { id } = await scene.bookAt('09:00')
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    expect(await scene.ask(scene.one, cookie, id, '/zapros')).toMatchObject({
      status: 409,
      reason: 'not_waiting',
    })
    expect((await scene.visitRow(id)).state).toBe('booked')
  })
})

describe('a visit of another branch', () => {
  test('is not even known, whatever is tried', async () => {
    const { id } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world, { branchId: scene.elsewhere().id }))
    expect((await get(scene.one, deskAddress(id), cookie)).status).toBe(404)
    for (const act of ['/zapros', '/oddaj', '/zakoncz', '/notatka', '/nieobecnosc'])
      expect(await scene.ask(scene.one, cookie, id, act, { powod: 'settled', by: 'client' })).toMatchObject({
        status: 404,
        reason: 'unknown',
      })
    const unknown = await get(scene.one, deskAddress('01890000-0000-7000-8000-000000000000'), cookie)
    expect(unknown.status).toBe(404)
    expect((await get(scene.one, deskAddress('x'), cookie)).status).toBe(404)
    expect((await scene.visitRow(id)).state).toBe('waiting')
  })
})

describe('a visit in progress', () => {
  const called = async () => {
    const visit = await scene.waitingVisit()
    const ewa = await addStaff(scene.world)
    const cookie = await signIn(scene.one, ewa)
    await scene.ask(scene.one, cookie, visit.id, '/zapros')
    return { ...visit, ewa, cookie }
  }

  test('has a page with the client’s data, consents and the forms', async () => {
    const { id, cookie, number } = await called()
    const { status, body } = await get(scene.one, deskAddress(id), cookie)
    expect(status).toBe(200)
    for (const part of ['Halina Żółć-Wiśniewska', number, '@example.org', 'dane i nagranie', 'bez opiekuna'])
      expect(body).toContain(part)
    for (const form of ['formularz-zakoncz', 'formularz-oddaj', 'formularz-notatka'])
      expect(body).toContain(form)
    expect(body).toContain('"mine":true')
    expect(body).not.toContain('Kraj ubezpieczenia')
  })

  test('names the country that led the client here', async () => {
    const { id, cookie } = await called()
    await scene.world.query(`update visit set country = 'DE' where id = $1`, [id])
    const { body } = await get(scene.one, deskAddress(id), cookie)
    expect(body).toContain('<dt>Kraj ubezpieczenia</dt><dd>Niemcy</dd>')
  })

  test('is completed with words that only the client’s page and the desk can read', async () => {
    const { id, cookie } = await called()
    const note = 'Wniosek EMP do 15 stycznia.'
    expect(
      await scene.ask(scene.one, cookie, id, '/zakoncz', { powod: 'settled', wyjasnienie: note }),
    ).toMatchObject({
      ok: true,
      to: `/pracownik/dzien?oddzial=WAW3&dzien=${day}`,
    })
    const visit = await scene.visitRow(id)
    expect(visit).toMatchObject({ state: 'completed', state_reason: null, ended_at: scene.now() })
    expect(visit.closing_note?.toString('latin1')).not.toContain('EMP')
    expect(readClosingNote(scene.world.keys, visit).words).toBe(note)
    const page = await get(scene.one, `/spotkanie/${signLink(scene.world.keys, 'meeting', id, 1)}`)
    expect(page.body).toContain(note)
    expect(page.body).toContain('Wizyta zakończona')
  })

  test.each([
    [{}, 'powod', 'Wybierz, jak kończy się wizyta'],
    [{ powod: 'because' }, 'powod', 'Wybierz, jak kończy się wizyta'],
    [{ powod: 'other', wyjasnienie: '   ' }, 'wyjasnienie', 'Wpisz wyjaśnienie'],
    [{ powod: 'noise', wyjasnienie: 'x'.repeat(1001) }, 'wyjasnienie', 'Skróć wyjaśnienie do'],
    [{ powod: 'wrong_topic' }, 'temat', 'Wybierz właściwy temat'],
    [{ powod: 'wrong_topic', temat: 'poetry' }, 'temat', 'Wybierz właściwy temat'],
  ])('does not end without what is needed (%#)', async (fields, field, words) => {
    const { id, cookie } = await called()
    const answer = await scene.ask(scene.one, cookie, id, '/zakoncz', fields)
    expect(answer).toMatchObject({ status: 400, ok: false, field })
    expect(answer.message).toContain(words)
    const page = await post(scene.one, deskAddress(id, '/zakoncz'), fields, { cookie })
    expect(page.status).toBe(400)
    expect(page.body).toContain(words)
    expect((await scene.visitRow(id)).state).toBe('in_progress')
  })

  test('ended for a wrong topic leads the client to the right one', async () => {
    const { id, cookie } = await called()
    await scene.ask(scene.one, cookie, id, '/zakoncz', { powod: 'wrong_topic', temat: 'pensions' })
    const page = await get(scene.one, `/en/spotkanie/${signLink(scene.world.keys, 'meeting', id, 1)}`)
    expect(page.body).toContain(scene.world.topic('pensions').texts.en.name)
    expect(page.body).toContain('/en/kod?temat=pensions')
  })

  test('goes back to the list with its place, and its officer is free again', async () => {
    const { id, cookie } = await called()
    const { waiting_since: cameAt } = await scene.visitRow(id)
    expect(await scene.ask(scene.one, cookie, id, '/oddaj')).toMatchObject({ ok: true })
    expect(await scene.visitRow(id)).toMatchObject({
      state: 'waiting',
      waiting_since: cameAt,
      officer_id: null,
      started_at: null,
    })
    expect(await scene.ask(scene.one, cookie, id, '/zapros')).toMatchObject({ ok: true })
  })

  test('is not for a colleague to end, but for the supervisor of the branch', async () => {
    const { id } = await called()
    const jan = await signIn(scene.one, await addStaff(scene.world, { name: 'Jan Lis' }))
    for (const [act, fields] of [
      ['/zakoncz', { powod: 'settled' }],
      ['/oddaj', {}],
      ['/notatka', { notatka: 'x' }],
    ] as const)
      expect(await scene.ask(scene.one, jan, id, act, fields)).toMatchObject({
        status: 409,
        reason: 'other_officer',
      })
    expect(await scene.visitRow(id)).toMatchObject({ state: 'in_progress', staff_note: null })

    const supervisor = await signIn(scene.one, await addStaff(scene.world, { role: 'supervisor' }))
    expect(
      await scene.ask(scene.one, supervisor, id, '/zakoncz', { powod: 'institution_technical' }),
    ).toMatchObject({
      ok: true,
    })
  })

  test('ends once: whoever comes second is told', async () => {
    const { id, cookie } = await called()
    const answers = await Promise.all([
      scene.ask(scene.one, cookie, id, '/zakoncz', { powod: 'settled' }),
      scene.ask(scene.two, cookie, id, '/zakoncz', { powod: 'noise' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ reason: 'changed' })
  })

  test('keeps the staff’s own note sealed and from the client', async () => {
    const { id, cookie, page } = await called()
    expect(
      await scene.ask(scene.one, cookie, id, '/notatka', { notatka: '  Oddzwonić w piątek. ' }),
    ).toMatchObject({
      ok: true,
    })
    expect(readStaffNote(scene.world.keys, await scene.visitRow(id))).toBe('Oddzwonić w piątek.')
    expect((await scene.visitRow(id)).staff_note?.toString('utf8')).not.toContain('Oddzwonić')
    expect((await get(scene.one, deskAddress(id), cookie)).body).toContain('Oddzwonić w piątek.')
    await scene.ask(scene.one, cookie, id, '/zakoncz', { powod: 'settled' })
    await page.next('room', ({ room }) => room.state === 'completed')
    expect(JSON.stringify(page.notices)).not.toContain('Oddzwonić')
    const tooLong = await scene.ask(scene.one, cookie, id, '/notatka', { notatka: 'x'.repeat(1001) })
    expect(tooLong).toMatchObject({ status: 400, reason: 'staff_note_too_long' })
    expect(tooLong.message).toContain('notatkę')
  })
})
