import { randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { JournalRecord } from '../../src/contract/journal'
import { journalCloseCodes } from '../../src/contract/close-codes'
import { partName } from '../../src/recording/store-names'
import { eventually } from '../support/eventually'
import {
  closed,
  fourFrames,
  fourTracks,
  hashOf,
  type JournalPage,
  journalSession,
  type JournalSession,
  openJournal,
} from '../support/journal-page'
import { recordedSessions } from '../support/recorded-journal'
import { visitScene } from '../support/visit-scene'
import { callIn } from '../../src/visit/call-in'
import { releaseVisit } from '../../src/visit/release-visit'
import { takeOver } from '../../src/visit/take-over'
import { lookEveryMilliseconds, mostSocketsOfOne } from '../../src/recording/journal-routes'
import { mostSessions } from '../../src/recording/open-session'
import { stopRecording } from '../../src/recording/stop-recording'

const scene = visitScene()
const pages: JournalPage[] = []

/** A visit in progress with its officer, and the journal of the officer's page. */
async function recordedCall() {
  const visit = await scene.meeting()
  const client = scene.open(scene.one, visit.clientPath)
  await client.next('welcome')
  const ewa = await scene.officer(scene.two)
  expect(await callIn(scene.world.db, { visitId: visit.id, staff: ewa.staff, ...scene.parts() })).toEqual({
    ok: true,
  })
  const session = journalSession()
  const open = (server = scene.two, cookie = ewa.cookie, id = session.id) => {
    const page = openJournal(server, { visitId: visit.id, cookie, session: id })
    pages.push(page)
    return page
  }
  /** The page, once its first batch is durable and everybody is told that the recording goes on. */
  const goesOn = async () => {
    const page = open()
    await page.next('ready')
    page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
    await page.acked(1)
    await client.next('room', ({ room }) => room.recording === 'on')
    return page
  }
  return { visit, client, ewa, session, open, goesOn }
}

const ms = () => scene.now().getTime()
const stateOf = async (id: string) => (await scene.visitRow(id)).recording_state
const look = () => scene.two.tick(lookEveryMilliseconds)

/** Numbers and payloads of everything that lies in the store for the session. */
async function stored(visitId: string, session: JournalSession): Promise<Map<number, string>> {
  const sessions = await recordedSessions(scene.world, visitId)
  const batches = sessions.find(({ id }) => id === session.id)?.batches ?? []
  return new Map(batches.map(({ number, records }) => [number, records.map(payloadOf).join('|')]))
}
const payloadOf = (record: JournalRecord) =>
  record.kind === 'frame' ? Buffer.from(record.payload).toString() : record.kind

test('batches are acknowledged once they lie in the store, sealed, and the recording goes on', async () => {
  const { visit, client, session, open } = await recordedCall()
  expect(await stateOf(visit.id)).toBe('starting')
  const page = open()
  const { have, spoolKey } = await page.next('ready')
  expect(have).toBe(0)
  expect(Buffer.from(spoolKey, 'base64')).toHaveLength(32)

  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  page.sendBatch(session.next(fourFrames(ms(), 'geheim'), ms()))
  await page.acked(2)
  await client.next('room', ({ room }) => room.recording === 'on')
  expect((await stored(visit.id, session)).get(2)).toContain('geheim 1')
  const raw = await everyByte(visit.id)
  expect(raw.includes('geheim')).toBe(false)
})

async function everyByte(visitId: string): Promise<string> {
  const names = await scene.world.store.list(`recordings/${visitId}/`)
  const all = await Promise.all(
    names.map(async (name) => {
      const pieces: Buffer[] = []
      for await (const piece of scene.world.store.read(name)) pieces.push(Buffer.from(piece))
      return Buffer.concat(pieces).toString('latin1')
    }),
  )
  return all.join('')
}

test('batches that come in another order, and again, are each taken once', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  const batches = Array.from({ length: 20 }, (_, index) =>
    session.next(index === 0 ? fourTracks(ms()) : fourFrames(ms(), `number ${index + 1}`), ms()),
  )
  for (const batch of [...batches].reverse()) page.sendBatch(batch)
  for (const batch of batches) page.sendBatch(batch)
  await page.acked(20)
  const found = await stored(visit.id, session)
  expect([...found.keys()]).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  expect(found.get(7)).toContain('number 7')
  const part = partName(visit.id, session.id, 1)
  const length = await scene.world.store.lengthOf(part)
  page.sendBatch(batches[3] ?? Buffer.alloc(0))
  await page.next('ack')
  expect(await scene.world.store.lengthOf(part)).toBe(length)
})

test('what is damaged, forged, out of range, different or chained to something else is refused, and nothing is lost', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  const first = session.next(fourTracks(ms()), ms())
  const second = session.next(fourFrames(ms()), ms())
  page.sendBatch(first)
  page.sendBatch(second)
  await page.acked(2)
  const refusal = async (bytes: Buffer) => {
    page.sendBatch(bytes)
    const { reason, have } = await page.next('refused')
    expect(have).toBe(2)
    return reason
  }
  const before = Uint8Array.from(hashOf(second))
  const batch = { sessionId: session.sessionId, before, builtAt: ms(), records: fourFrames(ms()) }
  const bent = closed({ ...batch, number: 3 })
  bent[200] = (bent[200] ?? 0) ^ 1
  expect(await refusal(bent)).toBe('damaged')
  expect(await refusal(Buffer.from('no batch'))).toBe('damaged')
  expect(await refusal(Buffer.alloc(100_000, 7))).toBe('damaged')
  expect(await refusal(closed({ ...batch, number: 3, sessionId: Buffer.alloc(16, 9) }))).toBe('forged')
  expect(await refusal(closed({ ...batch, number: 3, before: new Uint8Array(32) }))).toBe('broken_chain')
  expect(await refusal(closed({ ...batch, number: 100_000 }))).toBe('out_of_range')
  expect(await refusal(closed({ ...batch, number: 2 }))).toBe('different')
  expect(await refusal(closed({ ...batch, number: 5 }))).toBe('gap')

  page.sendBatch(session.next(fourFrames(ms(), 'good'), ms()))
  await page.acked(3)
  expect([...(await stored(visit.id, session)).keys()]).toEqual([1, 2, 3])
})

test('a message larger than any batch closes the socket, and the page goes on where it was', async () => {
  const { session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  await page.acked(1)
  page.sendBatch(Buffer.alloc(3 * 1024 * 1024))
  expect(await page.closed).toBe(1009)
  const again = open()
  expect((await again.next('ready')).have).toBe(1)
})

test('only the officer of the visit sends to its journal', async () => {
  const { visit, ewa, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  await page.acked(1)

  const jan = await scene.officer(scene.one, { name: 'Jan Lis' })
  expect(await open(scene.one, jan.cookie, session.id).closed).toBe(journalCloseCodes.refused)
  expect(await open(scene.one, jan.cookie, randomUUID()).closed).toBe(journalCloseCodes.refused)
  for (const role of ['supervisor', 'administrator', 'inspector'] as const) {
    const other = await scene.officer(scene.one, { role })
    expect(await open(scene.one, other.cookie, randomUUID()).closed).toBe(journalCloseCodes.refused)
  }
  // A session belongs to its visit
  const later = await scene.bookAt('10:15')
  const elsewhere = openJournal(scene.two, { visitId: later.id, cookie: ewa.cookie, session: session.id })
  pages.push(elsewhere)
  expect(await elsewhere.closed).toBe(journalCloseCodes.refused)
  expect(await scene.world.db.selectFrom('recording').select('visit_id').execute()).toEqual([
    { visit_id: visit.id },
  ])
})

test('without the consent nothing is recorded', async () => {
  const { visit, open } = await recordedCall()
  await scene.world.query('update visit set recording_consent = false where id = $1', [visit.id])
  expect(await open().closed).toBe(journalCloseCodes.refused)
  expect(await scene.world.store.list(`recordings/${visit.id}/`)).toEqual([])
})

test('a page that comes back on another process goes on where it was, and its old socket is closed', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  page.sendBatch(session.next(fourFrames(ms(), 'before'), ms()))
  await page.acked(2)
  const again = open(scene.one)
  // Nothing was noted yet: what is durable is read from the store itself
  expect((await again.next('ready')).have).toBe(2)
  expect(await page.closed).toBe(journalCloseCodes.replaced)
  again.sendBatch(session.next(fourFrames(ms(), 'after'), ms()))
  await again.acked(3)
  const found = await stored(visit.id, session)
  expect([...found.keys()]).toEqual([1, 2, 3])
  expect(found.get(3)).toContain('after')
})

test('a piece cut off by a crash was never acknowledged: it is sent again', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  const second = session.next(fourFrames(ms(), 'torn'), ms())
  page.sendBatch(second)
  await page.acked(2)
  await page.close()
  await noted(visit.id)
  // As if the process had been killed before it noted anything
  await scene.world.query(
    'update recording_part set batch = 0, length = 0, hash = $2 where session_id = $1',
    [session.id, Buffer.alloc(32)],
  )
  const file = await partFile(visit.id)
  const bytes = await readFile(file)
  await writeFile(file, bytes.subarray(0, bytes.length - 10))
  const again = open()
  expect((await again.next('ready')).have).toBe(1)
  again.sendBatch(second)
  await again.acked(2)
})

async function partFile(visitId: string): Promise<string> {
  const folder = storeFolder()
  const names = await readdir(join(folder, 'recordings', visitId), { recursive: true, withFileTypes: true })
  const file = names.find((entry) => entry.isFile())
  if (!file) throw new Error('Nothing lies in the store')
  return join(file.parentPath, file.name)
}
const storeFolder = () => scene.world.storeFolder

const noted = (visitId: string) =>
  eventually(async () => {
    const rows = await scene.world.query<{ batch: number }>(
      `select batch from recording_part join recording_session s on s.id = session_id where visit_id = $1`,
      [visitId],
    )
    expect(Number(rows[0]?.batch)).toBeGreaterThan(0)
  })

test('after three seconds without anything durable the recording is interrupted, and nothing that needs it is done', async () => {
  const { visit, client, ewa, session, goesOn } = await recordedCall()
  const page = await goesOn()
  scene.world.clock.advance({ seconds: 4 })
  look()
  await client.next('room', ({ room }) => room.recording === 'interrupted')
  const confirm = { id: randomUUID(), wynik: 'confirmed', dokument: 'idCard' }
  const refused = await scene.ask(scene.two, ewa.cookie, visit.id, '/tozsamosc', confirm)
  expect(refused).toMatchObject({ status: 409, reason: 'recording_interrupted' })

  page.sendBatch(session.next(fourFrames(ms()), ms()))
  await page.acked(2)
  look()
  await client.next('room', ({ room }) => room.recording === 'on')
  expect((await scene.ask(scene.two, ewa.cookie, visit.id, '/tozsamosc', confirm)).status).toBe(200)
})

test('another process says so, too, when the one that held the journal is gone', async () => {
  const { client, goesOn } = await recordedCall()
  const page = await goesOn()
  await page.close()
  scene.world.clock.advance({ seconds: 4 })
  scene.one.tick(lookEveryMilliseconds)
  await client.next('room', ({ room }) => room.recording === 'interrupted')
})

test('a track that falls silent without being switched off interrupts the recording', async () => {
  const { client, session, goesOn } = await recordedCall()
  const page = await goesOn()
  scene.world.clock.advance({ seconds: 4 })
  const withoutClient = fourFrames(ms()).filter(({ track }) => track > 2)
  page.sendBatch(session.next(withoutClient, ms()))
  await page.acked(2)
  look()
  await client.next('room', ({ room }) => room.recording === 'interrupted')
  const off: JournalRecord[] = [1, 2].map((track) => ({
    kind: 'event',
    track,
    at: ms(),
    event: { type: 'expected', expected: false },
  }))
  page.sendBatch(session.next([...off, ...withoutClient], ms()))
  await page.acked(3)
  look()
  await client.next('room', ({ room }) => room.recording === 'on')
})

test('the officer goes on without a recording only with a reason, and the choice is kept', async () => {
  const { visit, client, ewa, session, open } = await recordedCall()
  const choose = (fields: Record<string, string>) =>
    scene.ask(scene.two, ewa.cookie, visit.id, '/nagranie/wybor', { id: randomUUID(), ...fields })
  expect(await choose({ wybor: 'continue', 'powod-braku': 'Serwer nie odpowiada' })).toMatchObject({
    reason: 'recording_goes_on',
  })
  scene.world.clock.advance({ seconds: 11 })
  look()
  await client.next('room', ({ room }) => room.recording === 'interrupted')
  expect(await choose({ wybor: 'continue' })).toMatchObject({ reason: 'choice_reason_missing' })
  expect((await choose({ wybor: 'wait' })).status).toBe(200)
  expect((await choose({ wybor: 'continue', 'powod-braku': 'Serwer nie odpowiada' })).status).toBe(200)
  await client.next('room', ({ room }) => room.recording === 'unrecorded')
  const kept = await scene.world.query<{ choice: string; reason: Buffer | null }>(
    'select choice, reason from recording_choice where visit_id = $1 order by choice',
    [visit.id],
  )
  expect(kept.map(({ choice }) => choice)).toEqual(['continue', 'wait'])
  expect(kept[0]?.reason?.includes('Serwer')).toBe(false)

  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await client.next('room', ({ room }) => room.recording === 'on')
})

test('what waited on the computer is taken after the visit, from its officer alone; a new session is not', async () => {
  const { visit, ewa, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await page.acked(1)
  const late = session.next(fourFrames(ms(), 'late'), ms())
  await page.close()
  await scene.ask(scene.two, ewa.cookie, visit.id, '/zakoncz', { powod: 'settled' })
  expect(await open(scene.two, ewa.cookie, randomUUID()).closed).toBe(journalCloseCodes.refused)
  const again = open()
  await again.next('ready')
  again.sendBatch(late)
  again.ask({ type: 'end', last: 2 })
  expect((await again.next('done')).have).toBe(2)
  expect((await stored(visit.id, session)).get(2)).toContain('late')
  const rows = await scene.world.query(
    'select 1 from recording_session where id = $1 and closed_at is not null',
    [session.id],
  )
  expect(rows).toHaveLength(1)
  expect(await stateOf(visit.id)).toBe('off')
})

test('an erased recording takes nothing more', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  await page.close()
  await scene.world.query("update recording set wrapped_key = null, state = 'erased' where visit_id = $1", [
    visit.id,
  ])
  expect(await open(scene.two, undefined, session.id).closed).toBe(journalCloseCodes.erased)
})

test('a store in which nothing can be written stops the acknowledgements and catches up', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  await page.acked(1)
  const failing = failAppends()
  page.sendBatch(session.next(fourFrames(ms(), 'full'), ms()))
  page.ask({ type: 'time', sentAt: 1 })
  await page.next('time')
  expect(page.notices.filter(({ type }) => type === 'ack')).toHaveLength(1)
  await failing.tried
  failing.mend()
  await page.acked(2)
  expect((await stored(visit.id, session)).get(2)).toContain('full')
})

/** Every append to the store fails half way from now on, as on a full disk. */
function failAppends() {
  const { faults } = scene.world
  const tried = faults.failAppends()
  return { tried, mend: () => faults.mend() }
}

test('a consent taken back in the call ends the journal at once: nothing that comes later is taken', async () => {
  const { visit, ewa, session, open, goesOn } = await recordedCall()
  const page = await goesOn()
  const { db, bus } = scene.world
  const stop = { visitId: visit.id, staff: ewa.staff, consent: 'optional' as const, now: scene.now(), bus }
  expect(await stopRecording(db, stop)).toEqual({ ok: true })
  expect(await page.closed).toBe(journalCloseCodes.erased)
  expect(await open().closed).toBe(journalCloseCodes.erased)
  expect(await open(scene.one, ewa.cookie, randomUUID()).closed).toBe(journalCloseCodes.refused)
  look()
  expect([...(await stored(visit.id, session)).keys()]).toEqual([1])
  expect(await stateOf(visit.id)).toBe('off')
})

test('a colleague who takes the visit over records it alone; what the other page has left comes after the visit', async () => {
  const { visit, ewa, session, open, goesOn } = await recordedCall()
  const page = await goesOn()
  await scene.later({ minutes: 1 })
  const jan = await scene.officer(scene.one, { name: 'Jan Lis' })
  const { db, bus } = scene.world
  const taken = await takeOver(db, { visitId: visit.id, staff: jan.staff, now: scene.now(), bus })
  expect(taken).toEqual({ ok: true })
  expect(await page.closed).toBe(journalCloseCodes.refused)
  expect(await open().closed).toBe(journalCloseCodes.refused)

  const own = journalSession()
  const next = open(scene.one, jan.cookie, own.id)
  await next.next('ready')
  next.sendBatch(own.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await next.acked(1)
  await scene.ask(scene.one, jan.cookie, visit.id, '/zakoncz', { powod: 'settled' })
  const late = open()
  await late.next('ready')
  late.sendBatch(session.next(fourFrames(ms(), 'late'), ms()))
  await late.acked(2)
  expect(ewa.staff.id).not.toBe(jan.staff.id)
})

test('a visit put back and called in by a colleague is recorded by the colleague alone', async () => {
  const { visit, ewa, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await page.acked(1)
  const { db } = scene.world
  expect(await releaseVisit(db, { visitId: visit.id, staff: ewa.staff, ...scene.parts() })).toEqual({
    ok: true,
  })
  const jan = await scene.officer(scene.one, { name: 'Jan Lis' })
  expect(await callIn(db, { visitId: visit.id, staff: jan.staff, ...scene.parts() })).toEqual({ ok: true })
  expect(await page.closed).toBe(journalCloseCodes.refused)
  expect(await stateOf(visit.id)).toBe('starting')
})

test('an interrupted recording stays so while nothing comes, though its socket is open still', async () => {
  const { visit, client, goesOn } = await recordedCall()
  const page = await goesOn()
  scene.world.clock.advance({ seconds: 4 })
  look()
  await client.next('room', ({ room }) => room.recording === 'interrupted')
  const before = client.notices.length
  await looked(page, 1)
  await looked(page, 1)
  expect(await stateOf(visit.id)).toBe('interrupted')
  expect(client.notices.slice(before).filter(({ type }) => type === 'room')).toEqual([])
})

test('what an earlier page left over does not make the recording of this one go on', async () => {
  const { visit, ewa, session, open, goesOn } = await recordedCall()
  const page = await goesOn()
  await page.close()
  scene.world.clock.advance({ seconds: 1 })
  const reloaded = open(scene.two, ewa.cookie, randomUUID())
  await reloaded.next('ready')
  scene.world.clock.advance({ seconds: 4 })
  const leftOver = open()
  await leftOver.next('ready')
  leftOver.sendBatch(session.next(fourFrames(ms(), 'left'), ms()))
  await leftOver.acked(2)
  await looked(leftOver, 2)
  expect(await stateOf(visit.id)).toBe('interrupted')
})

/** Looks, and waits until it is over: what is done is said after a look of the journal's process. */
async function looked(page: JournalPage, last: number) {
  look()
  page.ask({ type: 'end', last })
  await page.next('done')
}

test('how far a part came is noted even if the database was away when its socket was closed', async () => {
  const { visit, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next(fourTracks(ms()), ms()))
  await page.acked(1)
  await scene.world.query(`create sequence refused_note`)
  await scene.world.query(`create function refuse_note() returns trigger language plpgsql as
    $$ begin perform nextval('refused_note'); raise 'away'; end $$`)
  await scene.world.query(`create trigger away before update on recording_part
    for each row execute function refuse_note()`)
  await page.close()
  await eventually(async () => {
    expect(await scene.world.query('select 1 from refused_note where is_called')).toHaveLength(1)
  })
  await scene.world.query('drop function refuse_note cascade')
  await scene.world.query('drop sequence refused_note')
  await eventually(async () => {
    look()
    const [row] = await scene.world.query<{ batch: string }>('select batch from recording_part')
    expect(Number(row?.batch)).toBe(1)
  })
  expect(await stateOf(visit.id)).toBe('starting')
})

test('an officer opens so many sockets for a visit and no more, and a visit has so many sessions', async () => {
  const { visit, ewa, open } = await recordedCall()
  const many = Array.from({ length: mostSocketsOfOne }, () => open(scene.two, ewa.cookie, randomUUID()))
  for (const page of many) await page.next('ready')
  expect(await open(scene.two, ewa.cookie, randomUUID()).closed).toBe(1013)
  await Promise.all(many.map((page) => page.close()))
  await scene.world.query(
    `insert into recording_session (id, visit_id, staff_id, opened_at)
      select gen_random_uuid(), $1, $2, $3 from generate_series(1, ${mostSessions})`,
    [visit.id, ewa.staff.id, scene.now()],
  )
  await eventually(async () => {
    expect(await open(scene.two, ewa.cookie, randomUUID()).closed).toBe(journalCloseCodes.refused)
  })
})

test('a page that asks without end is closed', async () => {
  const { open } = await recordedCall()
  const page = open()
  await page.next('ready')
  for (let asked = 0; asked < 300; asked++) page.ask({ type: 'time', sentAt: asked })
  expect(await page.closed).toBe(1008)
})

test('a store that does not answer interrupts the recording, the visit goes on, and all of it is there once it answers', async () => {
  const { visit, client, session, open } = await recordedCall()
  const page = open()
  await page.next('ready')
  page.sendBatch(session.next([...fourTracks(ms()), ...fourFrames(ms())], ms()))
  await client.next('room', ({ room }) => room.recording === 'on')
  scene.world.faults.holdAppends()
  const sent = Array.from({ length: 20 }, (_, n) => session.next(fourFrames(ms(), `held ${n}`), ms()))
  for (const batch of sent) page.sendBatch(batch)
  page.ask({ type: 'time', sentAt: 1 })
  await page.next('time')
  scene.world.clock.advance({ seconds: 4 })
  look()
  await client.next('room', ({ room }) => room.recording === 'interrupted' && room.state === 'in_progress')
  scene.world.faults.mend()
  await page.acked(21)
  page.sendBatch(session.next(fourFrames(ms()), ms()))
  await page.acked(22)
  look()
  await client.next('room', ({ room }) => room.recording === 'on')
  const found = await stored(visit.id, session)
  expect([...found.keys()]).toEqual(Array.from({ length: 22 }, (_, index) => index + 1))
})
