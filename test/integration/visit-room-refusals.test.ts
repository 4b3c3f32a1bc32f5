import { describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import { inTransaction } from '../../src/platform/db'
import { refusedWith } from '../support/live-page'
import { visitScene } from '../support/visit-scene'

const turn = {
  urls: ['turn:turn.example.org:3478'],
  secret: new Secret('shared with the relay'),
  credentialSeconds: 7200,
  officerRelayOnly: true,
}
const scene = visitScene(turn)

describe('nobody else gets in', () => {
  test('a link that is forged, of another purpose, or revoked opens no socket', async () => {
    const { id, clientPath } = await scene.meeting()
    const forged = clientPath.replace(/.(?=.{8}\/pokoj)/, (sign) => (sign === 'A' ? 'B' : 'A'))
    for (const path of [forged, scene.pathOf('cancel', id), scene.pathOf('manage', id), '/spotkanie/x/pokoj'])
      expect(await refusedWith(scene.open(scene.one, path))).toBe(404)
    await scene.world.query('update visit set link_version = 2 where id = $1', [id])
    expect(await refusedWith(scene.open(scene.one, clientPath))).toBe(404)
    expect((await scene.visitRow(id)).state).toBe('booked')
  })

  test('a guardian whom the client did not name stays outside', async () => {
    const { guardianPath } = await scene.meeting()
    expect(await refusedWith(scene.open(scene.one, guardianPath))).toBe(404)
  })

  test('a guardian alone does not make the visit a waiting one', async () => {
    const { id, guardianPath } = await scene.meeting({ guardian: true })
    await scene.open(scene.one, guardianPath).next('welcome')
    expect((await scene.visitRow(id)).state).toBe('booked')
  })

  test('a page of another site opens no socket', async () => {
    const { clientPath } = await scene.meeting()
    const headers = { origin: 'https://evil.example' }
    expect(await refusedWith(scene.open(scene.one, clientPath, { client: { headers } }))).toBe(403)
  })

  test('the desk is closed without a session, and to officers of another branch', async () => {
    const { id } = await scene.meeting()
    const path = `/pracownik/wizyta/${id}/pokoj`
    expect(await refusedWith(scene.open(scene.one, path))).toBe(403)
    expect(await refusedWith(scene.open(scene.one, path, { cookie: 'staff=made-up' }))).toBe(403)
    const elsewhere = scene.world.directory.branches.find((branch) => branch.id !== scene.world.branch.id)
    const anna = await scene.officer(scene.one, { branchId: elsewhere?.id ?? null })
    expect(await refusedWith(scene.open(scene.one, path, { cookie: anna.cookie }))).toBe(403)
    const inspector = await scene.officer(scene.one, { role: 'inspector', branchId: null })
    expect(await refusedWith(scene.open(scene.one, path, { cookie: inspector.cookie }))).toBe(403)
  })

  test('a colleague of the officer sees how the visit stands, but is not in the room', async () => {
    const { visit, client } = await scene.call()
    const jan = await scene.officer(scene.one, { name: 'Jan Lis' })
    const watching = scene.open(scene.one, jan.path(visit.id), { cookie: jan.cookie })
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
    const { desk } = await scene.call()
    expect(desk.notices[0]).toMatchObject({ type: 'welcome', you: 'officer', relayOnly: true })
  })

  test('signing out closes the officer’s socket', async () => {
    const { desk, ewa } = await scene.call()
    await scene.world.query('delete from staff_session where staff_id = $1', [ewa.staff.id])
    await inTransaction(scene.world.db, (tx) =>
      scene.world.bus.publish(tx, { topic: `staff:${ewa.staff.id}`, body: {} }),
    )
    expect(await desk.closed).toBe(4401)
  })
})

describe('a page that does not behave', () => {
  const welcomed = async () => {
    const { clientPath } = await scene.meeting()
    const client = scene.open(scene.one, clientPath)
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
    const { clientPath } = await scene.meeting()
    expect(await refusedWith(scene.open(scene.one, clientPath, { page: 'x' }))).toBe(400)
    expect(await refusedWith(scene.open(scene.one, clientPath, { tab: 'y'.repeat(40) }))).toBe(400)
  })

  test('cannot fill a room with sockets, which would keep the officer out', async () => {
    const { id, clientPath } = await scene.meeting()
    await scene.world.query(`update visit set state = 'cancelled', state_reason = 'client' where id = $1`, [
      id,
    ])
    const many = Array.from({ length: 30 }, () => scene.open(scene.one, clientPath))
    const codes = await Promise.all(
      many.map((page) =>
        Promise.race([page.next('welcome').then(() => 0), page.closed]).catch(() => page.closed),
      ),
    )
    expect(codes.filter((code) => code === 0)).toHaveLength(8)
    expect(codes.filter((code) => code === 1008)).toHaveLength(22)
  })
})
