import { describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import { callIn } from '../../src/visit/call-in'
import { endVisit } from '../../src/visit/end-visit'
import { releaseVisit } from '../../src/visit/release-visit'
import { randomPageId } from '../support/live-page'
import { visitScene } from '../support/visit-scene'
import { booked } from '../support/world'

const turn = {
  urls: ['turn:turn.example.org:3478'],
  secret: new Secret('shared with the relay'),
  credentialSeconds: 7200,
  officerRelayOnly: true,
}
const scene = visitScene(turn)

describe('coming to a visit', () => {
  test('makes it a waiting one and shows the client who they are', async () => {
    const { id, clientPath } = await scene.meeting()
    const client = scene.open(scene.one, clientPath)
    const welcome = await client.next('welcome')
    expect(welcome).toMatchObject({
      you: 'client',
      now: scene.now().toISOString(),
      relayOnly: false,
      present: [{ pageId: client.pageId, participant: 'client', ready: false }],
      room: { state: 'waiting', officerName: null, waitingSince: scene.now().toISOString() },
    })
    expect(await scene.visitRow(id)).toMatchObject({ state: 'waiting', waiting_since: scene.now() })
  })

  test('again keeps the place in the row, however often the page is loaded anew', async () => {
    const { id, clientPath } = await scene.meeting()
    const cameAt = scene.now()
    const first = scene.open(scene.one, clientPath)
    await first.next('welcome')
    await scene.later({ minutes: 4 })
    const reloaded = scene.open(scene.two, clientPath, { tab: first.tabId })
    expect((await reloaded.next('welcome')).room.waitingSince).toBe(cameAt.toISOString())
    expect(await scene.visitRow(id)).toMatchObject({ state: 'waiting', waiting_since: cameAt })
    expect(await first.closed).toBe(1000)
  })

  test('too early changes nothing and opens no place', async () => {
    const { id, clientPath } = await scene.meeting()
    scene.world.clock.set(scene.world.at('2026-12-29', '08:44'))
    const welcome = await scene.open(scene.one, clientPath).next('welcome')
    expect(welcome.present).toEqual([])
    expect(welcome.iceServers).toEqual([])
    expect(await scene.visitRow(id)).toMatchObject({ state: 'booked', waiting_since: null })
  })

  test('after its end tells how it ended', async () => {
    const { id, clientPath } = await scene.meeting()
    await scene.world.query(`update visit set state = 'missed', state_reason = 'client' where id = $1`, [id])
    const welcome = await scene.open(scene.one, clientPath).next('welcome')
    expect(welcome.room).toMatchObject({ state: 'missed', reason: 'client' })
    expect(welcome.present).toEqual([])
  })

  test('gives credentials of the relay that run out', async () => {
    const { clientPath } = await scene.meeting()
    const { iceServers } = await scene.open(scene.one, clientPath).next('welcome')
    const expires = scene.now().getTime() / 1000 + turn.credentialSeconds
    expect(iceServers).toMatchObject([{ urls: turn.urls }])
    expect(iceServers[0]?.username).toMatch(new RegExp(`^${expires}:`))
    expect(JSON.stringify(iceServers)).not.toContain('shared with the relay')
  })
})

describe('a person is in the room once', () => {
  test('another tab or device is told, and the first keeps the place', async () => {
    const { clientPath } = await scene.meeting()
    const first = scene.open(scene.one, clientPath)
    await first.next('welcome')
    const second = scene.open(scene.two, clientPath)
    await second.next('elsewhere')
    expect(await second.closed).toBe(1000)
    first.send({ type: 'ping' })
    await first.next('pong')
  })

  test('who asks for it moves the call here, and the other page says so', async () => {
    const { clientPath } = await scene.meeting()
    const first = scene.open(scene.one, clientPath)
    await first.next('welcome')
    const second = scene.open(scene.two, clientPath, { take: true })
    const { present } = await second.next('welcome')
    expect(present).toEqual([{ pageId: second.pageId, participant: 'client', ready: false }])
    await first.next('replaced')
    expect(await first.closed).toBe(1000)
  })

  test('a page that lost its connection comes back without a word about another tab', async () => {
    const { clientPath } = await scene.meeting()
    const [page, tab] = [randomPageId(), randomPageId()]
    const lost = scene.open(scene.one, clientPath, { page, tab })
    await lost.next('welcome')
    const back = scene.open(scene.one, clientPath, { page, tab })
    await back.next('welcome')
    expect(await lost.closed).toBe(1000)
    expect(lost.notices.some(({ type }) => type === 'replaced')).toBe(false)
  })

  test('of many tabs that come at once exactly one gets in', async () => {
    const { id, clientPath } = await scene.meeting()
    const tabs = Array.from({ length: 12 }, (_, n) => scene.open(n % 2 ? scene.one : scene.two, clientPath))
    const answers = await Promise.all(
      tabs.map((tab) =>
        Promise.race([
          tab.next('welcome').then(
            () => 'in',
            () => 'out',
          ),
          tab.next('elsewhere').then(
            () => 'out',
            () => 'in',
          ),
        ]),
      ),
    )
    expect(answers.filter((answer) => answer === 'in')).toHaveLength(1)
    expect(await scene.world.query('select page_id from presence where visit_id = $1', [id])).toHaveLength(1)
  })
})

describe('the call', () => {
  test('passes negotiation both ways between two processes, in order, large and small', async () => {
    const { client, desk } = await scene.call()
    const sdp = 'v=0\r\n'.padEnd(30_000, 'a=candidate ')
    client.send({ type: 'peer', to: desk.pageId, message: { description: { type: 'offer', sdp } } })
    for (let n = 0; n < 60; n++)
      client.send({ type: 'peer', to: desk.pageId, message: { candidate: { candidate: `candidate ${n}` } } })
    const got = await desk.next(
      'peer',
      ({ message }) => 'candidate' in message && message.candidate?.candidate === 'candidate 59',
    )
    expect(got).toMatchObject({ from: client.pageId, participant: 'client' })
    const received = desk.notices.filter((notice) => notice.type === 'peer').map(({ message }) => message)
    expect(received[0]).toEqual({ description: { type: 'offer', sdp } })
    expect(received.slice(1)).toEqual(
      Array.from({ length: 60 }, (_, n) => ({ candidate: { candidate: `candidate ${n}` } })),
    )

    desk.send({
      type: 'peer',
      to: client.pageId,
      message: { media: { microphone: true, camera: false, screen: null, soundOnly: false } },
    })
    expect(await client.next('peer')).toMatchObject({
      from: desk.pageId,
      participant: 'officer',
      message: { media: { microphone: true, camera: false, screen: null, soundOnly: false } },
    })
  })

  test('exchanges nothing before the client has accepted the invitation', async () => {
    const visit = await scene.meeting()
    const client = scene.open(scene.one, visit.clientPath)
    await client.next('welcome')
    const ewa = await scene.officer(scene.one)
    await callIn(scene.world.db, { visitId: visit.id, staff: ewa.staff, ...scene.parts() })
    const desk = scene.open(scene.one, ewa.path(visit.id), { cookie: ewa.cookie })
    await desk.next('welcome')
    desk.send({ type: 'enter' })
    await client.next('present', ({ present }) => present.some(({ ready }) => ready))
    desk.send({ type: 'peer', to: client.pageId, message: { description: { type: 'offer', sdp: 'v=0' } } })
    expect(await desk.next('refused')).toMatchObject({ reason: 'not_allowed' })
    client.send({ type: 'peer', to: desk.pageId, message: { description: { type: 'offer', sdp: 'v=0' } } })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    expect(client.notices.some(({ type }) => type === 'peer')).toBe(false)
  })

  test('cannot be entered while nobody has called in', async () => {
    const { clientPath } = await scene.meeting()
    const client = scene.open(scene.one, clientPath)
    await client.next('welcome')
    client.send({ type: 'enter' })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
  })

  test('reaches no page of another visit', async () => {
    const first = await scene.call()
    const other = booked(await scene.world.book(scene.world.at('2026-12-29', '09:25')))
    scene.world.clock.set(scene.world.at('2026-12-29', '09:15'))
    const stranger = scene.open(scene.two, scene.pathOf('meeting', other.id))
    await stranger.next('welcome')
    first.client.send({ type: 'peer', to: stranger.pageId, message: { candidate: null } })
    expect(await first.client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    stranger.send({ type: 'peer', to: first.client.pageId, message: { candidate: null } })
    expect(await stranger.next('refused')).toMatchObject({ reason: 'not_allowed' })
  })

  test('takes the guardian in, who sees and is seen', async () => {
    const { visit, client, desk } = await scene.call({ guardian: true })
    const guardian = scene.open(scene.one, visit.guardianPath)
    expect(await guardian.next('welcome')).toMatchObject({ you: 'guardian' })
    guardian.send({ type: 'enter' })
    for (const page of [client, desk, guardian])
      await page.next('present', ({ present }) => present.filter(({ ready }) => ready).length === 3)
    guardian.send({ type: 'peer', to: desk.pageId, message: { candidate: null } })
    expect(await desk.next('peer')).toMatchObject({ from: guardian.pageId, participant: 'guardian' })
  })

  test('goes on when the client hangs up and comes back', async () => {
    const { visit, client, desk } = await scene.call()
    client.send({ type: 'leave' })
    await desk.next('present', ({ present }) =>
      present.some((page) => page.participant === 'client' && !page.ready),
    )
    client.send({ type: 'enter' })
    await desk.next('present', ({ present }) => present.every(({ ready }) => ready))
    expect(await scene.visitRow(visit.id)).toMatchObject({ state: 'in_progress' })
  })

  test('is not ended by the officer closing the page', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    await desk.close()
    await client.next('present', ({ present }) =>
      present.every(({ participant }) => participant === 'client'),
    )
    expect(await scene.visitRow(visit.id)).toMatchObject({ state: 'in_progress', officer_id: ewa.staff.id })
    const back = scene.open(scene.one, ewa.path(visit.id), { cookie: ewa.cookie })
    expect((await back.next('welcome')).present).toHaveLength(2)
  })

  test('tells everybody at once how the officer ended it, and the words beside it', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    await endVisit(scene.world.db, {
      ...scene.parts(),
      visitId: visit.id,
      staff: ewa.staff,
      how: 'noise',
      note: 'Proszę umówić się ponownie.',
      topicId: null,
    })
    for (const page of [client, desk])
      expect((await page.next('room', ({ room }) => room.state === 'ended_early')).room).toMatchObject({
        reason: 'noise',
        closingNote: 'Proszę umówić się ponownie.',
      })
    client.send({ type: 'peer', to: desk.pageId, message: { candidate: null } })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
  })

  test('given back to the list leaves the client in the old place, and the next officer comes in', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    const cameAt = (await scene.visitRow(visit.id)).waiting_since
    await scene.later({ minutes: 3 })
    await releaseVisit(scene.world.db, { ...scene.parts(), visitId: visit.id, staff: ewa.staff })
    await client.next('room', ({ room }) => room.state === 'waiting' && room.officerName === null)
    await client.next(
      'present',
      ({ present }) => present.length === 1 && present.every(({ ready }) => !ready),
    )
    expect(await scene.visitRow(visit.id)).toMatchObject({
      state: 'waiting',
      waiting_since: cameAt,
      officer_id: null,
    })
    await desk.next('room', ({ room }) => room.state === 'waiting')
    desk.send({ type: 'peer', to: client.pageId, message: { candidate: null } })
    expect(await desk.next('refused')).toMatchObject({ reason: 'not_allowed' })

    const jan = await scene.officer(scene.one, { name: 'Jan Lis' })
    await callIn(scene.world.db, { visitId: visit.id, staff: jan.staff, ...scene.parts() })
    const next = scene.open(scene.one, jan.path(visit.id), { cookie: jan.cookie })
    expect((await next.next('welcome')).present.map(({ participant }) => participant)).toEqual([
      'client',
      'officer',
    ])
  })
})
