import { describe, expect, test } from 'vitest'
import { closeOverdueVisits } from '../../src/visit/close-overdue-visits'
import { eventually } from '../support/eventually'
import { visitScene } from '../support/visit-scene'
import { addStaff, signIn } from '../support/visit-server'

const scene = visitScene()
const kindsOf = async (id: string) =>
  (
    await scene.world.query<{ kind: string }>(
      `select kind from message where visit_id = $1 and state = 'queued'`,
      [id],
    )
  ).map(({ kind }) => kind)

describe('a visit that did not take place', () => {
  const marking = async (time: string) => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at(time))
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    return { id, mark: (by: string) => scene.ask(scene.one, cookie, id, '/nieobecnosc', { by }) }
  }

  test.each(['client', 'institution'])('by the %s is marked, and the client is told', async (by) => {
    const { id, mark } = await marking('09:10')
    expect(await mark(by)).toMatchObject({ ok: true })
    expect(await scene.visitRow(id)).toMatchObject({ state: 'missed', state_reason: by })
    expect(await kindsOf(id)).toEqual(['missed'])
    expect(await mark(by)).toMatchObject({ status: 409, reason: 'changed' })
  })

  test('is not marked before its time, nor for a reason that is none', async () => {
    const { id, mark } = await marking('08:59')
    expect(await mark('client')).toMatchObject({ status: 409, reason: 'not_begun' })
    expect((await mark('somebody')).status).toBe(400)
    expect((await scene.visitRow(id)).state).toBe('booked')
  })

  test('is never the fault of a client who is in the waiting room', async () => {
    const { id } = await scene.waitingVisit()
    scene.world.clock.set(scene.at('09:05'))
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    await scene.heartbeatsCounted()
    expect(await scene.ask(scene.one, cookie, id, '/nieobecnosc', { by: 'client' })).toMatchObject({
      status: 409,
      reason: 'client_is_here',
    })
    expect(await scene.ask(scene.one, cookie, id, '/nieobecnosc', { by: 'institution' })).toMatchObject({
      ok: true,
    })
  })
})

describe('visits that nobody closed', () => {
  const close = () => closeOverdueVisits(scene.world.db, scene.parts())
  const standing = async (id: string) => {
    const { state, state_reason } = await scene.visitRow(id)
    return [state, state_reason]
  }

  test('booked ones are missed by the client once their time is over', async () => {
    const { id } = await scene.bookAt('09:00')
    scene.world.clock.set(scene.at('09:19'))
    expect(await close()).toBe(0)
    scene.world.clock.set(scene.at('09:20'))
    expect(await close()).toBe(1)
    expect(await standing(id)).toEqual(['missed', 'client'])
    expect(await kindsOf(id)).toEqual(['missed'])
    expect(await close()).toBe(0)
  })

  test('waiting ones are missed by us half an hour later', async () => {
    const { id, page } = await scene.waitingVisit()
    scene.world.clock.set(scene.at('09:49'))
    expect(await close()).toBe(0)
    scene.world.clock.set(scene.at('09:50'))
    expect(await close()).toBe(1)
    expect(await standing(id)).toEqual(['missed', 'institution'])
    await page.next('room', ({ room }) => room.state === 'missed')
  })

  test('calls are ended an hour after their time, but only when everybody has left', async () => {
    const { id, page } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    await scene.ask(scene.one, cookie, id, '/zapros')
    scene.world.clock.set(scene.at('10:20'))
    await scene.heartbeatsCounted()
    expect(await close()).toBe(0)
    const list = scene.live(await signIn(scene.one, await addStaff(scene.world)))
    await list.next('day')
    await page.close()
    await list.next('visit', ({ visit }) => !visit.clientPresent)
    expect(await close()).toBe(1)
    expect(await standing(id)).toEqual(['ended_early', 'time_over'])
    expect(await kindsOf(id)).toEqual(['ended'])
  })

  test('a call that was given five minutes more has them here, too', async () => {
    const { id, page } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    await scene.ask(scene.one, cookie, id, '/zapros')
    expect(await scene.ask(scene.one, cookie, id, '/przedluz')).toMatchObject({ ok: true })
    await page.close()
    await eventually(async () => expect(await scene.world.query('select 1 from presence')).toEqual([]))
    scene.world.clock.set(scene.at('10:24'))
    expect(await close()).toBe(0)
    scene.world.clock.set(scene.at('10:25'))
    expect(await close()).toBe(1)
    expect(await standing(id)).toEqual(['ended_early', 'time_over'])
  })

  test('whom an officer called and nobody answered: given back, it is the client who missed it', async () => {
    const { id, page } = await scene.waitingVisit()
    const cookie = await signIn(scene.one, await addStaff(scene.world))
    await scene.ask(scene.one, cookie, id, '/zapros')
    await page.close()
    await eventually(async () => expect(await scene.world.query('select 1 from presence')).toEqual([]))
    scene.world.clock.set(scene.at('09:05'))
    expect(await scene.ask(scene.one, cookie, id, '/nieobecnosc', { by: 'client' })).toMatchObject({
      status: 409,
      reason: 'changed',
    })
    expect(await scene.ask(scene.one, cookie, id, '/oddaj')).toMatchObject({ ok: true })
    expect(await scene.ask(scene.one, cookie, id, '/nieobecnosc', { by: 'client' })).toMatchObject({
      ok: true,
    })
    expect(await standing(id)).toEqual(['missed', 'client'])
    expect(await kindsOf(id)).toEqual(['missed'])
  })

  test('one that cannot be closed holds up no other', async () => {
    const [broken, fine] = [await scene.bookAt('09:00'), await scene.bookAt('09:25')]
    await scene.world.query(`update visit set client = '\\x00' where id = $1`, [broken.id])
    scene.world.clock.set(scene.at('12:00'))
    await expect(close()).rejects.toThrow('Some overdue visits were not closed')
    expect(await standing(broken.id)).toEqual(['booked', null])
    expect(await standing(fine.id)).toEqual(['missed', 'client'])
  })
})
