import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import type { RoomNotice } from '../../src/contract/signalling'
import { inTransaction } from '../../src/platform/db'
import { signLink } from '../../src/platform/signed-link'
import { callIn } from '../../src/visit/call-in'
import { endVisit } from '../../src/visit/end-visit'
import { releaseVisit } from '../../src/visit/release-visit'
import type { Staff } from '../../src/staff/staff'
import { eventually } from '../support/eventually'
import { type LivePage, openPage, randomPageId, refusedWith } from '../support/live-page'
import { addStaff, signIn, startVisitServer, type VisitServer } from '../support/visit-server'
import { booked, openWorld, somebody, type World } from '../support/world'

type Page = LivePage<RoomNotice>
type Options = Parameters<typeof openPage>[2]

const turn = {
  urls: ['turn:turn.example.org:3478'],
  secret: new Secret('shared with the relay'),
  credentialSeconds: 7200,
  officerRelayOnly: true,
}
const heartbeat = 5000
const ping = 8000

let world: World
let one: VisitServer
let two: VisitServer
const pages: Page[] = []

beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'), { maxConnections: 20 })
})
afterAll(() => world.drop())
beforeEach(async () => {
  await world.reset()
  await world.query('delete from staff_session; delete from staff_topic')
  one = await startVisitServer(world, turn)
  two = await startVisitServer(world, turn)
})
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()))
  await one.close()
  await two.close()
})

const open = (server: VisitServer, path: string, options?: Options): Page => {
  const page = openPage<RoomNotice>(server, path, options)
  pages.push(page)
  return page
}

interface Meeting {
  id: string
  clientPath: string
  guardianPath: string
}

const pathOf = (purpose: 'meeting' | 'guardian' | 'cancel' | 'manage', id: string) =>
  `/spotkanie/${signLink(world.keys, purpose, id, 1)}/pokoj`

/** A visit of the 29th at 9:00; it is ten minutes before. */
async function meeting(options: { guardian?: boolean } = {}): Promise<Meeting> {
  const guardian = options.guardian ? { firstName: 'Tomasz', lastName: 'Wiśniewski' } : null
  const { id } = booked(await world.book(world.at('2026-12-29', '09:00'), { person: somebody({ guardian }) }))
  world.clock.set(world.at('2026-12-29', '08:50'))
  return { id, clientPath: pathOf('meeting', id), guardianPath: pathOf('guardian', id) }
}

const visitRow = async (id: string) => {
  const [row] = await world.query<{
    state: string
    state_reason: string | null
    waiting_since: Date | null
    officer_id: number | null
  }>('select state, state_reason, waiting_since, officer_id from visit where id = $1', [id])
  if (!row) throw new Error('The visit is gone')
  return row
}

interface Officer {
  staff: Staff
  cookie: string
  path: (visitId: string) => string
}

async function officer(server: VisitServer, options: Parameters<typeof addStaff>[1] = {}): Promise<Officer> {
  const { id, email, name } = await addStaff(world, options)
  const { branchId = world.branch.id, role = 'officer' } = options
  const topicIds = world.directory.topics.map((topic) => topic.id)
  const cookie = await signIn(server, { email })
  const staff: Staff = { id, email, name, role, branchId, topicIds }
  return { staff, cookie, path: (visitId) => `/pracownik/wizyta/${visitId}/pokoj` }
}

/** Time passes while both processes go on counting their heartbeats. */
async function later(by: { minutes: number }): Promise<void> {
  world.clock.advance(by)
  await world.query('update server_process set seen_at = $1', [world.clock.now()])
}

async function beat(...servers: VisitServer[]): Promise<void> {
  for (const server of servers) server.tick(heartbeat)
  await eventually(async () => {
    const seen = await world.query('select id from server_process where seen_at = $1', [world.clock.now()])
    expect(seen).toHaveLength(servers.length)
  })
}

const parts = () => ({ now: world.clock.now(), bus: world.bus, keys: world.keys })

/** Client on one process, officer on the other, both in the call. */
async function call(options: { guardian?: boolean } = {}) {
  const visit = await meeting(options)
  const client = open(one, visit.clientPath)
  await client.next('welcome')
  const ewa = await officer(two)
  expect(await callIn(world.db, { visitId: visit.id, staff: ewa.staff, ...parts() })).toEqual({ ok: true })
  const desk = open(two, ewa.path(visit.id), { cookie: ewa.cookie })
  await desk.next('welcome')
  await client.next('room', ({ room }) => room.state === 'in_progress')
  client.send({ type: 'enter' })
  desk.send({ type: 'enter' })
  const bothReady = ({ present }: { present: readonly { ready: boolean }[] }) =>
    present.filter(({ ready }) => ready).length === 2
  await client.next('present', bothReady)
  await desk.next('present', bothReady)
  return { visit, client, desk, ewa }
}

describe('coming to a visit', () => {
  test('makes it a waiting one and shows the client who they are', async () => {
    const { id, clientPath } = await meeting()
    const client = open(one, clientPath)
    const welcome = await client.next('welcome')
    expect(welcome).toMatchObject({
      you: 'client',
      now: world.clock.now().toISOString(),
      relayOnly: false,
      present: [{ pageId: client.pageId, participant: 'client', ready: false }],
      room: { state: 'waiting', officerName: null, waitingSince: world.clock.now().toISOString() },
    })
    expect(await visitRow(id)).toMatchObject({ state: 'waiting', waiting_since: world.clock.now() })
  })

  test('again keeps the place in the row, however often the page is loaded anew', async () => {
    const { id, clientPath } = await meeting()
    const cameAt = world.clock.now()
    const first = open(one, clientPath)
    await first.next('welcome')
    await later({ minutes: 4 })
    const reloaded = open(two, clientPath, { tab: first.tabId })
    expect((await reloaded.next('welcome')).room.waitingSince).toBe(cameAt.toISOString())
    expect(await visitRow(id)).toMatchObject({ state: 'waiting', waiting_since: cameAt })
    expect(await first.closed).toBe(1000)
  })

  test('too early changes nothing and opens no place', async () => {
    const { id, clientPath } = await meeting()
    world.clock.set(world.at('2026-12-29', '08:44'))
    const welcome = await open(one, clientPath).next('welcome')
    expect(welcome.present).toEqual([])
    expect(welcome.iceServers).toEqual([])
    expect(await visitRow(id)).toMatchObject({ state: 'booked', waiting_since: null })
  })

  test('after its end tells how it ended', async () => {
    const { id, clientPath } = await meeting()
    await world.query(`update visit set state = 'missed', state_reason = 'client' where id = $1`, [id])
    const welcome = await open(one, clientPath).next('welcome')
    expect(welcome.room).toMatchObject({ state: 'missed', reason: 'client' })
    expect(welcome.present).toEqual([])
  })

  test('gives credentials of the relay that run out', async () => {
    const { clientPath } = await meeting()
    const { iceServers } = await open(one, clientPath).next('welcome')
    const expires = world.clock.now().getTime() / 1000 + turn.credentialSeconds
    expect(iceServers).toMatchObject([{ urls: turn.urls }])
    expect(iceServers[0]?.username).toMatch(new RegExp(`^${expires}:`))
    expect(JSON.stringify(iceServers)).not.toContain('shared with the relay')
  })
})

describe('a person is in the room once', () => {
  test('another tab or device is told, and the first keeps the place', async () => {
    const { clientPath } = await meeting()
    const first = open(one, clientPath)
    await first.next('welcome')
    const second = open(two, clientPath)
    await second.next('elsewhere')
    expect(await second.closed).toBe(1000)
    first.send({ type: 'ping' })
    await first.next('pong')
  })

  test('who asks for it moves the call here, and the other page says so', async () => {
    const { clientPath } = await meeting()
    const first = open(one, clientPath)
    await first.next('welcome')
    const second = open(two, clientPath, { take: true })
    const { present } = await second.next('welcome')
    expect(present).toEqual([{ pageId: second.pageId, participant: 'client', ready: false }])
    await first.next('replaced')
    expect(await first.closed).toBe(1000)
  })

  test('a page that lost its connection comes back without a word about another tab', async () => {
    const { clientPath } = await meeting()
    const [page, tab] = [randomPageId(), randomPageId()]
    const lost = open(one, clientPath, { page, tab })
    await lost.next('welcome')
    const back = open(one, clientPath, { page, tab })
    await back.next('welcome')
    expect(await lost.closed).toBe(1000)
    expect(lost.notices.some(({ type }) => type === 'replaced')).toBe(false)
  })

  test('of many tabs that come at once exactly one gets in', async () => {
    const { id, clientPath } = await meeting()
    const tabs = Array.from({ length: 12 }, (_, n) => open(n % 2 ? one : two, clientPath))
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
    expect(await world.query('select page_id from presence where visit_id = $1', [id])).toHaveLength(1)
  })
})

describe('the call', () => {
  test('passes negotiation both ways between two processes, in order, large and small', async () => {
    const { client, desk } = await call()
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

    desk.send({ type: 'peer', to: client.pageId, message: { media: { microphone: true, camera: false } } })
    expect(await client.next('peer')).toMatchObject({
      from: desk.pageId,
      participant: 'officer',
      message: { media: { microphone: true, camera: false } },
    })
  })

  test('exchanges nothing before the client has accepted the invitation', async () => {
    const visit = await meeting()
    const client = open(one, visit.clientPath)
    await client.next('welcome')
    const ewa = await officer(one)
    await callIn(world.db, { visitId: visit.id, staff: ewa.staff, ...parts() })
    const desk = open(one, ewa.path(visit.id), { cookie: ewa.cookie })
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
    const { clientPath } = await meeting()
    const client = open(one, clientPath)
    await client.next('welcome')
    client.send({ type: 'enter' })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
  })

  test('reaches no page of another visit', async () => {
    const first = await call()
    const other = booked(await world.book(world.at('2026-12-29', '09:25')))
    world.clock.set(world.at('2026-12-29', '09:15'))
    const stranger = open(two, pathOf('meeting', other.id))
    await stranger.next('welcome')
    first.client.send({ type: 'peer', to: stranger.pageId, message: { candidate: null } })
    expect(await first.client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    stranger.send({ type: 'peer', to: first.client.pageId, message: { candidate: null } })
    expect(await stranger.next('refused')).toMatchObject({ reason: 'not_allowed' })
  })

  test('takes the guardian in, who sees and is seen', async () => {
    const { visit, client, desk } = await call({ guardian: true })
    const guardian = open(one, visit.guardianPath)
    expect(await guardian.next('welcome')).toMatchObject({ you: 'guardian' })
    guardian.send({ type: 'enter' })
    for (const page of [client, desk, guardian])
      await page.next('present', ({ present }) => present.filter(({ ready }) => ready).length === 3)
    guardian.send({ type: 'peer', to: desk.pageId, message: { candidate: null } })
    expect(await desk.next('peer')).toMatchObject({ from: guardian.pageId, participant: 'guardian' })
  })

  test('goes on when the client hangs up and comes back', async () => {
    const { visit, client, desk } = await call()
    client.send({ type: 'leave' })
    await desk.next('present', ({ present }) =>
      present.some((page) => page.participant === 'client' && !page.ready),
    )
    client.send({ type: 'enter' })
    await desk.next('present', ({ present }) => present.every(({ ready }) => ready))
    expect(await visitRow(visit.id)).toMatchObject({ state: 'in_progress' })
  })

  test('is not ended by the officer closing the page', async () => {
    const { visit, client, desk, ewa } = await call()
    await desk.close()
    await client.next('present', ({ present }) =>
      present.every(({ participant }) => participant === 'client'),
    )
    expect(await visitRow(visit.id)).toMatchObject({ state: 'in_progress', officer_id: ewa.staff.id })
    const back = open(one, ewa.path(visit.id), { cookie: ewa.cookie })
    expect((await back.next('welcome')).present).toHaveLength(2)
  })

  test('tells everybody at once how the officer ended it, and the words beside it', async () => {
    const { visit, client, desk, ewa } = await call()
    await endVisit(world.db, {
      ...parts(),
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
    const { visit, client, desk, ewa } = await call()
    const cameAt = (await visitRow(visit.id)).waiting_since
    await later({ minutes: 3 })
    await releaseVisit(world.db, { ...parts(), visitId: visit.id, staff: ewa.staff })
    await client.next('room', ({ room }) => room.state === 'waiting' && room.officerName === null)
    await client.next(
      'present',
      ({ present }) => present.length === 1 && present.every(({ ready }) => !ready),
    )
    expect(await visitRow(visit.id)).toMatchObject({
      state: 'waiting',
      waiting_since: cameAt,
      officer_id: null,
    })
    desk.send({ type: 'peer', to: client.pageId, message: { candidate: null } })
    expect(await desk.next('refused')).toMatchObject({ reason: 'not_allowed' })

    const jan = await officer(one, { name: 'Jan Lis' })
    await callIn(world.db, { visitId: visit.id, staff: jan.staff, ...parts() })
    const next = open(one, jan.path(visit.id), { cookie: jan.cookie })
    expect((await next.next('welcome')).present.map(({ participant }) => participant)).toEqual([
      'client',
      'officer',
    ])
  })
})

describe('nobody else gets in', () => {
  test('a link that is forged, of another purpose, or revoked opens no socket', async () => {
    const { id, clientPath } = await meeting()
    const forged = clientPath.replace(/.(?=\/pokoj)/, (sign) => (sign === 'A' ? 'B' : 'A'))
    for (const path of [forged, pathOf('cancel', id), pathOf('manage', id), '/spotkanie/x/pokoj'])
      expect(await refusedWith(open(one, path))).toBe(404)
    await world.query('update visit set link_version = 2 where id = $1', [id])
    expect(await refusedWith(open(one, clientPath))).toBe(404)
    expect((await visitRow(id)).state).toBe('booked')
  })

  test('a guardian whom the client did not name stays outside', async () => {
    const { guardianPath } = await meeting()
    expect(await refusedWith(open(one, guardianPath))).toBe(404)
  })

  test('a guardian alone does not make the visit a waiting one', async () => {
    const { id, guardianPath } = await meeting({ guardian: true })
    await open(one, guardianPath).next('welcome')
    expect((await visitRow(id)).state).toBe('booked')
  })

  test('a page of another site opens no socket', async () => {
    const { clientPath } = await meeting()
    const headers = { origin: 'https://evil.example' }
    expect(await refusedWith(open(one, clientPath, { client: { headers } }))).toBe(403)
  })

  test('the desk is closed without a session, and to officers of another branch', async () => {
    const { id } = await meeting()
    const path = `/pracownik/wizyta/${id}/pokoj`
    expect(await refusedWith(open(one, path))).toBe(403)
    expect(await refusedWith(open(one, path, { cookie: 'staff=made-up' }))).toBe(403)
    const elsewhere = world.directory.branches.find((branch) => branch.id !== world.branch.id)
    const anna = await officer(one, { branchId: elsewhere?.id ?? null })
    expect(await refusedWith(open(one, path, { cookie: anna.cookie }))).toBe(403)
    const inspector = await officer(one, { role: 'inspector', branchId: null })
    expect(await refusedWith(open(one, path, { cookie: inspector.cookie }))).toBe(403)
  })

  test('a colleague of the officer sees how the visit stands, but is not in the room', async () => {
    const { visit, client } = await call()
    const jan = await officer(one, { name: 'Jan Lis' })
    const watching = open(one, jan.path(visit.id), { cookie: jan.cookie })
    const welcome = await watching.next('welcome')
    expect(welcome.room.state).toBe('in_progress')
    expect(welcome.present.map(({ pageId }) => pageId)).not.toContain(watching.pageId)
    expect(welcome.iceServers).toEqual([])
    watching.send({ type: 'enter' })
    expect(await watching.next('refused')).toMatchObject({ reason: 'not_allowed' })
    watching.send({ type: 'peer', to: client.pageId, message: { candidate: null } })
    await watching.next('refused')
    expect(client.notices.filter(({ type }) => type === 'peer')).toEqual([])
  })

  test('an officer is connected through the relay only, where the institution says so', async () => {
    const { desk } = await call()
    expect(desk.notices[0]).toMatchObject({ type: 'welcome', you: 'officer', relayOnly: true })
  })

  test('signing out closes the officer’s socket', async () => {
    const { desk, ewa } = await call()
    await world.query('delete from staff_session where staff_id = $1', [ewa.staff.id])
    await inTransaction(world.db, (tx) => world.bus.publish(tx, { topic: `staff:${ewa.staff.id}`, body: {} }))
    expect(await desk.closed).toBe(4401)
  })
})

describe('a page that does not behave', () => {
  const welcomed = async () => {
    const { clientPath } = await meeting()
    const client = open(one, clientPath)
    await client.next('welcome')
    return client
  }

  test.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['an unknown type', '{"type":"become_officer"}'],
    ['a role of its own choice', '{"type":"enter","participant":"officer"}'],
    ['a field too many', '{"type":"peer","to":"abcdefgh","message":{"candidate":null,"run":"x"}}'],
    ['a page that cannot be', '{"type":"peer","to":"../../etc","message":{"candidate":null}}'],
    ['prototype tricks', '{"__proto__":{"type":"enter"}}'],
  ])('with %s is told and put out', async (_what, text) => {
    const client = await welcomed()
    client.sendRaw(text)
    expect(await client.next('refused')).toMatchObject({ reason: 'bad_message' })
    expect(await client.closed).toBe(1008)
  })

  test('with bytes instead of text is put out', async () => {
    const client = await welcomed()
    client.sendRaw(Buffer.from('{"type":"ping"}'), { binary: true })
    expect(await client.closed).toBe(1008)
  })

  test('with a message beyond 64 kB is put out', async () => {
    const client = await welcomed()
    client.sendRaw(JSON.stringify({ type: 'ping', padding: 'x'.repeat(70_000) }))
    expect(await client.closed).toBe(1009)
  })

  test('that floods the room is put out after a burst', async () => {
    const client = await welcomed()
    for (let n = 0; n < 260; n++) client.send({ type: 'ping' })
    expect(await client.next('refused')).toMatchObject({ reason: 'too_many_messages' })
    expect(await client.closed).toBe(1008)
    expect(client.notices.filter(({ type }) => type === 'pong').length).toBeLessThanOrEqual(200)
  })

  test('with ids that are no ids opens no socket', async () => {
    const { clientPath } = await meeting()
    expect(await refusedWith(open(one, clientPath, { page: 'x' }))).toBe(400)
    expect(await refusedWith(open(one, clientPath, { tab: 'y'.repeat(40) }))).toBe(400)
  })

  test('cannot fill a room with sockets', async () => {
    const { id, clientPath } = await meeting()
    await world.query(`update visit set state = 'cancelled', state_reason = 'client' where id = $1`, [id])
    const many = Array.from({ length: 30 }, () => open(one, clientPath))
    const codes = await Promise.all(
      many.map((page) =>
        Promise.race([page.next('welcome').then(() => 0), page.closed]).catch(() => page.closed),
      ),
    )
    expect(codes.filter((code) => code === 0)).toHaveLength(24)
    expect(codes.filter((code) => code === 1008)).toHaveLength(6)
  })
})

describe('what dies', () => {
  const clientIsGone = ({ present }: { present: readonly { participant: string }[] }) =>
    present.every(({ participant }) => participant !== 'client')

  test('a socket that answers no ping is closed, and the others know', async () => {
    const visit = await meeting({ guardian: true })
    const mute = open(one, visit.clientPath, { client: { autoPong: false, headers: { origin: one.url } } })
    await mute.next('welcome')
    const guardian = open(two, visit.guardianPath)
    await guardian.next('welcome')
    one.tick(ping)
    one.tick(ping)
    await guardian.next('present', clientIsGone)
    expect(await mute.closed).toBe(1006)
  })

  test('a socket that answers stays', async () => {
    const { clientPath } = await meeting()
    const client = open(one, clientPath)
    await client.next('welcome')
    for (let n = 0; n < 4; n++) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
      one.tick(ping)
      await pinged
      // The answer to this message comes after the one to the ping
      client.send({ type: 'ping' })
      await client.next('pong')
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  test('a process that stops counting its heartbeat takes its people with it', async () => {
    const visit = await meeting({ guardian: true })
    const client = open(two, visit.clientPath)
    await client.next('welcome')
    const guardian = open(one, visit.guardianPath)
    await guardian.next('welcome')
    world.clock.advance({ seconds: 10 })
    await beat(one)
    world.clock.advance({ seconds: 6 })
    await beat(one)
    await guardian.next('present', clientIsGone)
    expect(await world.query('select id from server_process')).toHaveLength(1)

    two.tick(heartbeat)
    expect(await client.closed).toBe(1012)
  })

  test('an orderly stop leaves nobody behind and lets the pages go elsewhere', async () => {
    const visit = await meeting({ guardian: true })
    const three = await startVisitServer(world)
    const client = open(three, visit.clientPath)
    await client.next('welcome')
    const guardian = open(one, visit.guardianPath)
    await guardian.next('welcome')
    await three.close()
    await guardian.next('present', clientIsGone)
    expect([1005, 1006, 1012]).toContain(await client.closed)
    const again = open(one, visit.clientPath, { tab: client.tabId })
    expect((await again.next('welcome')).room.state).toBe('waiting')
    expect(await world.query('select id from server_process')).toHaveLength(2)
  })

  test('a broken line to the database is made up for: nobody misses the end', async () => {
    const { visit, client } = await call()
    await world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'e-wizyta bus' and datname = current_database()`,
    )
    await world.query(`update visit set state = 'completed' where id = $1`, [visit.id])
    await client.next('room', ({ room }) => room.state === 'completed')
  })
})
