import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { Answers } from '../../src/booking/answers'
import { type BookingRequest, bookVisit } from '../../src/booking/book-visit'
import { askedConsents } from '../../src/booking/consents'
import { moveVisit } from '../../src/booking/move-visit'
import { findVisit } from '../../src/booking/find-visit'
import { readHold } from '../../src/booking/read-hold'
import { saveAnswers } from '../../src/booking/save-answers'
import { readClient, visitForLink, type VisitRow } from '../../src/booking/visit-links'
import { signLink } from '../../src/platform/signed-link'
import { testDay } from '../support/fake-clock'
import { booked, held, openWorld, somebody, type World } from '../support/world'

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const at = (time: string, day = '2026-12-29') => world.at(day, time)
const visits = () => world.query<VisitRow>('select * from visit order by starts_at')

/** Holds and answers; the booking itself is what the test makes. */
const prepare = async (startsAt: Date, person: Answers | null = somebody()): Promise<BookingRequest> => {
  const owner = { holdId: held(await world.hold(startsAt)).id, ownerSecret: 'owner' }
  if (person) await saveAnswers(world.db, { ...world.parts(), ...owner, answers: person })
  const consents = askedConsents(world.directory, Boolean(person?.guardian), testDay, 'required')
  return { ...world.parts(), ...owner, consents }
}

describe('a held time becomes a visit', () => {
  test('with all that was typed, sealed, and the seat booked', async () => {
    const person = somebody({ guardian: { firstName: 'Jan', lastName: 'Nowak' }, language: 'uk' })
    const visit = booked(await bookVisit(world.db, await prepare(at('09:00'), person)))
    expect(visit).toMatchObject({ startsAt: at('09:00'), hasGuardian: true, language: 'uk', linkVersion: 1 })
    expect(visit.number).toMatch(/^EW-[2-9A-Z]{4}-[2-9A-Z]{4}$/)

    const [row] = await visits()
    if (!row) throw new Error('No visit')
    expect(row).toMatchObject({ id: visit.id, state: 'booked', recording_consent: true, language: 'uk' })
    const client = readClient(world.keys, row)
    expect({ ...client, language: row.language }).toEqual(person)
    expect(row.client?.toString('latin1')).not.toContain('Halina')
    expect(await world.query('select state, hold_id from seat where id = $1', [row.seat_id])).toEqual([
      { state: 'booked', hold_id: null },
    ])
  })

  test('with each consent, its version and the language it was read in', async () => {
    const person = somebody({ guardian: { firstName: 'Jan', lastName: 'Nowak' } })
    booked(await bookVisit(world.db, { ...(await prepare(at('09:00'), person)), language: 'en' }))
    expect(await world.query('select kind, version, language, given_at from consent order by kind')).toEqual(
      ['guardian', 'privacy', 'recording'].map((kind) => ({
        kind,
        version: '2026-1',
        language: 'en',
        given_at: world.clock.now(),
      })),
    )
  })

  test('with its confirmation and reminders on the way', async () => {
    booked(await world.book(at('09:00')))
    const kinds = await world.query<{ kind: string }>('select kind from message order by kind')
    expect(kinds.map(({ kind }) => kind)).toEqual(['booked', 'reminder_email', 'reminder_sms'])
  })

  test('of which the hold knows, without what was typed', async () => {
    const request = await prepare(at('09:00'))
    const { id } = booked(await bookVisit(world.db, request))
    const read = await readHold(world.db, request)
    expect(read).toMatchObject({ standing: 'booked', hold: { visitId: id, answers: null } })
  })

  test('once, however often the button is pressed', async () => {
    const request = await prepare(at('09:00'))
    const together = await Promise.all([1, 2, 3, 4].map(() => bookVisit(world.db, request)))
    const later = await bookVisit(world.db, { ...request, consents: [] })
    expect(new Set([...together, later].map((one) => booked(one).number)).size).toBe(1)
    expect(await visits()).toHaveLength(1)
    expect(await world.query(`select from message where kind = 'booked'`)).toHaveLength(1)
  })

  test('under another number when the first one is taken', async () => {
    const taken = booked(await world.book(at('09:00'))).number
    const numbers = [taken, taken, 'EW-2222-2222']
    const request = { ...(await prepare(at('09:25'))), newNumber: () => numbers.shift() ?? '' }
    expect(booked(await bookVisit(world.db, request)).number).toBe('EW-2222-2222')
  })

  test('also when the time ran out but nobody else has claimed it', async () => {
    const request = await prepare(at('09:00'))
    world.clock.advance({ minutes: 20 })
    booked(await bookVisit(world.db, { ...request, now: world.clock.now() }))
  })
})

describe('a booking is refused', () => {
  const refusal = async (request: BookingRequest) => {
    const answer = await bookVisit(world.db, request)
    expect(answer.ok).toBe(false)
    return answer
  }

  test('when the hold is unknown or of somebody else', async () => {
    const request = await prepare(at('09:00'))
    expect(await refusal({ ...request, ownerSecret: 'else' })).toEqual({ ok: false, reason: 'unknown' })
    expect(await refusal({ ...request, holdId: 'none' })).toEqual({ ok: false, reason: 'unknown' })
  })

  test('when nothing was answered yet', async () => {
    expect(await refusal(await prepare(at('09:00'), null))).toEqual({ ok: false, reason: 'no_answers' })
  })

  test('when a required consent is missing, naming it', async () => {
    const person = somebody({ guardian: { firstName: 'Jan', lastName: 'Nowak' } })
    const request = await prepare(at('09:00'), person)
    const consents = request.consents.filter(({ kind }) => kind === 'privacy')
    expect(await refusal({ ...request, consents })).toEqual({
      ok: false,
      reason: 'consent_missing',
      missing: ['recording', 'guardian'],
    })
  })

  test('when the text of a consent has changed since it was shown, naming it', async () => {
    const request = await prepare(at('09:00'))
    const consents = request.consents.map((one) =>
      one.kind === 'recording' ? { ...one, version: '2025-1' } : one,
    )
    expect(await refusal({ ...request, consents })).toEqual({
      ok: false,
      reason: 'consent_version_changed',
      missing: ['recording'],
    })
  })

  test('when the time ran out and somebody else holds it', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    const request = await prepare(at('09:00'))
    world.clock.advance({ minutes: 15 })
    held(await world.hold(at('09:00'), { owner: 'somebody else' }))
    const now = world.clock.now()
    expect(await refusal({ ...request, now })).toEqual({ ok: false, reason: 'lost' })
  })

  test('when the person has chosen another time since, which leaves this one open', async () => {
    const request = await prepare(at('09:00'))
    held(await world.hold(at('09:25')))
    expect(await refusal(request)).toEqual({ ok: false, reason: 'expired' })
  })

  test('when the time ran out and the visit has begun', async () => {
    const request = await prepare(at('09:00'))
    expect(await refusal({ ...request, now: at('09:00') })).toEqual({ ok: false, reason: 'lost' })
  })

  test('when the person has a visit on this topic, by phone or by e-mail', async () => {
    const person = somebody()
    booked(await world.book(at('09:00'), { person }))
    for (const same of [{ phone: person.phone }, { email: person.email.toUpperCase() }])
      expect(await refusal(await prepare(at('09:25'), somebody(same)))).toEqual({
        ok: false,
        reason: 'same_topic',
      })
    expect(await visits()).toHaveLength(1)
  })

  test('when the person has three visits, each by phone or by e-mail, but not for their sum', async () => {
    const { phone } = somebody()
    for (const [topic, time] of [
      ['pensions', '09:00'],
      ['business', '09:25'],
      ['relief', '09:50'],
    ] as const)
      booked(await world.book(at(time), { topic, person: somebody({ phone }) }))
    expect(await refusal(await prepare(at('10:15'), somebody({ phone })))).toEqual({
      ok: false,
      reason: 'too_many_visits',
    })
    const { email } = somebody()
    booked(await world.book(at('10:15'), { topic: 'profile', person: somebody({ email }) }))
    booked(await bookVisit(world.db, await prepare(at('10:40'), somebody({ email }))))
  })

  test('while a visit that is over or cancelled counts no more', async () => {
    const person = somebody()
    booked(await world.book(at('09:00'), { person }))
    await world.query(`update visit set state = 'cancelled', state_reason = 'client'`)
    booked(await world.book(at('09:25'), { person }))
    world.clock.set(at('09:25', '2026-12-30'))
    booked(await world.book(at('09:50', '2026-12-30'), { person }))
  })
})

test('an optional consent to the recording may be left out, and the visit knows', async () => {
  const request = await prepare(at('09:00'))
  const directory = { ...world.directory, recordingPolicy: () => 'optional' as const }
  const consents = request.consents.filter(({ kind }) => kind === 'privacy')
  booked(await bookVisit(world.db, { ...request, directory, consents }))
  expect((await visits()).map((visit) => visit.recording_consent)).toEqual([false])
  expect(await world.query('select kind from consent')).toEqual([{ kind: 'privacy' }])
})

test('a visit of a topic that is never recorded asks for no consent to it, and takes none', async () => {
  const request = await prepare(at('09:00'))
  const directory = { ...world.directory, recordingPolicy: () => 'never' as const }
  booked(await bookVisit(world.db, { ...request, directory }))
  expect((await visits()).map((visit) => visit.recording_consent)).toEqual([false])
  expect(await world.query('select kind from consent')).toEqual([{ kind: 'privacy' }])
})

test('a desk that lists today hears of a visit booked for today, not of later ones', async () => {
  const heard: unknown[] = []
  const stop = world.bus.subscribe(`desk:${world.branch.id}`, (id) => heard.push(id))
  const { bus } = world
  await bookVisit(world.db, { ...(await prepare(at('09:00'))), bus })
  const today = booked(await bookVisit(world.db, { ...(await prepare(at('10:15', testDay))), bus }))
  await expect.poll(() => heard).toEqual([today.id])
  stop()
})

describe('a visit is found', () => {
  test('by its number, however typed, together with its e-mail', async () => {
    const person = somebody()
    const { number, id } = booked(await world.book(at('09:00'), { person }))
    const find = (typed: string, email = person.email) =>
      findVisit(world.db, { number: typed, email, keys: world.keys })
    const found = { id, linkVersion: 1 }
    expect(await find(number)).toEqual(found)
    expect(await find(number.toLowerCase().replaceAll('-', ' '))).toEqual(found)
    expect(await find(number.slice(3).replace('-', ''), ` ${person.email.toUpperCase()}`)).toEqual(found)
    expect(await find(number, 'somebody@example.org')).toBeUndefined()
    expect(await find('EW-')).toBeUndefined()
  })

  test('by an address whose domain has letters of its own, in both its forms', async () => {
    const person = somebody({ email: 'halina@xn--w-uga1v8h.example' })
    const { number, id } = booked(await world.book(at('09:00'), { person }))
    for (const email of ['halina@żółw.example', person.email])
      expect(await findVisit(world.db, { number, email, keys: world.keys })).toMatchObject({ id })
  })

  test('by a link of the right purpose that has not been revoked', async () => {
    const { id } = booked(await world.book(at('09:00')))
    const open = async (token: string, purpose: 'cancel' | 'manage') =>
      (await visitForLink(world.db, { token, purpose, keys: world.keys }))?.id
    const token = signLink(world.keys, 'cancel', id, 1)
    expect(await open(token, 'cancel')).toBe(id)
    expect(await open(token, 'manage')).toBeUndefined()
    expect(await open(`${token.slice(0, -4)}AAAA`, 'cancel')).toBeUndefined()
    expect(await open('nonsense', 'cancel')).toBeUndefined()
    await world.query('update visit set link_version = 2')
    expect(await open(token, 'cancel')).toBeUndefined()
  })
})

describe('the database itself refuses', () => {
  const refused = async (text: string) =>
    world.query(text).then(
      () => 'accepted',
      (error: unknown) => (error as { code: string }).code,
    )

  test('two seats of one desk that overlap', async () => {
    expect(
      await refused(`insert into seat (desk_id, branch_id, starts_at, ends_at)
        select desk_id, branch_id, starts_at + interval '10 minutes', ends_at + interval '10 minutes' from seat limit 1`),
    ).toBe('23P01')
  })

  test('two visits on one seat, unless the first was cancelled', async () => {
    booked(await world.book(at('09:00')))
    const again = `insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state_changed_at,
        language, client, phone_hash, email_hash, has_guardian, recording_consent, booked_at)
      select gen_random_uuid(), 'EW-2222-2222', seat_id, branch_id, topic_id, starts_at, ends_at, state_changed_at,
        language, client, phone_hash, email_hash, has_guardian, recording_consent, booked_at from visit limit 1`
    expect(await refused(again)).toBe('23505')
    await world.query(`update visit set state = 'cancelled', state_reason = 'client'`)
    expect(await refused(again)).toBe('accepted')
  })

  test('and then nobody gets an error page, even if a seat wrongly says that it is free', async () => {
    const { id } = booked(await world.book(at('09:25'), { topic: 'pensions' }))
    booked(await world.book(at('09:00')))
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    await world.query(`update seat set state = 'free' where state = 'booked' and starts_at = $1`, [
      at('09:00'),
    ])
    expect(await world.book(at('09:00'))).toEqual({ ok: false, reason: 'lost' })
    await world.query(
      `update seat set state = 'free', hold_id = null, held_until = null where state = 'held'`,
    )
    const move = { ...world.parts(), visitId: id, startsAt: at('09:00') }
    expect(await moveVisit(world.db, move)).toEqual({ ok: false, reason: 'taken' })
  })

  test('a held seat that nobody holds', async () => {
    expect(await refused(`update seat set state = 'held' where id = (select min(id) from seat)`)).toBe(
      '23514',
    )
  })
})
