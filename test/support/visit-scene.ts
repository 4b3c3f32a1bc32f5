import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import type { RoomNotice } from '../../src/contract/signalling'
import type { DeskNotice } from '../../src/contract/desk-live'
import type { TurnConfig } from '../../src/config/config'
import type { ObjectStore } from '../../src/platform/object-store'
import { type LinkPurpose, signLink } from '../../src/platform/signed-link'
import type { Staff } from '../../src/staff/staff'
import { callIn } from '../../src/visit/call-in'
import { eventually } from './eventually'
import { type LivePage, openPage, openSocket } from './live-page'
import { addStaff, post, signIn, startVisitServer, type VisitServer } from './visit-server'
import { booked, openWorld, somebody, type World } from './world'

export type RoomPage = LivePage<RoomNotice>
export type PageOptions = Parameters<typeof openPage>[2]

/** The day of most visits here; the bundled institution is open on it. */
export const visitDay = '2026-12-29'
export const heartbeatMilliseconds = 5000
export const pingMilliseconds = 8000

/** One database, two processes that serve it, and short ways to visits, clients and officers. */
export interface VisitScene {
  readonly world: World
  readonly one: VisitServer
  readonly two: VisitServer
  at(time: string): Date
  now(): Date
  bookAt(time: string, options?: Parameters<World['book']>[1]): Promise<ReturnType<typeof booked>>
  /** A visit at 9:00, ten minutes before it. */
  meeting(options?: { guardian?: boolean }): Promise<Meeting>
  pathOf(purpose: LinkPurpose, id: string): string
  open(server: VisitServer, path: string, options?: PageOptions): RoomPage
  /** The live list of the world's branch on `visitDay`, unless the query says otherwise. */
  live(cookie: string, query?: string): LivePage<DeskNotice>
  officer(server: VisitServer, options?: Parameters<typeof addStaff>[1]): Promise<Officer>
  /** A visit whose client waits on process two. */
  waitingVisit(
    time?: string,
    options?: Parameters<World['book']>[1],
  ): Promise<ReturnType<typeof booked> & { page: RoomPage }>
  /** Client on process one, officer on the other, both in the call. */
  call(options?: {
    guardian?: boolean
  }): Promise<{ visit: Meeting; client: RoomPage; desk: RoomPage; ewa: Officer }>
  visitRow(id: string): ReturnType<typeof readRow>
  /** Sends a desk form as the page's script does. */
  ask(
    server: VisitServer,
    cookie: string,
    id: string,
    act: string,
    fields?: Record<string, string>,
  ): Promise<{ status: number; reason?: string; message?: string }>
  elsewhere(): World['branch']
  /** Time passes while both processes go on counting their heartbeats. */
  later(by: { minutes: number }): Promise<void>
  heartbeatsCounted(): Promise<void>
  beat(...servers: VisitServer[]): Promise<void>
  parts(): { now: Date } & Pick<World, 'bus' | 'keys' | 'queue'>
}

export interface Meeting {
  id: string
  clientPath: string
  guardianPath: string
}

export interface Officer {
  staff: Staff
  cookie: string
  path: (visitId: string) => string
}

const readRow = ({ db }: World, id: string) =>
  db.selectFrom('visit').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** Sets the scene for a test file: call it once at the top. `openStore` makes another store than a folder. */
export function visitScene(turn?: TurnConfig, openStore?: () => Promise<ObjectStore>): VisitScene {
  let world: World
  let one: VisitServer
  let two: VisitServer
  const sockets: { close(): Promise<number> }[] = []

  beforeAll(async () => {
    const store = openStore && { store: await openStore() }
    world = await openWorld(inject('postgresUrl'), { maxConnections: 20, ...store })
  })
  afterAll(() => world.drop())
  beforeEach(async () => {
    await world.reset()
    one = await startVisitServer(world, turn)
    two = await startVisitServer(world, turn)
  })
  afterEach(async () => {
    await Promise.all(sockets.splice(0).map((socket) => socket.close()))
    await one.close()
    await two.close()
  })

  const now = () => world.clock.now()
  const at = (time: string) => world.at(visitDay, time)
  const parts = () => ({ now: now(), bus: world.bus, keys: world.keys, queue: world.queue })
  const pathOf: VisitScene['pathOf'] = (purpose, id) =>
    `/spotkanie/${signLink(world.keys, purpose, id, 1)}/pokoj`
  const bookAt: VisitScene['bookAt'] = async (time, options) => booked(await world.book(at(time), options))
  const open: VisitScene['open'] = (server, path, options) => {
    const page = openPage<RoomNotice>(server, path, options)
    sockets.push(page)
    return page
  }
  const meeting: VisitScene['meeting'] = async (options = {}) => {
    const guardian = options.guardian ? { firstName: 'Tomasz', lastName: 'Wiśniewski' } : null
    const { id } = await bookAt('09:00', { person: somebody({ guardian }) })
    world.clock.set(at('08:50'))
    return { id, clientPath: pathOf('meeting', id), guardianPath: pathOf('guardian', id) }
  }
  const officer: VisitScene['officer'] = async (server, options = {}) => {
    const { id, email, name } = await addStaff(world, options)
    const { branchId = world.branch.id, role = 'officer' } = options
    const topicIds = world.directory.topics.map((topic) => topic.id)
    const cookie = await signIn(server, { email })
    const staff: Staff = { id, email, name, role, branchId, topicIds }
    return { staff, cookie, path: (visitId) => `/pracownik/wizyta/${visitId}/pokoj` }
  }
  /** As a recorder at the desk makes it. */
  const recordingGoesOn = async (id: string) => {
    await world.query("update visit set recording_state = 'on' where id = $1", [id])
  }
  const heartbeatsCounted = async () => {
    await world.query('update server_process set seen_at = $1', [now()])
  }

  return {
    get world() {
      return world
    },
    get one() {
      return one
    },
    get two() {
      return two
    },
    ...{ at, now, bookAt, meeting, pathOf, open, officer, parts, heartbeatsCounted },
    live: (cookie, query = `oddzial=${world.branch.code}&dzien=${visitDay}`) => {
      const socket = openSocket<DeskNotice>(one, `/pracownik/dzien/na-zywo?${query}`, { cookie })
      sockets.push(socket)
      return socket
    },
    waitingVisit: async (time = '09:00', options = {}) => {
      const visit = await bookAt(time, options)
      const tenBefore = new Date(at(time).getTime() - 600_000)
      if (now() < tenBefore) world.clock.set(tenBefore)
      const page = open(two, pathOf('meeting', visit.id))
      await page.next('welcome')
      return { ...visit, page }
    },
    call: async (options = {}) => {
      const visit = await meeting(options)
      const client = open(one, visit.clientPath)
      await client.next('welcome')
      const ewa = await officer(two)
      const called = await callIn(world.db, { visitId: visit.id, staff: ewa.staff, ...parts() })
      expect(called).toEqual({ ok: true })
      await recordingGoesOn(visit.id)
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
    },
    visitRow: (id) => readRow(world, id),
    ask: async (server, cookie, id, act, fields = {}) => {
      const answer = await post(server, `/pracownik/wizyta/${id}${act}`, fields, { cookie, json: true })
      return { status: answer.status, ...(JSON.parse(answer.body) as { reason?: string; message?: string }) }
    },
    elsewhere: () => {
      const branch = world.directory.branches.find(({ id }) => id !== world.branch.id)
      if (!branch) throw new Error('There is one branch only')
      return branch
    },
    later: async (by) => {
      world.clock.advance(by)
      await heartbeatsCounted()
    },
    beat: async (...servers) => {
      for (const server of servers) server.tick(heartbeatMilliseconds)
      await eventually(async () => {
        const seen = await world.query('select id from server_process where seen_at = $1', [now()])
        expect(seen).toHaveLength(servers.length)
      })
    },
  }
}
