import { join } from 'node:path'
import { sql } from 'kysely'
import WebSocket from 'ws'
import { samplePassword, sampleStaff } from '../../src/main/demo/sample-staff'
import { emailHash, phoneHash, sealClient } from '../../src/message/sealed-client'
import { openDatabase } from '../../src/platform/db'
import { openKeys } from '../../src/platform/keys'
import { signLink } from '../../src/platform/signed-link'
import { uuidV7 } from '../../src/platform/uuid'
import type { Bench } from './bench-run'
import { residentMegabytes } from './process-figures'

const sockets = 5000
/** Every branch has as many people waiting as a large one could. */
const branches = 50
const openedAtOnce = 40
const events = 200

/** 5,000 clients in waiting rooms on one process: what it needs, and how soon a desk hears of one who leaves or comes. */
export const idleVisitsBench: Bench = async (run) => {
  const product = await run.start('idle', 'server')
  const keys = await openKeys(join(run.dataFolder('idle'), 'keys'))
  const { db, close } = openDatabase(run.databaseUrl('idle'), { maxConnections: 1 })
  const now = new Date()
  const paths: string[] = []
  const own: { id: string; path: string }[] = []
  try {
    const topic = await db.selectFrom('topic').select('id').orderBy('position').executeTakeFirstOrThrow()
    const shown = await db
      .selectFrom('branch')
      .select('id')
      .where('code', '=', 'POKAZ')
      .executeTakeFirstOrThrow()
    const others = await db
      .insertInto('branch')
      .values(
        Array.from({ length: branches - 1 }, (_, n) => ({
          code: `B${n}`,
          name: `Oddział ${n}`,
          city: 'Warszawa',
        })),
      )
      .returning('id')
      .execute()
    const branchIds = [shown.id, ...others.map(({ id }) => id)]
    await sql`insert into desk (branch_id, name)
      select branch, 'Próba ' || n from unnest(${branchIds}::int[]) branch, generate_series(1, ${sockets / branches}) n`.execute(
      db,
    )
    const seats = await sql<{ id: number; branch_id: number }>`
      insert into seat (desk_id, branch_id, starts_at, ends_at, state)
      select id, branch_id, ${now}::timestamptz, ${now}::timestamptz + interval '20 minutes', 'booked'
      from desk where name like 'Próba %' returning id, branch_id`.execute(db)
    const rows = seats.rows.map((seat, n) => {
      const id = uuidV7(now)
      const [phone, email] = [`+48601${String(n).padStart(6, '0')}`, `czeka.${n}@example.org`]
      const client = { firstName: 'Halina', lastName: `Wiśniewska ${n}`, phone, email, guardian: null }
      const path = `/spotkanie/${signLink(keys, 'meeting', id, 1)}/pokoj`
      paths.push(path)
      if (seat.branch_id === shown.id) own.push({ id, path })
      return {
        id,
        number: `EW-${digits(n)}`,
        seat_id: seat.id,
        branch_id: seat.branch_id,
        topic_id: topic.id,
        starts_at: now,
        ends_at: new Date(now.getTime() + 20 * 60_000),
        state_changed_at: now,
        language: 'pl',
        client: sealClient(keys, id, client),
        phone_hash: phoneHash(keys, phone),
        email_hash: emailHash(keys, email),
        has_guardian: false,
        recording_consent: true,
        booked_at: now,
      }
    })
    for (let n = 0; n < rows.length; n += 500)
      await db
        .insertInto('visit')
        .values(rows.slice(n, n + 500))
        .execute()
  } finally {
    await close()
  }

  const opened = new Map<string, WebSocket>()
  try {
    const started = performance.now()
    for (let n = 0; n < paths.length; n += openedAtOnce)
      await Promise.all(
        paths
          .slice(n, n + openedAtOnce)
          .map(async (path) => opened.set(path, await enter(product.url, path))),
      )
    run.note(`${opened.size} waiting rooms opened in ${((performance.now() - started) / 1000).toFixed(0)} s`)
    const milliseconds = await deskDelays(product.url, own, opened)
    const { now: megabytes } = residentMegabytes(product.pid)
    return [
      { name: 'visit.signalling.idle_visits', value: opened.size, unit: 'sockets', goal: { least: sockets } },
      { name: 'visit.signalling.memory.mb', value: megabytes, unit: 'MB', goal: { most: 1024 } },
      {
        name: 'visit.signalling.desk.p99.ms',
        value: [...milliseconds].sort((a, b) => a - b)[Math.ceil(milliseconds.length * 0.99) - 1] ?? NaN,
        unit: 'ms',
        goal: { most: 200 },
      },
    ]
  } finally {
    for (const socket of opened.values()) socket.terminate()
    await product.stop()
  }
}

const alphabet = '23456789ACDEFGHJKMNPQRTVWXY'
/** 'PRBA-2223': a number for each. */
const digits = (n: number): string =>
  `PRBA-${[3, 2, 1, 0].map((power) => alphabet.charAt(Math.floor(n / alphabet.length ** power) % alphabet.length)).join('')}`

const pageId = (n: number) => `strona-${String(n).padStart(8, '0')}`
let pages = 0

/** A client's socket; resolves with its welcome. */
function enter(url: string, path: string): Promise<WebSocket> {
  const id = pageId(++pages)
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}?page=${id}&tab=${id}`, {
    headers: { origin: url },
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('close', (code) => reject(new Error(`Closed with ${code}`)))
    socket.on('message', (data: Buffer) => {
      const notice = JSON.parse(data.toString()) as { type: string }
      if (notice.type === 'welcome') resolve(socket)
    })
  })
}

/** How long after a client's leaving the desk is told, in milliseconds, one after the other. */
async function deskDelays(
  url: string,
  visits: readonly { id: string; path: string }[],
  opened: Map<string, WebSocket>,
): Promise<number[]> {
  const signedIn = await fetch(`${url}/pracownik`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ email: sampleStaff[0].email, password: samplePassword }),
  })
  const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';')
  const desk = new WebSocket(`${url.replace('http', 'ws')}/pracownik/dzien/na-zywo`, {
    headers: { origin: url, cookie },
  })
  const heard = new Map<string, (present: boolean) => void>()
  const ready = new Promise<void>((resolve, reject) => {
    desk.once('error', reject)
    desk.on('message', (data: Buffer) => {
      const notice = JSON.parse(data.toString()) as {
        type: string
        visit?: { id: string; clientPresent: boolean }
      }
      if (notice.type === 'day') resolve()
      else if (notice.visit) heard.get(notice.visit.id)?.(notice.visit.clientPresent)
    })
  })
  await ready
  const delays: number[] = []
  for (let n = 0; n < events; n++) {
    const visit = visits[n % visits.length]
    if (!visit) break
    const isHere = opened.get(visit.path)?.readyState === WebSocket.OPEN
    const told = new Promise<void>((resolve) => {
      heard.set(visit.id, (present) => {
        if (present !== isHere) resolve()
      })
    })
    const since = performance.now()
    if (isHere) opened.get(visit.path)?.close()
    else opened.set(visit.path, await enter(url, visit.path))
    await told
    delays.push(performance.now() - since)
    heard.delete(visit.id)
  }
  desk.terminate()
  return delays
}
