import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { findDeadLetters, retryDeadLetters } from '../../src/message/dead-letters'
import { findMessages, type MessageCursor, messagesPerPage } from '../../src/message/find-messages'
import { resendMessage } from '../../src/message/resend-message'
import { readChannelHealth } from '../../src/message/channel-watch-store'
import { eventually } from '../support/eventually'
import { messagingForTests } from '../support/messaging-for-tests'
import { smtpForTests } from '../support/smtp-for-tests'
import { visitScene } from '../support/visit-scene'
import { get, post } from '../support/visit-server'

const scene = visitScene()

interface Row {
  id: string
  kind: string
  state: string
  copy: number
  channel: string
}
const rows = (visitId: string) =>
  scene.world.query<Row>('select * from message where visit_id = $1 order by created_at, copy', [visitId])
const booked = async (visitId: string) => {
  const found = (await rows(visitId)).find(({ kind }) => kind === 'booked')
  if (!found) throw new Error('There is no confirmation')
  return found
}
/** As after twelve tries, or after the recipient's own no. */
const givenUp = (id: string, error = 'SMTP 550 5.1.1 EENVELOPE RCPT TO') =>
  scene.world.query(
    `update message set state = 'dead', attempts = 12, last_error = $2, finished_at = $3 where id = $1`,
    [id, error, scene.now()],
  )
const resend = async (messageId: string, id = randomUUID()) => {
  const { id: staffId } = (await scene.officer(scene.one, { role: 'administrator' })).staff
  return resendMessage(scene.world.db, { messageId, id, staffId, now: scene.now() })
}
const everything = {
  ...{ branchIds: null, from: null, until: null, kind: null, state: null, visitNumber: null },
}

describe('a message is sent again', () => {
  test('as a new copy, once however often the form is pressed, and written down', async () => {
    const visit = await scene.bookAt('09:00')
    const message = await booked(visit.id)
    await givenUp(message.id)
    const id = randomUUID()
    const answers = await Promise.all([resend(message.id, id), resend(message.id, id)])
    expect(answers).toEqual([{ ok: true }, { ok: true }])
    expect(await resend(message.id)).toEqual({ ok: false, reason: 'on_its_way' })
    const copies = (await rows(visit.id)).filter(({ kind }) => kind === 'booked')
    expect(copies.map(({ state, copy }) => [state, copy])).toEqual([
      ['dead', 0],
      ['queued', 1],
    ])
    const audited = await scene.world.query<{ details: unknown }>(
      "select details from audit_entry where action = 'message.sent_again' and subject_id = $1",
      [visit.id],
    )
    expect(audited).toEqual([{ details: { kind: 'booked', message: id } }])
  })

  test('by two people at once as one', async () => {
    const visit = await scene.bookAt('09:00')
    const message = await booked(visit.id)
    await givenUp(message.id)
    const answers = await Promise.all(Array.from({ length: 5 }, () => resend(message.id)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('not once the visit was cancelled, nor when it is too late, nor all the time', async () => {
    const visit = await scene.bookAt('09:00')
    const message = await booked(visit.id)
    await givenUp(message.id)
    const sentNow = async () => {
      const answer = await resend(message.id)
      await scene.world.query(`update message set state = 'sent' where state = 'queued' and copy > 0`)
      return answer
    }
    expect(await sentNow()).toEqual({ ok: true })
    expect(await sentNow()).toEqual({ ok: false, reason: 'too_often' })
    scene.world.clock.advance({ minutes: 6 })
    expect(await sentNow()).toEqual({ ok: true })
    scene.world.clock.set(scene.at('09:16'))
    expect(await sentNow()).toEqual({ ok: false, reason: 'too_late' })
    scene.world.clock.set(scene.at('08:00'))
    await scene.world.query(`update visit set state = 'cancelled', state_reason = 'client'`)
    expect(await sentNow()).toEqual({ ok: false, reason: 'not_needed' })
  })

  test('and arrives', async () => {
    const smtp = await smtpForTests()
    const visit = await scene.bookAt('09:00')
    const message = await booked(visit.id)
    await givenUp(message.id)
    const copy = randomUUID()
    await resend(message.id, copy)
    const { db, keys, clock } = scene.world
    const messaging = await messagingForTests({ db, keys, clock })
    const dispatcher = messaging.dispatcher({ smtpUrl: smtp.url })
    dispatcher.start()
    await eventually(() => expect(smtp.received).toHaveLength(1))
    await dispatcher.stop()
    await smtp.close()
    expect(smtp.received[0]?.messageId).toContain(copy)
  })
})

describe('dead letters', () => {
  test('are told by cause, and all of one is tried again where it still helps', async () => {
    const visits = [await scene.bookAt('09:00'), await scene.bookAt('09:25'), await scene.bookAt('09:50')]
    for (const [n, { id }] of visits.entries())
      await givenUp((await booked(id)).id, n === 0 ? 'SMTP 535 EAUTH' : 'SMTP 550 EENVELOPE RCPT TO')
    const { db, branch } = scene.world
    const all = { branchIds: null, now: scene.now() }
    expect(await findDeadLetters(db, all)).toMatchObject([
      { channel: 'email', error: 'SMTP 550 EENVELOPE RCPT TO', count: 2, helpful: 2 },
      { channel: 'email', error: 'SMTP 535 EAUTH', count: 1, helpful: 1 },
    ])
    const elsewhere = [scene.elsewhere().id]
    expect(await findDeadLetters(db, { ...all, branchIds: elsewhere })).toEqual([])
    const { id: staffId } = (await scene.officer(scene.one)).staff
    const cause = { channel: 'email', error: 'SMTP 550 EENVELOPE RCPT TO' } as const
    const act = { staffId, now: scene.now() }
    expect(await retryDeadLetters(db, { ...cause, branchIds: elsewhere }, act)).toBe(0)
    // The second visit begins before anybody mends it
    await scene.world.query('update message set useless_after = $1 where visit_id = $2', [
      scene.now(),
      visits[1]?.id,
    ])
    expect(await retryDeadLetters(db, { ...cause, branchIds: [branch.id] }, act)).toBe(1)
    expect(await retryDeadLetters(db, { ...cause, branchIds: null }, act)).toBe(0)
    expect((await booked(visits[2]?.id ?? '')).state).toBe('queued')
    expect((await booked(visits[1]?.id ?? '')).state).toBe('dead')
  })
})

describe('the list', () => {
  test('is paged by key, forth and back, without losing or repeating one', async () => {
    const visits = []
    for (const time of [
      '09:00',
      '09:25',
      '09:50',
      '10:15',
      '10:40',
      '11:35',
      '12:00',
      '12:25',
      '12:50',
      '13:15',
    ])
      visits.push(await scene.bookAt(time))
    const { db, keys } = scene.world
    const [{ n } = { n: 0 }] = await scene.world.query<{ n: number }>(
      'select count(*)::int as n from message',
    )
    expect(n).toBeGreaterThan(messagesPerPage)
    const seen: string[] = []
    let cursor: MessageCursor | null = null
    for (;;) {
      const page = await findMessages(db, keys, everything, cursor)
      seen.push(...page.messages.map(({ id }) => id))
      const last = page.messages.at(-1)
      if (!page.older || !last) break
      cursor = { at: last.at, id: last.id, towards: 'older' }
    }
    expect(new Set(seen).size).toBe(n)
    expect(seen).toHaveLength(n)
    const second = (await findMessages(db, keys, everything, cursor)).messages[0]
    const back = await findMessages(db, keys, everything, {
      at: second?.at ?? new Date(),
      id: second?.id ?? '',
      towards: 'newer',
    })
    expect(back.messages.map(({ id }) => id)).toEqual(seen.slice(0, messagesPerPage))
  })

  test('shows no address in whole, on no page', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'administrator', branchId: null })
    const visit = await scene.bookAt('09:00')
    const message = await booked(visit.id)
    const pages = ['?dzien=', `?numer=${visit.number}`, `/${message.id}`, '/niewyslane']
    for (const page of pages) {
      const { status, body } = await get(scene.one, `/pracownik/wiadomosci${page}`, cookie)
      expect([page, status]).toEqual([page, 200])
      expect(body).not.toMatch(/halina[.]\d|601\d{6}/)
      if (page !== '/niewyslane') expect(body).toContain('h•••')
    }
  })

  test('finds by branch, kind, state, day and number, and refuses what cannot be chosen', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'administrator', branchId: null })
    const visit = await scene.bookAt('09:00')
    await givenUp((await booked(visit.id)).id)
    const list = async (query: string) => {
      const { status, body } = await get(scene.one, `/pracownik/wiadomosci?${query}`, cookie)
      return status === 200 ? (body.match(/<th scope="row"/g) ?? []).length : status
    }
    const here = scene.world.branch.code
    expect(await list(`dzien=&oddzial=${here}`)).toBe(3)
    expect(await list(`dzien=&oddzial=${scene.elsewhere().code}`)).toBe(0)
    expect(await list('dzien=&rodzaj=reminder_sms')).toBe(1)
    expect(await list('dzien=&stan=dead')).toBe(1)
    expect(await list('')).toBe(1)
    expect(await list('dzien=2026-12-29&rodzaj=reminder_email')).toBe(1)
    expect(await list(`numer=${visit.number}`)).toBe(3)
    expect(await list('numer=jutro')).toBe(422)
    expect(await list('stan=zly')).toBe(400)
  })
})

describe('the health of the channels', () => {
  test('tells who sends, what was taken, and that the breaker opened', async () => {
    const { db, keys, clock } = scene.world
    const email = async () =>
      (await readChannelHealth(db, clock.now())).find(({ channel }) => channel === 'email')
    await scene.bookAt('09:00')
    expect(await email()).toMatchObject({ due: 1, workers: 0, pausedUntil: null })
    const smtp = await smtpForTests()
    const messaging = await messagingForTests({ db, keys, clock })
    const well = messaging.dispatcher({ smtpUrl: smtp.url })
    well.start()
    await eventually(async () => expect(await email()).toMatchObject({ due: 0, taken: 1, workers: 1 }))
    await well.stop()
    await smtp.close()
    await scene.bookAt('09:25')
    const policy = { outagesInARow: 1, firstPauseSeconds: 20, longestPauseSeconds: 20 }
    const down = messaging.dispatcher({ smtpUrl: smtp.url, breaker: policy })
    down.start()
    await eventually(async () => {
      const health = await email()
      expect(health?.pausedUntil?.getTime()).toBe(clock.now().getTime() + 20_000)
      expect(health?.lastFailure).toMatch(/ECONNREFUSED/)
    })
    await down.stop()
    clock.advance({ minutes: 1 })
    expect(await email()).toMatchObject({ workers: 0, pausedUntil: null })
  })
})

describe('the pages of messages and of other systems', () => {
  const closed = (status: number) => status === 403 || status === 303

  test.each([
    ['officer', 'one branch', false, false],
    ['supervisor', 'one branch', true, false],
    ['administrator', 'one branch', true, false],
    ['administrator', 'all branches', true, true],
    ['inspector', 'one branch', false, false],
  ] as const)(
    'are open to the %s of %s: messages %s, other systems %s',
    async (...[role, reach, messages, systems]) => {
      const branchId = reach === 'one branch' ? scene.world.branch.id : null
      const { cookie } = await scene.officer(scene.one, { role, branchId })
      const visit = await scene.bookAt('09:00')
      const { id } = await booked(visit.id)
      const adres = randomUUID()
      const at = '/pracownik/ustawienia/przekazania'
      const paths: ['get' | 'post', string, boolean][] = [
        ['get', '/pracownik/wiadomosci', messages],
        ['get', `/pracownik/wiadomosci/${id}`, messages],
        ['get', '/pracownik/wiadomosci/niewyslane', messages],
        ['post', `/pracownik/wiadomosci/${id}/wyslij`, messages],
        ['post', '/pracownik/wiadomosci/niewyslane/ponow', messages],
        ['get', at, systems],
        ['get', `${at}/nowy`, systems],
        ['post', `${at}/nowy`, systems],
        ['get', `${at}/adres/${adres}`, systems],
        ['get', `${at}/adres/${adres}/zmien`, systems],
        ...['zmien', 'wstrzymaj', 'wznow', 'probne', 'sekret', 'powtorz', 'usun'].map(
          (name) => ['post', `${at}/adres/${adres}/${name}`, systems] as ['post', string, boolean],
        ),
        ['get', `${at}/przekazanie/${adres}`, systems],
        ['post', `${at}/przekazanie/${adres}/ponow`, systems],
      ]
      for (const [method, path, open] of paths) {
        const ask = (who: string) =>
          method === 'get' ? get(scene.one, path, who) : post(scene.one, path, {}, { cookie: who })
        expect([path, closed((await ask(cookie)).status)]).toEqual([path, !open])
        expect([path, closed((await ask('')).status)]).toEqual([path, true])
      }
    },
  )

  test('show a supervisor nothing of another branch', async () => {
    const { cookie } = await scene.officer(scene.one, { role: 'supervisor', branchId: scene.elsewhere().id })
    const visit = await scene.bookAt('09:00')
    const { id } = await booked(visit.id)
    expect((await get(scene.one, '/pracownik/wiadomosci?dzien=', cookie)).body).not.toContain(visit.number)
    expect((await get(scene.one, `/pracownik/wiadomosci/${id}`, cookie)).status).toBe(404)
    const pressed = await post(
      scene.one,
      `/pracownik/wiadomosci/${id}/wyslij`,
      { id: randomUUID() },
      { cookie },
    )
    expect(pressed.status).toBe(404)
    const foreign = `/pracownik/wiadomosci?dzien=&oddzial=${scene.world.branch.code}`
    expect((await get(scene.one, foreign, cookie)).status).toBe(400)
  })
})
