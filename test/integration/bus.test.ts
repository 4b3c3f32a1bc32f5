import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { purgeNotices } from '../../src/platform/bus'
import { eventually } from '../support/eventually'
import { openWorld, type World } from '../support/world'

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
})
afterAll(() => world.drop())

test('a notice too large for Postgres arrives all the same, and is not kept for longer than an hour', async () => {
  const heard: unknown[] = []
  const stop = world.bus.subscribe('room:test', (body) => heard.push(body))
  const large = 'x'.repeat(20_000)
  await world.bus.publish(world.db, { topic: 'room:test', body: large })
  await eventually(() => expect(heard).toEqual([large]))
  stop()

  const kept = async () => (await world.query('select id from large_notice')).length
  await purgeNotices(world.db, world.clock.now())
  expect(await kept()).toBe(1)
  world.clock.advance({ minutes: 61 })
  await purgeNotices(world.db, world.clock.now())
  expect(await kept()).toBe(0)
})
