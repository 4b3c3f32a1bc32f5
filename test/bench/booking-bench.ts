import { type ApiBooking, askedOfEverybody, bookByApi } from './api-booking'
import { openBareBooker } from './bare-booking'
import type { Bench } from './bench-run'
import { query } from './bench-run'
import { type BookableTime, bookableTimes } from './bookable-times'
import { median } from './figure'
import { createClient } from './load'

const clients = 16
const warmUp = 1000
const rounds = 5
const bookingsPerRound = 500
const messagesPerVisit = 3

/** Bookings over HTTP (hold, then book) against the bare SQL of the same writes on the same database. */
export const bookingBench: Bench = async (run) => {
  const { port } = await run.server()
  const databaseUrl = run.databaseUrl('product')
  const perSide = warmUp + rounds * bookingsPerRound
  const times = await bookableTimes(databaseUrl, 2 * perSide)
  const client = createClient(port, clients)
  const bare = await openBareBooker(databaseUrl, clients)
  try {
    const consents = await askedOfEverybody(client)
    const booked: ApiBooking[] = []
    const byApi: Book = async (_client, time, n) => {
      booked.push(await bookByApi(client, time, n, consents))
    }

    let people = 0
    const rate = async (book: Book, count: number): Promise<number> => {
      const first = people
      people += count
      const started = performance.now()
      await inParallel(count, (worker, index) => book(worker, takeTime(times), first + index))
      return (count * 1000) / (performance.now() - started)
    }
    await rate(byApi, warmUp)
    await rate(bare.book, warmUp)
    const rates = { api: [] as number[], bare: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      rates.api.push(await rate(byApi, bookingsPerRound))
      rates.bare.push(await rate(bare.book, bookingsPerRound))
    }
    await checkBookings(databaseUrl, booked, perSide)
    const [overHttp, bareSql] = [median(rates.api), median(rates.bare)]
    return [
      { name: 'booking.per_second', value: overHttp, unit: '/s' },
      { name: 'booking.bare_sql.per_second', value: bareSql, unit: '/s' },
      { name: 'booking.confirm.ratio', value: overHttp / bareSql, unit: '', goal: { least: 0.5 } },
    ]
  } finally {
    client.close()
    await bare.close()
  }
}

type Book = (worker: number, time: BookableTime, n: number) => Promise<void>

async function inParallel(
  count: number,
  work: (worker: number, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async (_, worker) => {
      while (next < count) await work(worker, next++)
    }),
  )
}

function takeTime(times: BookableTime[]): BookableTime {
  const time = times.pop()
  if (!time) throw new Error('No time is left')
  return time
}

/** Each acknowledged booking is there exactly once, whole, on a seat of its own; nothing else is. */
async function checkBookings(databaseUrl: string, booked: ApiBooking[], expected: number): Promise<void> {
  const numbers = booked.map(({ number }) => number)
  if (numbers.length !== expected || new Set(numbers).size !== expected)
    throw new Error(`${new Set(numbers).size} different bookings were acknowledged instead of ${expected}`)
  const [found] = await query<{ visits: string; seats: string; whole: string; all: string }>(
    databaseUrl,
    `with acknowledged as (
       select * from unnest($1::text[], $2::uuid[]) as a(number, hold)
     )
     select count(visit.id) as visits, count(distinct visit.seat_id) as seats,
       count(*) filter (where visit.state = 'booked' and seat.state = 'booked' and seat.starts_at = visit.starts_at
         and hold.visit_id = visit.id and hold.seat_id = visit.seat_id and hold.answers is null
         and (select count(*) from consent where visit_id = visit.id) = 2
         and (select count(*) from message where visit_id = visit.id) = $3) as whole,
       (select count(*) from visit join branch on branch.id = visit.branch_id where not branch.sample) as all
     from acknowledged
       left join visit on visit.number = acknowledged.number
       left join seat on seat.id = visit.seat_id
       left join hold on hold.id = acknowledged.hold`,
    [numbers, booked.map(({ hold }) => hold), messagesPerVisit],
  )
  const wanted = { visits: expected, seats: expected, whole: expected, all: 2 * expected }
  for (const [what, count] of Object.entries(wanted) as [keyof typeof wanted, number][])
    if (Number(found?.[what]) !== count)
      throw new Error(`Bookings that are ${what}: ${found?.[what]} instead of ${count}`)
}
