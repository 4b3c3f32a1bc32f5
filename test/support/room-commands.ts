import fc from 'fast-check'
import { expect } from 'vitest'
import type { RoomRequest } from '../../src/contract/signalling'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { linkEndedCode } from '../../src/contract/close-codes'
import { inTransaction } from '../../src/platform/db'
import { signLink } from '../../src/platform/signed-link'
import { closeOverdueVisits } from '../../src/visit/close-overdue-visits'
import { tellOfVisit } from '../../src/visit/visit-notices'
import { eventually } from './eventually'
import { randomPageId } from './live-page'
import type { RoomModel } from './room-model'
import {
  isStaff,
  type ModelPage,
  participantOf,
  people,
  type Person,
  staffPeople,
  type StaffPerson,
} from './room-model'
import type { Officer, RoomPage, VisitScene } from './visit-scene'
import { signIn } from './visit-server'

/** The running servers as the model's people meet them. */
export class RealRoom {
  readonly sockets = new Map<ModelPage, RoomPage>()
  readonly received = new Map<RoomPage, string[]>()
  private readonly cookies = new Map<StaffPerson, { cookie: string; since: number }>()
  private step = 0

  readonly scene: VisitScene
  readonly visitId: string
  readonly staff: Record<StaffPerson, Officer>

  constructor(scene: VisitScene, visitId: string, staff: Record<StaffPerson, Officer>) {
    this.scene = scene
    this.visitId = visitId
    this.staff = staff
  }

  server(second: boolean) {
    return second ? this.scene.two : this.scene.one
  }

  /** Signed in again before the session would run out by itself, which is another test's matter. */
  async cookieOf(person: StaffPerson): Promise<string> {
    const now = this.scene.now().getTime()
    const known = this.cookies.get(person)
    if (known && now - known.since < 20 * 60_000) return known.cookie
    const cookie = await signIn(this.scene.one, this.staff[person].staff)
    this.cookies.set(person, { cookie, since: now })
    return cookie
  }

  async address(person: Person, linkVersion: number): Promise<{ path: string; cookie: string }> {
    if (isStaff(person))
      return { path: this.staff[person].path(this.visitId), cookie: await this.cookieOf(person) }
    const purpose = person === 'client' ? 'meeting' : person
    const link = signLink(this.scene.world.keys, purpose, this.visitId, linkVersion)
    return { path: `/spotkanie/${link}/pokoj`, cookie: '' }
  }

  socket(page: ModelPage): RoomPage {
    const socket = this.sockets.get(page)
    if (!socket) throw new Error('The model has a page that nobody opened')
    return socket
  }

  /** A form of the desk, sent as its page does. @returns whether it was carried out */
  async act(person: StaffPerson, act: string, fields: Record<string, string> = {}): Promise<boolean> {
    const answer = await this.scene.ask(
      this.scene.two,
      await this.cookieOf(person),
      this.visitId,
      act,
      fields,
    )
    expect([200, 403, 409]).toContain(answer.status)
    return answer.status === 200
  }

  async closedWith(pages: readonly ModelPage[], code: number): Promise<void> {
    for (const page of pages) {
      expect(await this.socket(page).closed).toBe(code)
      this.sockets.delete(page)
    }
  }

  /** Database, pages and exchange of messages against the model. */
  async agreesWith(model: RoomModel): Promise<void> {
    const { world } = this.scene
    const row = await this.scene.visitRow(this.visitId)
    const officer = model.officer === null ? null : this.staff[model.officer].staff.id
    expect({ state: row.state, reason: row.state_reason, officer: row.officer_id }).toEqual({
      state: model.state,
      reason: model.reason,
      officer,
    })
    const [counted] = await world.query<{ warnings: number; lines: number }>(
      `select (select count(*)::int from warning where visit_id = $1) as warnings,
        (select count(*)::int from chat_message where visit_id = $1) as lines`,
      [this.visitId],
    )
    expect(counted).toEqual({ warnings: model.warnings, lines: model.chat })
    const wanted = model.present
      .map(({ name, person, ready }) => ({ pageId: name, participant: participantOf(person), ready }))
      .sort(byPage)
    // A socket that closed a moment ago leaves a moment later
    await eventually(async () => {
      const rows = await world.query<{ pageId: string }>(
        'select page_id as "pageId", participant, ready from presence where visit_id = $1',
        [this.visitId],
      )
      expect(rows.sort(byPage)).toEqual(wanted)
    })
    for (const page of model.pages)
      await eventually(() => expect(heardBy(this.socket(page))).toEqual([model.state, wanted]))
    await this.talk(model)
  }

  /** Everybody says something to somebody, another one each time: it arrives or is refused, as the model says. */
  private async talk(model: RoomModel): Promise<void> {
    this.step++
    for (const [at, from] of model.pages.entries()) {
      const to = model.pages[(at + this.step) % model.pages.length]
      if (!to) continue
      const candidate = `${this.step} ${from.name}`
      const socket = this.socket(from)
      const receiver = model.receiverOf(from, to.name)
      const isRefused = await refuses(socket, {
        type: 'peer',
        to: to.name,
        message: { candidate: { candidate } },
      })
      expect(isRefused, `${from.person} speaks to ${to.person}`).toBe(receiver === undefined)
      if (!receiver) continue
      const receiving = this.socket(receiver)
      const got = await receiving.next('peer', ({ message }) => candidateOf(message) === candidate)
      expect(got).toMatchObject({ from: from.name, participant: participantOf(from.person) })
      this.received.set(receiving, [...(this.received.get(receiving) ?? []), candidate])
    }
  }

  /** Nobody heard more than they should have. */
  nothingElseWasHeard(): void {
    for (const socket of this.sockets.values()) {
      const heard = socket.notices
        .filter((notice) => notice.type === 'peer')
        .map(({ message }) => candidateOf(message))
      expect(heard).toEqual(this.received.get(socket) ?? [])
    }
  }

  async leave(): Promise<void> {
    await Promise.all([...this.sockets.values()].map((socket) => socket.close()))
  }
}

/** Requests are answered one after the other: once the ping is, the one before it was refused or carried out. */
async function refuses(socket: RoomPage, request: RoomRequest): Promise<boolean> {
  const refusals = () => socket.notices.filter(({ type }) => type === 'refused').length
  const before = refusals()
  socket.send(request)
  socket.send({ type: 'ping' })
  await socket.next('pong')
  return refusals() > before
}

const byPage = (one: { pageId: string }, other: { pageId: string }) => one.pageId.localeCompare(other.pageId)

const candidateOf = (message: object): string =>
  'candidate' in message ? ((message.candidate as { candidate: string } | null)?.candidate ?? '') : ''

/** How the visit stands and who is there, by the last words that reached the page. */
function heardBy({ notices }: RoomPage): unknown[] {
  const states = notices.flatMap((notice) =>
    notice.type === 'welcome' || notice.type === 'room' ? [notice.room] : [],
  )
  const presents = notices.flatMap((notice) =>
    notice.type === 'welcome' || notice.type === 'present' ? [notice.present] : [],
  )
  return [states.at(-1)?.state, [...(presents.at(-1) ?? [])].sort(byPage)]
}

type Command = fc.AsyncCommand<RoomModel, RealRoom>

const command = (
  words: string,
  run: (model: RoomModel, real: RealRoom) => Promise<void>,
  check: (model: RoomModel) => boolean = () => true,
): Command => ({
  check,
  run: async (model, real) => {
    await run(model, real)
    console.log('STAT', words.replace(/\d+/, 'n'), model.state, model.present.filter((p) => p.ready).length)
    await real.agreesWith(model)
  },
  toString: () => words,
})

/** More sockets of one person are refused, which is another test's matter. */
const mostPagesOfOne = 6

interface Opening {
  /** `officer`: who conducts the visit, if anybody does. */
  who: Person | 'officer'
  second: boolean
  take: boolean
  /** A new tab or device; the page's own tab anew; its socket anew; or somebody else's page as its name. */
  as: 'new' | 'reload' | 'reconnect' | 'impostor'
}

const open = ({ who, second, take, as }: Opening): Command =>
  command(
    `${who} opens (${as}${take ? ', takes over' : ''})`,
    async (model, real) => {
      const person = who === 'officer' ? officerOf(model) : who
      const own = model.present.find((page) => page.person === person)
      const other = model.present.find((page) => participantOf(page.person) !== participantOf(person))
      const page: ModelPage = {
        name:
          (as === 'reconnect' ? own?.name : as === 'impostor' ? other?.name : undefined) ?? randomPageId(),
        person,
        tab: (as === 'reload' || as === 'reconnect' ? own?.tab : undefined) ?? randomPageId(),
        present: false,
        ready: false,
      }
      const { path, cookie } = await real.address(
        person,
        1 + (person === 'interpreter' ? model.withdrawals : 0),
      )
      const socket = real.scene.open(real.server(second), path, {
        page: page.name,
        tab: page.tab,
        take,
        cookie,
      })
      const { outcome, replaced } = model.open(page, take)
      if (outcome === 'in') {
        real.sockets.set(page, socket)
        expect((await socket.next('welcome')).you).toBe(participantOf(person))
      } else if (outcome === 'elsewhere') {
        await socket.next('elsewhere')
        expect(await socket.closed).toBe(1000)
      } else if (outcome === 'impostor') {
        expect(await socket.next('refused')).toMatchObject({ reason: 'bad_message' })
        expect(await socket.closed).toBe(1008)
      } else expect(await socket.closed).toBe(1006)
      await real.closedWith(replaced, 1000)
    },
    (model) => {
      const person = who === 'officer' ? officerOf(model) : who
      return model.pages.filter((page) => page.person === person).length < mostPagesOfOne
    },
  )

/** Something that one of the pages does. */
const onPage = (
  words: string,
  nth: number,
  run: (page: ModelPage, model: RoomModel, real: RealRoom) => Promise<void>,
): Command =>
  command(
    `page ${nth} ${words}`,
    async (model, real) => {
      const page = model.pages[nth % model.pages.length]
      if (page) await run(page, model, real)
    },
    ({ pages }) => pages.length > 0,
  )

const pageActs = {
  closes: async (page, model, real) => {
    await real.socket(page).close()
    real.sockets.delete(page)
    model.remove(page)
  },
  enters: async (page, model, real) => {
    expect(await refuses(real.socket(page), { type: 'enter' })).toBe(!model.setReady(page, true))
  },
  'leaves the call': async (page, model, real) => {
    expect(await refuses(real.socket(page), { type: 'leave' })).toBe(!model.setReady(page, false))
  },
  'says something': async (page, model, real) => {
    const id = crypto.randomUUID()
    const socket = real.socket(page)
    const isRefused = await refuses(socket, { type: 'chat', id, text: 'Dzień dobry' })
    expect(isRefused).toBe(!model.say(page))
    if (!isRefused) await socket.next('chat', ({ lines }) => lines.some((line) => line.id === id))
  },
  'sends nonsense': async (page, model, real) => {
    real.socket(page).sendRaw('{"type":"enter","participant":"officer"}')
    model.remove(page)
    await real.closedWith([page], 1008)
  },
} satisfies Record<string, Parameters<typeof onPage>[2]>

const whoIsOutEnters = (nth: number): Command =>
  command(
    `page ${nth} of those outside the call enters`,
    async (model, real) => {
      const outside = model.present.filter(({ ready }) => !ready)
      const page = outside[nth % outside.length]
      if (page) await pageActs.enters(page, model, real)
    },
    ({ present }) => present.some(({ ready }) => !ready),
  )

type StaffAct = (staff: StaffPerson, model: RoomModel, real: RealRoom) => Promise<void>

const staffActs = {
  'calls in': async (staff, model, real) => {
    expect(await real.act(staff, '/zapros')).toBe(model.callIn(staff))
  },
  'gives back': async (staff, model, real) => {
    expect(await real.act(staff, '/oddaj')).toBe(model.release(staff))
  },
  ends: async (staff, model, real) => {
    expect(await real.act(staff, '/zakoncz', { powod: 'settled' })).toBe(model.end(staff))
  },
  warns: async (staff, model, real) => {
    const fields = { id: crypto.randomUUID(), ostrzezenie: 'noise' }
    expect(await real.act(staff, '/ostrzez', fields)).toBe(model.warn(staff))
  },
  'takes over': async (staff, model, real) => {
    const { ok, shutOut } = model.takeOver(staff)
    expect(await real.act(staff, '/przejmij')).toBe(ok)
    await real.closedWith(shutOut, 1012)
  },
  'invites an interpreter': async (staff, model, real) => {
    expect(await real.act(staff, '/tlumacz', { tlumacz: 'Anna Migowa' })).toBe(model.invite(staff, true).ok)
  },
  'takes the invitation back': async (staff, model, real) => {
    const { ok, ended } = model.invite(staff, false)
    expect(await real.act(staff, '/tlumacz', { bez: 'tak' })).toBe(ok)
    await real.closedWith(ended, linkEndedCode)
  },
  'says that the client missed it': async (staff, model, real) => {
    expect(await real.act(staff, '/nieobecnosc', { by: 'client' })).toBe(model.miss('client'))
  },
} satisfies Record<string, StaffAct>

const clientCancels = command('the client cancels', async (model, real) => {
  const { world } = real.scene
  const { ok } = await cancelVisit(world.db, { ...world.parts(), visitId: real.visitId, by: 'client' })
  expect(ok).toBe(model.cancel())
})

const linksRevoked = command('the links are revoked', async (model, real) => {
  const { db, bus, branch } = real.scene.world
  await inTransaction(db, async (tx) => {
    await tx.updateTable('visit').set({ link_version: 2 }).where('id', '=', real.visitId).execute()
    await tellOfVisit(tx, bus, { id: real.visitId, branchId: branch.id })
  })
  await real.closedWith(model.revoke(), linkEndedCode)
})

const timePasses = (minutes: number) =>
  command(`${minutes} minutes pass`, async (model, real) => {
    await real.scene.later({ minutes })
    model.now = real.scene.now()
    await closeOverdueVisits(real.scene.world.db, real.scene.parts())
    model.closeOverdue()
  })

/** The officer is mostly the one who conducts. */
const officerOf = (model: RoomModel): StaffPerson => model.officer ?? 'ewa'

const opening = fc.record({
  who: fc.constantFrom('client', 'client', 'officer', 'officer', 'guardian', 'interpreter', ...people),
  second: fc.boolean(),
  take: fc.boolean(),
  as: fc.constantFrom<Opening['as'][]>('new', 'new', 'reload', 'reconnect', 'impostor'),
})
const conducting = fc.constantFrom('officer', 'officer', 'officer', ...staffPeople)
const staffDo = (...words: (keyof typeof staffActs)[]) =>
  fc
    .record({ who: conducting, act: fc.constantFrom(...words) })
    .map(({ who, act }) =>
      command(`${who} ${act}`, (model, real) =>
        staffActs[act](who === 'officer' ? officerOf(model) : who, model, real),
      ),
    )
const pagesDo = (...words: (keyof typeof pageActs)[]) =>
  fc
    .record({ nth: fc.nat(11), act: fc.constantFrom(...words) })
    .map(({ nth, act }) => onPage(act, nth, pageActs[act]))

/** Everything that can happen to a visit's room; what ends it comes seldom, or there would be little to see. */
export const roomCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 30, arbitrary: opening.map(open) },
  { weight: 25, arbitrary: fc.nat(11).map(whoIsOutEnters) },
  {
    weight: 20,
    arbitrary: pagesDo('closes', 'enters', 'leaves the call', 'says something', 'sends nonsense'),
  },
  { weight: 12, arbitrary: staffDo('calls in', 'takes over', 'invites an interpreter') },
  { weight: 10, arbitrary: staffDo('gives back', 'warns', 'takes the invitation back') },
  { weight: 2, arbitrary: staffDo('ends', 'says that the client missed it') },
  { weight: 1, arbitrary: fc.constantFrom(clientCancels, linksRevoked) },
  { weight: 4, arbitrary: fc.constantFrom(1, 1, 1, 10, 45).map(timePasses) },
)

/** The same, beginning where a call goes on. */
export const callBegins = (): Command[] => [
  open({ who: 'client', second: false, take: false, as: 'new' }),
  command('ewa calls in', (model, real) => staffActs['calls in']('ewa', model, real)),
  open({ who: 'ewa', second: true, take: false, as: 'new' }),
  whoIsOutEnters(0),
  whoIsOutEnters(0),
]
