import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { linkEndedCode } from '../../src/contract/close-codes'
import { roomNotice } from '../../src/contract/signalling'
import { inTransaction } from '../../src/platform/db'
import { askClient } from '../../src/visit/ask-client'
import { insertChatMessage } from '../../src/visit/chat-store'
import { extendVisit } from '../../src/visit/extend-visit'
import { inviteInterpreter } from '../../src/visit/invite-interpreter'
import { sayLate } from '../../src/visit/say-late'
import { setBreak } from '../../src/visit/set-break'
import { takeOver } from '../../src/visit/take-over'
import { tellOfVisit } from '../../src/visit/visit-notices'
import { warnClient } from '../../src/visit/warn-client'
import { eventually } from '../support/eventually'
import { type RoomPage, visitScene } from '../support/visit-scene'

const scene = visitScene()
const buffer = { bufferMinutes: 5 }

describe('the chat', () => {
  test('reaches everybody in the room, on whichever process, in one order, and is sealed', async () => {
    const { visit, client, desk } = await scene.call({ guardian: true })
    const ids = [randomUUID(), randomUUID()]
    client.send({ type: 'chat', id: ids[0] ?? '', text: '  Gorzej słychać  ' })
    const said = await desk.next('chat', ({ lines }) => lines.length > 0)
    expect(said.lines).toMatchObject([{ id: ids[0], author: 'client', text: 'Gorzej słychać', position: 1 }])
    desk.send({ type: 'chat', id: ids[1] ?? '', text: 'Proszę pisać tutaj.' })
    const answered = await client.next('chat', ({ lines }) =>
      lines.some(({ author }) => author === 'officer'),
    )
    expect(roomNotice.parse(answered)).toEqual(answered)
    const guardian = scene.open(scene.two, visit.guardianPath)
    const { chat } = await guardian.next('welcome')
    expect(chat.map(({ text }) => text)).toEqual(['Gorzej słychać', 'Proszę pisać tutaj.'])
    const rows = await scene.world.query<{ body: Buffer }>('select body from chat_message')
    expect(rows.map(({ body }) => body.toString('latin1')).join()).not.toMatch(/pisa|słycha/)
  })

  test('keeps one line of a message that is sent again, and echoes it to who missed the echo', async () => {
    const { client } = await scene.call()
    const id = randomUUID()
    for (let n = 0; n < 3; n++) client.send({ type: 'chat', id, text: 'Raz' })
    for (let n = 0; n < 3; n++) {
      const { lines } = await client.next('chat')
      expect(lines.filter((line) => line.id === id)).toHaveLength(1)
    }
    expect(await scene.world.query('select 1 from chat_message')).toHaveLength(1)
  })

  test('refuses what is empty, too long, somebody else’s, or said before or after the call', async () => {
    const { client, desk, visit, ewa } = await scene.call()
    const id = randomUUID()
    desk.send({ type: 'chat', id, text: 'Moje' })
    await desk.next('chat')
    client.send({ type: 'chat', id, text: 'Podmienione' })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    await scene.ask(scene.two, ewa.cookie, visit.id, '/zakoncz', { powod: 'settled', wyjasnienie: '' })
    await client.next('room', ({ room }) => room.state === 'completed')
    client.send({ type: 'chat', id: randomUUID(), text: 'Jeszcze jedno' })
    expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    expect(await scene.world.query('select 1 from chat_message')).toHaveLength(1)
  })

  test('costs nobody the call: what is empty, too long or too fast is refused, and the socket stays', async () => {
    const { client, desk } = await scene.call()
    for (const text of ['', ' \n\t ', 'x'.repeat(2001), 'ż'.repeat(20_000)]) {
      client.send({ type: 'chat', id: randomUUID(), text })
      expect(await client.next('refused')).toMatchObject({ reason: 'not_allowed' })
    }
    client.send({ type: 'chat', id: randomUUID(), text: ` ${'x'.repeat(2000)} ` })
    await desk.next('chat', ({ lines }) => lines.some(({ text }) => text.length === 2000))
    for (let n = 0; n < 40; n++) client.send({ type: 'chat', id: randomUUID(), text: `${n}` })
    await client.next('refused')
    client.send({ type: 'ping' })
    await client.next('pong')
    expect(client.notices.filter(({ type }) => type === 'refused').length).toBeGreaterThanOrEqual(5)
    desk.send({ type: 'chat', id: randomUUID(), text: 'Słyszę' })
    await client.next('chat', ({ lines }) => lines.some(({ author }) => author === 'officer'))
  })

  test('keeps one order and loses nothing when everybody writes at once, on two processes, and says it twice', async () => {
    const { visit, client, desk } = await scene.call({ guardian: true })
    const guardian = scene.open(scene.two, visit.guardianPath)
    await guardian.next('welcome')
    const pages = [client, desk, guardian]
    const said = pages.map((page) =>
      Array.from({ length: 15 }, (_, n) => ({ id: randomUUID(), text: `${page.pageId} ${n}` })),
    )
    for (let n = 0; n < 15; n++)
      pages.forEach((page, who) => {
        const line = said[who]?.[n]
        if (!line) return
        page.send({ type: 'chat', ...line })
        if (n % 3 === 0) page.send({ type: 'chat', ...line })
      })
    const ids = said.flat().map(({ id }) => id)
    const heardBy = (page: RoomPage) =>
      new Map(
        page.notices.flatMap((notice) =>
          notice.type === 'chat' ? notice.lines.map((line) => [line.position, line] as const) : [],
        ),
      )
    for (const page of pages) {
      await eventually(() => expect(heardBy(page).size).toBe(45))
      const lines = [...heardBy(page).entries()].sort(([a], [b]) => a - b).map(([, line]) => line)
      expect(lines.map(({ position }) => position)).toEqual(Array.from({ length: 45 }, (_, n) => n + 1))
      expect(new Set(lines.map(({ id }) => id))).toEqual(new Set(ids))
      said.forEach((own) => {
        const texts = own.map(({ text }) => text)
        expect(lines.map(({ text }) => text).filter((text) => texts.includes(text))).toEqual(texts)
      })
    }
  })

  test('reaches a page whose process had lost its line to the database', async () => {
    const { visit, client, desk } = await scene.call()
    desk.send({ type: 'chat', id: randomUUID(), text: 'Przed' })
    await client.next('chat')
    // Said without a notice, as while nobody listened
    const message = {
      id: randomUUID(),
      visitId: visit.id,
      position: 2,
      author: 'officer' as const,
      text: 'Po',
    }
    await inTransaction(scene.world.db, (tx) =>
      insertChatMessage(tx, { ...message, now: scene.now() }, scene.world.keys),
    )
    await scene.world.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'e-wizyta bus' and datname = current_database()`,
    )
    await client.next('chat', ({ lines }) => lines.some(({ text }) => text === 'Po'))
  })

  test('is not read by somebody who is only told how the visit stands', async () => {
    const { visit, desk } = await scene.call()
    desk.send({ type: 'chat', id: randomUUID(), text: 'Tajne' })
    await desk.next('chat')
    const jan = await scene.officer(scene.one, { name: 'Jan Kos' })
    const watching = scene.open(scene.one, jan.path(visit.id), { cookie: jan.cookie })
    expect((await watching.next('welcome')).chat).toEqual([])
  })
})

describe('warnings and requests', () => {
  test('are seen by the client, confirmed once, and kept through a reload', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    const warning = { visitId: visit.id, staff: ewa.staff, id: randomUUID(), reason: 'noise' as const }
    expect(await warnClient(scene.world.db, { ...warning, ...scene.parts() })).toEqual({ ok: true })
    expect(await warnClient(scene.world.db, { ...warning, ...scene.parts() })).toEqual({ ok: true })
    const { room } = await client.next('room', ({ room }) => room.warnings.length > 0)
    expect(room.warnings).toMatchObject([{ id: warning.id, reason: 'noise', seenAt: null }])
    desk.send({ type: 'warning_seen', id: warning.id })
    expect(await desk.next('refused')).toMatchObject({ reason: 'not_allowed' })
    client.send({ type: 'warning_seen', id: warning.id })
    await desk.next('room', ({ room }) => typeof room.warnings[0]?.seenAt === 'string')

    await askClient(scene.world.db, { visitId: visit.id, staff: ewa.staff, asked: 'front', ...scene.parts() })
    await client.next('room', ({ room }) => room.asked === 'front')
    const reloaded = scene.open(scene.one, visit.clientPath, { tab: client.tabId })
    expect((await reloaded.next('welcome')).room).toMatchObject({
      asked: 'front',
      warnings: [{ reason: 'noise' }],
    })
  })

  test('are given by nobody but the officer who conducts, and only during the call', async () => {
    const { visit, ewa } = await scene.call()
    const jan = await scene.officer(scene.one, { name: 'Jan Kos' })
    const { staff: administrator } = await scene.officer(scene.one, { role: 'administrator' })
    const warn = (staff: typeof ewa.staff) =>
      warnClient(scene.world.db, {
        visitId: visit.id,
        staff,
        id: randomUUID(),
        reason: 'noise',
        ...scene.parts(),
      })
    expect(await warn(jan.staff)).toEqual({ ok: false, reason: 'other_officer' })
    expect(await warn(administrator)).toEqual({ ok: false, reason: 'unknown' })
    await scene.ask(scene.two, ewa.cookie, visit.id, '/oddaj')
    expect(await warn(ewa.staff)).toEqual({ ok: false, reason: 'changed' })
  })
})

describe('five minutes more', () => {
  const nextSeat = async (id: string) =>
    (
      await scene.world.query<{ id: number; state: string }>(
        `select later.id, later.state from visit join seat own on own.id = visit.seat_id
         join seat later on later.desk_id = own.desk_id and later.starts_at >= own.ends_at
         where visit.id = $1 order by later.starts_at limit 1`,
        [id],
      )
    )[0]

  test('are given while the next seat of the desk is free, which nobody can take then', async () => {
    const { visit, client, ewa } = await scene.call()
    const before = (await scene.visitRow(visit.id)).ends_at
    const extend = () =>
      extendVisit(scene.world.db, { visitId: visit.id, staff: ewa.staff, ...buffer, ...scene.parts() })
    expect(await extend()).toEqual({ ok: true, endsAt: new Date(before.getTime() + 300_000) })
    await client.next('room', ({ room }) => room.extendedMinutes === 5)
    expect((await nextSeat(visit.id))?.state).toBe('held')
    expect(await extend()).toMatchObject({ ok: true })
    expect((await scene.visitRow(visit.id)).extended_minutes).toBe(10)
  })

  test('are not given when somebody has the next seat', async () => {
    const { visit, ewa } = await scene.call()
    const seat = await nextSeat(visit.id)
    await scene.world.query(`update seat set state = 'booked' where id = $1`, [seat?.id])
    const extended = await extendVisit(scene.world.db, {
      visitId: visit.id,
      staff: ewa.staff,
      ...buffer,
      ...scene.parts(),
    })
    expect(extended).toMatchObject({ ok: false, reason: 'next_booked', nextAt: expect.any(Date) as Date })
    expect((await scene.visitRow(visit.id)).extended_minutes).toBe(0)
  })

  test('and a client who holds that seat at the same moment never both get it', async () => {
    for (let round = 0; round < 4; round++) {
      await scene.world.reset()
      const { visit, ewa } = await scene.call()
      const desk = await scene.world.query<{ starts_at: Date }>(
        `select later.starts_at from visit join seat own on own.id = visit.seat_id
         join seat later on later.desk_id = own.desk_id and later.starts_at >= own.ends_at
         where visit.id = $1 order by later.starts_at limit 1`,
        [visit.id],
      )
      const startsAt = desk[0]?.starts_at ?? new Date(0)
      // All other desks are taken at that time: only the contested seat is left
      await scene.world.query(
        `update seat set state = 'booked' where starts_at = $1 and desk_id <>
         (select desk_id from seat join visit on visit.seat_id = seat.id where visit.id = $2)`,
        [startsAt, visit.id],
      )
      const holds = Array.from({ length: 50 }, (_, n) =>
        scene.world.hold(startsAt, { owner: `owner-${round}-${n}` }),
      )
      const [extension, ...held] = await Promise.all([
        scene.ask(scene.two, ewa.cookie, visit.id, '/przedluz'),
        ...holds,
      ])
      const winners = held.filter(({ ok }) => ok).length + (extension.status === 200 ? 1 : 0)
      expect(winners).toBe(1)
      expect((await scene.visitRow(visit.id)).extended_minutes).toBe(extension.status === 200 ? 5 : 0)
    }
  })
})

describe('an interpreter', () => {
  test('comes by a link of their own while invited, takes part, and is out when the invitation is taken back', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    const path = scene.pathOf('interpreter', visit.id)
    const invite = (name: string | null) =>
      inviteInterpreter(scene.world.db, { visitId: visit.id, staff: ewa.staff, name, ...scene.parts() })
    const early = scene.open(scene.one, path)
    expect(await early.closed).not.toBe(1000)
    expect(await invite('  ')).toEqual({ ok: false, reason: 'name_missing' })
    expect(await invite('Anna Migowa')).toEqual({ ok: true })
    await client.next('room', ({ room }) => room.guests.interpreter === 'Anna Migowa')
    const interpreter = scene.open(scene.one, path)
    expect(await interpreter.next('welcome')).toMatchObject({
      you: 'interpreter',
      room: { closingNote: null },
    })
    interpreter.send({ type: 'enter' })
    await desk.next('present', ({ present }) =>
      present.some(({ participant, ready }) => participant === 'interpreter' && ready),
    )
    expect(await invite(null)).toEqual({ ok: true })
    expect(await interpreter.closed).toBe(linkEndedCode)
    const again = scene.open(scene.one, path)
    expect(await again.closed).not.toBe(1000)
    // Somebody else is invited: the first one's link stays dead
    const invited = await scene.ask(scene.two, ewa.cookie, visit.id, '/tlumacz', { tlumacz: 'Jan Znak' })
    expect(invited).toMatchObject({ ok: true })
    const stale = scene.open(scene.one, path)
    expect(await stale.closed).not.toBe(1000)
    const { interpreterLink } = invited as { interpreterLink?: string }
    const fresh = new URL(interpreterLink ?? '').pathname
    const second = scene.open(scene.one, `${fresh}/pokoj`)
    expect(await second.next('welcome')).toMatchObject({ you: 'interpreter' })
  })
})

describe('a visit whose officer dropped out', () => {
  test('is taken over by a colleague once the officer’s page is gone, by a supervisor at once', async () => {
    const { visit, client, desk, ewa } = await scene.call()
    const jan = await scene.officer(scene.one, { name: 'Jan Kos' })
    const take = (staff: typeof jan.staff) =>
      takeOver(scene.world.db, { visitId: visit.id, staff, ...scene.parts() })
    expect(await take(jan.staff)).toEqual({ ok: false, reason: 'officer_is_here' })
    await desk.close()
    await client.next('present', ({ present }) =>
      present.every(({ participant }) => participant !== 'officer'),
    )
    const startedAt = (await scene.visitRow(visit.id)).started_at
    expect(await take(jan.staff)).toEqual({ ok: false, reason: 'officer_is_here' })
    await scene.later({ minutes: 1 })
    expect(await take(jan.staff)).toEqual({ ok: true })
    expect(await scene.visitRow(visit.id)).toMatchObject({ officer_id: jan.staff.id, started_at: startedAt })
    expect(await take(jan.staff)).toEqual({ ok: true })
    const page = scene.open(scene.one, jan.path(visit.id), { cookie: jan.cookie })
    await page.next('welcome')
    page.send({ type: 'enter' })
    await client.next('present', ({ present }) =>
      present.some(({ participant }) => participant === 'officer'),
    )
    const boss = await scene.officer(scene.one, { role: 'supervisor' })
    expect(await take(boss.staff)).toEqual({ ok: true })
    await page.closed
    const entries = await scene.world.query(
      `select staff_id, details from audit_entry where action = 'visit.taken_over' order by id`,
    )
    expect(entries).toEqual([
      { staff_id: jan.staff.id, details: { from: ewa.staff.id } },
      { staff_id: boss.staff.id, details: { from: jan.staff.id } },
    ])
  })
})

describe('somebody who waits is told of the delay from what really goes on', () => {
  test('an officer who comes, says a delay, goes on a break and leaves', async () => {
    const { page } = await scene.waitingVisit('09:00')
    const branchId = scene.world.branch.id
    const { staff: anna, cookie } = await scene.officer(scene.one)
    await scene.later({ minutes: 15 })
    scene.one.tick(20_000)
    scene.two.tick(20_000)
    await page.next('room', ({ room }) => room.wait?.kind === 'noOfficer')
    const day = scene.live(cookie)
    await day.next('day')
    await page.next('room', ({ room }) => room.wait?.kind === 'minutes')
    const late = await sayLate(scene.world.db, { staff: anna, branchId, minutes: 25, ...scene.parts() })
    expect(late).toEqual({ ok: true })
    await page.next('room', ({ room }) => room.wait?.kind === 'minutes' && room.wait.minutes === 25)
    expect(await sayLate(scene.world.db, { staff: anna, branchId, minutes: 0, ...scene.parts() })).toEqual({
      ok: true,
    })
    await setBreak(scene.world.db, { staff: anna, branchId, onBreak: true, ...scene.parts() })
    await page.next('room', ({ room }) => room.wait?.kind === 'noOfficer')
    expect(await sayLate(scene.world.db, { staff: anna, branchId, minutes: 300, ...scene.parts() })).toEqual({
      ok: false,
      reason: 'minutes_wrong',
    })
    expect(
      await sayLate(scene.world.db, {
        staff: anna,
        branchId: scene.elsewhere().id,
        minutes: 5,
        ...scene.parts(),
      }),
    ).toEqual({ ok: false, reason: 'not_allowed' })
  })
})

test('the day page says a delay and a break for its officer, and refuses what is no number or no branch', async () => {
  const { cookie, staff } = await scene.officer(scene.one)
  const send = (path: string, fields: Record<string, string>) =>
    fetch(`${scene.one.url}${path}`, {
      method: 'POST',
      headers: { origin: scene.one.url, cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    })
  const oddzial = scene.world.branch.code
  expect((await send('/pracownik/spoznienie', { oddzial, minuty: '15' })).status).toBe(303)
  expect(await scene.world.query('select minutes from late_notice')).toEqual([{ minutes: 15 }])
  for (const minuty of ['', '-1', 'dużo', '1e3', '241'])
    expect((await send('/pracownik/spoznienie', { oddzial, minuty })).status).toBe(400)
  expect((await send('/pracownik/spoznienie', { oddzial: 'NIE', minuty: '5' })).status).toBe(400)
  const elsewhere = scene.elsewhere().code
  expect((await send('/pracownik/spoznienie', { oddzial: elsewhere, minuty: '5' })).status).toBe(403)
  expect((await send('/pracownik/przerwa', { oddzial, przerwa: 'tak' })).status).toBe(303)
  expect(await scene.world.query('select on_break from staff where id = $1', [staff.id])).toEqual([
    { on_break: true },
  ])
  expect((await send('/pracownik/przerwa', { oddzial, przerwa: 'może' })).status).toBe(400)
  expect((await send('/pracownik/przerwa', { oddzial: elsewhere, przerwa: 'nie' })).status).toBe(403)
})

describe('who opens sockets', () => {
  test('is out at once when the links of the visit are revoked, and the link opens nothing again', async () => {
    const { visit, client, desk } = await scene.call({ guardian: true })
    const guardian = scene.open(scene.two, visit.guardianPath)
    await guardian.next('welcome')
    await inTransaction(scene.world.db, async (tx) => {
      await tx.updateTable('visit').set({ link_version: 2 }).where('id', '=', visit.id).execute()
      await tellOfVisit(tx, scene.world.bus, { id: visit.id, branchId: scene.world.branch.id })
    })
    expect(await client.closed).toBe(linkEndedCode)
    expect(await guardian.closed).toBe(linkEndedCode)
    desk.send({ type: 'ping' })
    await desk.next('pong')
  })

  test('cannot call a page by the name of somebody else’s', async () => {
    const { visit, client, desk } = await scene.call({ guardian: true })
    const impostor = scene.open(scene.two, visit.guardianPath, { page: client.pageId })
    expect(await impostor.next('refused')).toMatchObject({ reason: 'bad_message' })
    expect(await impostor.closed).toBe(1008)
    desk.send({ type: 'ping' })
    await desk.next('pong')
    expect(desk.notices.filter(({ type }) => type === 'present').at(-1)).not.toMatchObject({
      present: expect.arrayContaining([expect.objectContaining({ participant: 'guardian' })]) as unknown,
    })
  })

  test('does not keep the officer out, however many colleagues look on', async () => {
    const { id } = await scene.meeting()
    const colleague = await scene.officer(scene.one)
    const looking = Array.from({ length: 8 }, () =>
      scene.open(scene.one, colleague.path(id), { cookie: colleague.cookie }),
    )
    for (const page of looking) await page.next('welcome')
    const tooMany = scene.open(scene.one, colleague.path(id), { cookie: colleague.cookie })
    expect(await tooMany.closed).toBe(1008)
    const ewa = await scene.officer(scene.one)
    const page = scene.open(scene.one, ewa.path(id), { cookie: ewa.cookie })
    expect(await page.next('welcome')).toMatchObject({ you: 'officer' })
  })
})
