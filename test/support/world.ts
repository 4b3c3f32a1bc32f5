import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answers } from '../../src/booking/answers'
import { type Booking, bookVisit, type BookedVisit } from '../../src/booking/book-visit'
import { askedConsents } from '../../src/booking/consents'
import type { Hold } from '../../src/booking/hold'
import { holdSeat } from '../../src/booking/hold-seat'
import { forgetOffers } from '../../src/booking/offer-cache'
import { saveAnswers } from '../../src/booking/save-answers'
import { type Branch, type Directory, loadDirectory, type Topic } from '../../src/institution/directory'
import { createMessageQueue, type MessageQueue } from '../../src/message/queue-messages'
import { type Bus, openBus } from '../../src/platform/bus'
import { type Keys, randomKeys } from '../../src/platform/keys'
import { createFolderStore } from '../../src/platform/folder-store'
import { createLogger } from '../../src/platform/logger'
import type { ObjectStore } from '../../src/platform/object-store'
import { dayOf, instantAt } from '../../src/platform/zone'
import { faultyStore, type StoreFaults } from './faulty-store'
import { type FakeClock, fakeClock, testTime } from './fake-clock'
import { createTestDatabase, type TestDatabase } from './template-database'

const branchCode = 'WAW3'

/** The bundled institution on a database of its own, at `testTime`, with short ways to what tests need. */
export interface World extends TestDatabase {
  clock: FakeClock
  keys: Keys
  directory: Directory
  queue: MessageQueue
  bus: Bus
  /** Of recordings: in a folder of its own, unless another was given. */
  store: ObjectStore
  storeFolder: string
  /** Makes the store fail. */
  faults: StoreFaults
  branch: Branch
  topic(code: string): Topic
  /** The instant of a day and clock time at the institution. */
  at(day: string, time: string): Date
  /** What every use case of booking takes. */
  parts(): { now: Date; keys: Keys } & Pick<World, 'directory' | 'queue' | 'bus'> & {
      settings: Directory['institution']['settings']
    }
  hold(startsAt: Date, options?: HoldOptions): ReturnType<typeof holdSeat>
  /** Holds, answers and books as `person`. */
  book(startsAt: Date, options?: HoldOptions & { person?: Answers }): Promise<Booking>
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>
  /** No holds, no visits, everything open, the clock at `testTime`. */
  reset(): Promise<void>
}

export interface HoldOptions {
  topic?: string
  owner?: string
  answersFrom?: string
}

let people = 0

/** Somebody with a phone and an e-mail address of their own. */
export function somebody(changes: Partial<Answers> = {}): Answers {
  const n = ++people
  return {
    firstName: 'Halina',
    lastName: 'Żółć-Wiśniewska',
    phone: `+48601${String(n).padStart(6, '0')}`,
    email: `halina.${n}@example.org`,
    guardian: null,
    language: 'pl',
    ...changes,
  }
}

export async function openWorld(
  adminUrl: string,
  {
    store: given,
    keys = randomKeys(),
    ...options
  }: { maxConnections?: number; store?: ObjectStore; keys?: Keys } = {},
): Promise<World> {
  const database = await createTestDatabase(adminUrl, options)
  const { db, pool, url } = database
  const clock = fakeClock()
  const directory = await loadDirectory(db)
  const { timeZone, settings } = directory.institution
  const queue = createMessageQueue({ clock, keys, timeZone })
  const bus = await openBus(url, db, createLogger('silent'), () => clock.now())
  const storeFolder = await mkdtemp(join(tmpdir(), 'e-wizyta-store-'))
  const { store, faults } = faultyStore(given ?? createFolderStore(storeFolder))
  const parts = () => ({ now: clock.now(), keys, directory, queue, bus, settings })
  const branch = known(directory.branchByCode(branchCode))
  const topic = (code: string) => known(directory.topicByCode(code))

  const hold: World['hold'] = (startsAt, { topic: code = 'benefits', owner = 'owner', ...rest } = {}) =>
    holdSeat(db, {
      ...parts(),
      ...rest,
      branchId: branch.id,
      topicId: topic(code).id,
      startsAt,
      ownerSecret: owner,
      language: 'pl',
      postalCode: '02758',
      country: null,
    })
  return {
    ...database,
    ...{ clock, keys, directory, queue, bus, store, storeFolder, faults, branch, topic, parts, hold },
    at: (day, time) => instantAt(day, time, timeZone),
    book: async (startsAt, { person = somebody(), ...options } = {}) => {
      const ownerSecret = options.owner ?? `owner of ${person.email}`
      const { id: holdId } = granted(await hold(startsAt, { ...options, owner: ownerSecret })).hold
      await saveAnswers(db, { ...parts(), holdId, ownerSecret, answers: person })
      const consents = askedConsents(
        directory,
        person.guardian !== null,
        dayOf(clock.now(), timeZone),
        topic(options.topic ?? 'benefits').recording,
      )
      return bookVisit(db, { ...parts(), holdId, ownerSecret, consents })
    },
    query: async <Row>(text: string, values: unknown[] = []) =>
      (await pool.query(text, values)).rows as Row[],
    reset: async () => {
      clock.set(testTime)
      await pool.query(`
        delete from hold; delete from message; delete from channel_watch; delete from consent; delete from application; delete from profile_confirmation;
        delete from webhook_attempt; delete from webhook_delivery; delete from webhook_endpoint; delete from backoffice_entry; delete from rating; delete from late_notice; update visit set follow_up_of = null;
        delete from recording_choice; delete from recording_erasure; delete from recording;
        delete from replan_run; delete from closure;
        delete from erasure_order; delete from person_case; delete from visit;
        delete from seat using seat older where older.withdrawn_at is not null and older.id < seat.id
          and older.desk_id = seat.desk_id and older.starts_at < seat.ends_at and older.ends_at > seat.starts_at;
        update seat set state = 'free', hold_id = null, held_until = null, claimable_from = null, withdrawn_at = null
          where state <> 'free' or claimable_from is not null or withdrawn_at is not null;
        update desk set active = true where not active;
        update branch set active = true where not active;
        update topic set active = true where not active`)
      for (const { id } of directory.branches) forgetOffers(db, id)
    },
    drop: async () => {
      await bus.close()
      await database.drop()
      await rm(storeFolder, { recursive: true, force: true })
    },
  }
}

/** The answer of a use case that a test relies on having gone well. */
export function granted<T extends { ok: boolean }>(answer: T): Extract<T, { ok: true }> {
  if (!answer.ok) throw new Error(`Refused: ${JSON.stringify(answer)}`)
  return answer as Extract<T, { ok: true }>
}

export const held = (answer: Awaited<ReturnType<typeof holdSeat>>): Hold => granted(answer).hold
export const booked = (answer: Booking): BookedVisit => granted(answer).visit

function known<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('The bundled institution has changed')
  return thing
}
