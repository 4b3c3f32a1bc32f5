import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openBus } from '../../src/platform/bus'
import { systemClock } from '../../src/platform/clock'
import { openDatabase } from '../../src/platform/db'
import { createLogger } from '../../src/platform/logger'
import { bookThroughApi, callApi, freeTimes } from '../support/api-client'
import { type ChildProduct, startChildProduct } from '../support/child-product'
import { eventually } from '../support/eventually'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy'
import { createTestDatabase, type TestDatabase } from '../support/template-database'

let database: TestDatabase
let proxy: TcpProxy
/** By way of the proxy. */
let databaseUrl: string
let folder: string
let product: ChildProduct
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'e-wizyta-outage-'))
  database = await createTestDatabase(inject('postgresUrl'), { empty: true })
  const { hostname, port } = new URL(database.url)
  proxy = await startTcpProxy({ host: hostname, port: Number(port) })
  databaseUrl = Object.assign(new URL(database.url), { hostname: '127.0.0.1', port: String(proxy.port) }).href
  product = await startChildProduct({ DATABASE_URL: databaseUrl, DATA_DIR: folder })
})
afterAll(async () => {
  await product.end('SIGKILL')
  await proxy.cut()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

let people = 0
const book = async () => {
  const [startsAt = ''] = await freeTimes(product.url, { branch: 'POKAZ', topic: 'benefits', days: 2 })
  const n = ++people
  const booking = { branch: 'POKAZ', topic: 'benefits', startsAt, email: `halina.${n}@example.org` }
  const { status, body } = await bookThroughApi(product.url, { ...booking, phone: `+4860100000${n}` })
  expect({ status, body }).toMatchObject({ status: 201 })
  return { number: body['number'], email: booking.email, links: body['links'] as { manage: string } }
}
const look = async (url: string) => {
  const answer = await fetch(url)
  return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') }
}
const ready = async () => {
  const { status, text } = await look(`${product.url}/readyz`)
  return { status, body: JSON.parse(text) as unknown }
}
const confirmationOf = async (number: unknown) => {
  const { rows } = await database.pool.query<{ state: string }>(
    `select message.state from message join visit on visit.id = visit_id where number = $1 and kind = 'booked'`,
    [number],
  )
  return rows
}

test('while the database is away people read so; when it is back everything goes on, without a restart', async () => {
  const early = await book()
  await eventually(async () => expect(await confirmationOf(early.number)).toEqual([{ state: 'sent' }]))

  await proxy.cut()
  expect(await ready()).toEqual({ status: 503, body: { ready: false, database: false, stopping: false } })
  expect(await look(`${product.url}/healthz`)).toMatchObject({ status: 200 })
  const page = await look(early.links.manage)
  expect(page).toMatchObject({ status: 503, retryAfter: '60' })
  expect(page.text).toContain('<h1 class="q">Serwis jest chwilowo niedostępny</h1>')
  const refused = await callApi(product.url, '/visits/find', { number: early.number, email: early.email })
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
  // Messages wait for the database, too
  await database.pool.query(
    `update message set state = 'queued', attempts = 0, due_at = $1 where kind = 'booked'`,
    [systemClock.now()],
  )

  await proxy.restore()
  await eventually(async () =>
    expect(await ready()).toEqual({ status: 200, body: { ready: true, database: true, stopping: false } }),
  )
  expect(await look(early.links.manage)).toMatchObject({ status: 200 })
  const late = await book()
  for (const { number } of [early, late])
    await eventually(async () => expect(await confirmationOf(number)).toEqual([{ state: 'sent' }]))
  expect(await product.end('SIGTERM')).toMatchObject({ code: 0 })
})

test('notices are heard again after an outage, and whoever follows a topic is told once to read anew', async () => {
  const { db, close } = openDatabase(databaseUrl)
  const bus = await openBus(databaseUrl, db, createLogger('silent'), () => systemClock.now(), 1)
  const heard: unknown[] = []
  let restored = 0
  bus.subscribe('visit:1', (body) => heard.push(body))
  bus.onRestored(() => restored++)

  await proxy.cut()
  // Long enough for many attempts to listen, which must not become more and more
  for (let attempt = 0; attempt < 50; attempt++)
    await expect(bus.publish(db, { topic: 'visit:1', body: 'lost' })).rejects.toThrow()
  await proxy.restore()
  await eventually(() => expect(restored).toBe(1))
  await eventually(() => bus.publish(db, { topic: 'visit:1', body: 'back' }))
  await bus.publish(db, { topic: 'visit:1', body: 'last' })
  await eventually(() => expect(heard).toContain('last'))
  expect(heard).toEqual(['back', 'last'])
  expect(restored).toBe(1)
  await bus.close()
  await close()
})
