import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { BookingServices } from '../../src/booking/booking-services'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { forgetOffers } from '../../src/booking/offer-cache'
import { type OfferedTimes, offerJson, offerTimes } from '../../src/booking/offer-times'
import { openDays } from '../../src/booking/pages/from-days'
import { readTimes } from '../../src/booking/read-times'
import { generateSeats } from '../../src/institution/generate-seats'
import { timeOf } from '../../src/platform/zone'
import { testDay } from '../support/fake-clock'
import { booked, held, openWorld, type World } from '../support/world'

let world: World
beforeAll(async () => {
  world = await openWorld(inject('postgresUrl'))
})
afterAll(() => world.drop())
beforeEach(() => world.reset())

const timeZone = 'Europe/Warsaw'
const question = (from: string, dayCount = 2, topic = 'benefits', branchId = world.branch.id) => ({
  ...{ branchId, topicId: world.topic(topic).id, from, dayCount, timeZone },
  ...{ now: world.clock.now(), settings: world.directory.institution.settings },
})
const offer = (...asked: Parameters<typeof question>) => offerTimes(world.db, question(...asked))
const daysOf = ({ days }: OfferedTimes) => days.map(({ day }) => day)
const freeOn = ({ days }: OfferedTimes, day: string) =>
  days
    .find((one) => one.day === day)
    ?.times.filter(({ free }) => free)
    .map(({ startsAt }) => timeOf(startsAt, timeZone))

describe('the days of a topic at a branch', () => {
  test('are working days: Christmas and the weekend are left out', async () => {
    expect(daysOf(await offer('2026-12-23', 3))).toEqual(['2026-12-23', '2026-12-28', '2026-12-29'])
  })

  test('can be looked for from each day on which one of its desks is open, a Saturday among them', async () => {
    const { db, clock, directory, branch } = world
    const services = { db, clock, directory } as unknown as BookingServices
    const openFrom = async (name: string) => {
      forgetOffers(db, branch.id)
      const { open } = await readTimes(services, { branch, topicId: world.topic(name).id, asked: undefined })
      return openDays({ ...open, first: '2027-01-04', last: '2027-01-10' })
    }
    const week = ['2027-01-04', '2027-01-05', '2027-01-07', '2027-01-08']
    expect(await openFrom('benefits')).toEqual(week)
    const [added] = await world.query<{ id: number }>(
      `insert into desk_window (desk_id, weekday, opens, closes, visit_minutes, buffer_minutes, valid_from)
       select desk_id, 6, '09:00', '12:00', 20, 5, '2027-01-01' from desk_topic join desk on desk.id = desk_id
       where branch_id = $1 and topic_id = $2 order by desk_id limit 1 returning id`,
      [branch.id, world.topic('business').id],
    )
    expect(await openFrom('business')).toEqual([...week, '2027-01-09'])
    // Nobody serves it on that day
    expect(await openFrom('pensions')).toEqual(week)
    await world.query('delete from desk_window where id = $1', [added?.id])
  })

  test('begin today with the times that are still ahead', async () => {
    const offered = await offer(testDay)
    expect(freeOn(offered, testDay)?.[0]).toBe('09:25')
    expect(offered.firstFree).toEqual(world.at(testDay, '09:25'))
    expect(daysOf(await offer('2020-01-01'))).toEqual([testDay, '2026-12-22'])
  })

  test('have each start once, in order, however many desks serve it', async () => {
    const [day] = (await offer('2026-12-29', 1, 'profile')).days
    expect(day?.times.map(({ startsAt }) => timeOf(startsAt, timeZone))).toEqual(
      '09:00 09:25 09:50 10:15 10:40 11:35 12:00 12:25 12:50 13:15 13:40 14:05'.split(' '),
    )
  })

  test('can be paged through to the end and back without losing one', async () => {
    const pages: string[][] = []
    const backwards: (string | null)[] = []
    let from: string | null = testDay
    while (from !== null) {
      const offered: OfferedTimes = await offer(from, 4)
      pages.push(daysOf(offered))
      backwards.push(offered.previousFrom)
      from = offered.nextFrom
    }
    const days = pages.flat()
    const known = await world.query<{ day: string }>(
      'select distinct (starts_at at time zone $2)::date as day from seat where branch_id = $1 order by day',
      [world.branch.id, timeZone],
    )
    expect(days).toEqual(known.map(({ day }) => day))
    expect(backwards).toEqual([null, ...pages.slice(0, -1).map(([first]) => first)])
  })

  test('are none beyond the horizon, from where one can only go back', async () => {
    const offered = await offer('9999-01-01', 2)
    expect(offered).toMatchObject({ days: [], firstFree: null, nextFrom: null, lastDay: '2027-02-18' })
    expect(offered.previousFrom).toBe('2027-02-17')
  })

  test('are none where the branch has no desk for the topic', async () => {
    await world.query('update desk set active = false where branch_id = $1', [world.branch.id])
    expect(await offer(testDay)).toMatchObject({
      days: [],
      firstFree: null,
      nextFrom: null,
      previousFrom: null,
    })
  })
})

describe('a time is shown free', () => {
  test('while one desk can be claimed, and taken afterwards, at once', async () => {
    const nine = world.at('2026-12-29', '09:00')
    const isFree = async () => freeOn(await offer('2026-12-29', 1), '2026-12-29')?.includes('09:00')
    expect(await isFree()).toBe(true)
    held(await world.hold(nine, { owner: 'first' }))
    expect(await isFree()).toBe(true)
    booked(await world.book(nine))
    expect(await isFree()).toBe(false)
  })

  test('again when a hold runs out, within a second', async () => {
    const nine = world.at('2026-12-29', '09:00')
    await world.hold(nine, { owner: 'first' })
    await world.hold(nine, { owner: 'second' })
    const isFree = async () => freeOn(await offer('2026-12-29', 1), '2026-12-29')?.includes('09:00')
    expect(await isFree()).toBe(false)
    world.clock.advance({ minutes: 15 })
    expect(await isFree()).toBe(true)
  })

  test('after a cancellation only when the delay is over: what is shown can be claimed', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    const nine = world.at('2026-12-29', '09:00')
    const { id: visitId } = booked(await world.book(nine))
    await cancelVisit(world.db, { ...world.parts(), visitId, by: 'client', random: () => 0 })
    const isFree = async () => freeOn(await offer('2026-12-29', 1), '2026-12-29')?.includes('09:00')
    expect(await isFree()).toBe(false)
    world.clock.advance({ seconds: 30 })
    expect(await isFree()).toBe(true)
  })

  test('and every free time can be held, every other one cannot', async () => {
    await world.query(`update desk set active = false where name = 'Stanowisko 3'`)
    await world.query(`update seat set state = 'booked' where id % 3 = 0 and branch_id = $1`, [
      world.branch.id,
    ])
    for (const { day, times } of (await offer('2026-12-28', 3)).days)
      for (const { startsAt, free } of times) {
        const answer = await world.hold(startsAt, { owner: `${day} ${startsAt.toISOString()}` })
        expect(answer.ok).toBe(free)
      }
  })

  test('far ahead when everything before is taken', async () => {
    await world.query(`update seat set state = 'booked' where starts_at < '2027-02-01' and branch_id = $1`, [
      world.branch.id,
    ])
    const offered = await offer(testDay)
    expect(offered.firstFree).toEqual(world.at('2027-02-01', '09:00'))
    expect(offered.days.flatMap(({ times }) => times).some(({ free }) => free)).toBe(false)
  })
})

test('what another process claimed is seen within a second', async () => {
  const nine = world.at('2026-12-29', '09:00')
  const before = await offer('2026-12-29', 1)
  await world.query(`update seat set state = 'booked' where starts_at = $1`, [nine])
  expect(await offer('2026-12-29', 1)).toBe(before)
  world.clock.advance({ seconds: 1 })
  expect(freeOn(await offer('2026-12-29', 1), '2026-12-29')).not.toContain('09:00')
})

test('as JSON it says the same, and is written once', async () => {
  const asked = question('2026-12-29')
  const offer = await offerTimes(world.db, asked)
  const text = offerJson(offer)
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(offer)))
  expect(offerJson(await offerTimes(world.db, asked))).toBe(text)
})

describe('round the clock', () => {
  const openRoundTheClock = async (today: string) => {
    await world.query(
      `update desk_window set opens = '00:00', closes = '24:00', breaks = '[]', buffer_minutes = 10, weekday = 7, on_holidays = true
       from desk where desk.id = desk_id and desk.branch_id = $1 and weekday = 5`,
      [world.branch.id],
    )
    world.clock.set(world.at(today, '12:00'))
    await generateSeats(world.db, { from: today, days: 7, now: world.clock.now(), timeZone })
    forgetOffers(world.db, world.branch.id)
  }

  test.each([
    ['loses an hour', '2027-03-22', '2027-03-28', 46],
    ['has an hour twice', '2027-10-25', '2027-10-31', 50],
  ])('the day that %s shows just the times that it has', async (_what, today, day, count) => {
    await openRoundTheClock(today)
    const [found] = (await offer(day, 1)).days
    expect(found?.day).toBe(day)
    expect(found?.times).toHaveLength(count)
    const gaps = found?.times.slice(1).map(({ startsAt }, n) => +startsAt - +(found.times[n]?.startsAt ?? 0))
    expect(new Set(gaps)).toEqual(new Set([30 * 60_000]))
  })
})
