import { describe, expect, test } from 'vitest'
import { heartbeatMilliseconds, pingMilliseconds, visitScene } from '../support/visit-scene'
import { startVisitServer } from '../support/visit-server'

const scene = visitScene()

describe('what dies', () => {
  const clientIsGone = ({ present }: { present: readonly { participant: string }[] }) =>
    present.every(({ participant }) => participant !== 'client')

  test('a socket that answers no ping is closed, and the others know', async () => {
    const visit = await scene.meeting({ guardian: true })
    const mute = scene.open(scene.one, visit.clientPath, {
      client: { autoPong: false, headers: { origin: scene.one.url } },
    })
    await mute.next('welcome')
    const guardian = scene.open(scene.two, visit.guardianPath)
    await guardian.next('welcome')
    scene.one.tick(pingMilliseconds)
    scene.one.tick(pingMilliseconds)
    await guardian.next('present', clientIsGone)
    expect(await mute.closed).toBe(1006)
  })

  test('a socket that answers stays', async () => {
    const { clientPath } = await scene.meeting()
    const client = scene.open(scene.one, clientPath)
    await client.next('welcome')
    for (let n = 0; n < 4; n++) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve))
      scene.one.tick(pingMilliseconds)
      await pinged
      // The answer to this message comes after the one to the ping
      client.send({ type: 'ping' })
      await client.next('pong')
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN)
  })

  test('a process that stops counting its heartbeat takes its people with it', async () => {
    const visit = await scene.meeting({ guardian: true })
    const client = scene.open(scene.two, visit.clientPath)
    await client.next('welcome')
    const guardian = scene.open(scene.one, visit.guardianPath)
    await guardian.next('welcome')
    scene.world.clock.advance({ seconds: 10 })
    await scene.beat(scene.one)
    scene.world.clock.advance({ seconds: 6 })
    await scene.beat(scene.one)
    await guardian.next('present', clientIsGone)
    expect(await scene.world.query('select id from server_process')).toHaveLength(1)

    scene.two.tick(heartbeatMilliseconds)
    expect(await client.closed).toBe(1012)
  })

  test('an orderly stop leaves nobody behind and lets the pages go elsewhere', async () => {
    const visit = await scene.meeting({ guardian: true })
    const three = await startVisitServer(scene.world)
    const client = scene.open(three, visit.clientPath)
    await client.next('welcome')
    const guardian = scene.open(scene.one, visit.guardianPath)
    await guardian.next('welcome')
    await three.close()
    await guardian.next('present', clientIsGone)
    expect([1005, 1006, 1012]).toContain(await client.closed)
    const again = scene.open(scene.one, visit.clientPath, { tab: client.tabId })
    expect((await again.next('welcome')).room.state).toBe('waiting')
    expect(await scene.world.query('select id from server_process')).toHaveLength(2)
  })

  test('a broken line to the database is made up for: nobody misses the end', async () => {
    const { visit, client } = await scene.call()
    await scene.world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'e-wizyta bus' and datname = current_database()`,
    )
    await scene.world.query(`update visit set state = 'completed' where id = $1`, [visit.id])
    await client.next('room', ({ room }) => room.state === 'completed')
  })
})
