import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { addSampleBranch } from '../../src/main/demo/sample-branch'
import { addSampleStaff, samplePassword } from '../../src/main/demo/sample-staff'
import { sealClient } from '../../src/message/sealed-client'
import { type Db, openDatabase } from '../../src/platform/db'
import { type Keys, openKeys } from '../../src/platform/keys'
import { addDays } from '../../src/platform/zone'
import { countVisits } from '../../src/statistics/count-visits'
import { testDay } from '../support/fake-clock'
import type { Bench } from './bench-run'
import { p95 } from './figure'
import { fillDatabase } from './growth-data'

const name = 'institution'
const size = { branches: 43, days: 10, pastVisits: 1_000_000 }
const visitsOfTheDay = 500
const warmUp = 5
const rounds = 15

/** The pages of the staff on a million visits, over HTTP: the busiest day at the desk, and figures up to three years. */
export const institutionBench: Bench = async (run) => {
  const url = await run.createDatabase(name)
  await fillDatabase(url, size)
  const { db, close } = openDatabase(url, { maxConnections: 2 })
  try {
    await addSampleBranch(db, { validFrom: testDay, visitMinutes: 20, bufferMinutes: 5 })
    await addSampleStaff(db)
    await addBusyDay(db, await openKeys(join(run.dataFolder(name), 'keys')))
    const counting = performance.now()
    await countVisits(db, { timeZone: 'Europe/Warsaw' })
    const countSeconds = (performance.now() - counting) / 1000
    await sql`vacuum analyze visit_count`.execute(db)
    const product = await run.start(name, 'server')
    try {
      const officer = await signIn(product.url, 'anna.gil@example.org')
      const administrator = await signIn(product.url, 'zofia.bak@example.org')
      const day = await times(product.url, [`/pracownik/dzien?oddzial=WAW2&dzien=${testDay}`], officer)
      const pages = ['', '&oddzial=WAW2', '&temat=benefits'].flatMap((more) => [
        `/pracownik/statystyki?okres=kwartal&od=${addDays(testDay, -100)}${more}`,
        `/pracownik/statystyki?okres=rok&od=${addDays(testDay, -100)}${more}`,
        `/pracownik/statystyki?okres=wlasny&od=${addDays(testDay, -1095)}&do=${testDay}${more}`,
      ])
      const figures = await times(product.url, pages, administrator)
      return [
        { name: 'desk.day.ms', value: p95(day), unit: 'ms', goal: { most: 100 } },
        { name: 'stats.page.ms', value: p95(figures), unit: 'ms', goal: { most: 500 } },
        { name: 'stats.count_all.s', value: countSeconds, unit: 's' },
      ]
    } finally {
      await product.stop()
    }
  } finally {
    await close()
    await run.dropDatabase(name)
  }
}

/** Visits of one branch that are really sealed, on one day, as an officer sees it. */
async function addBusyDay(db: Db, keys: Keys): Promise<void> {
  const branch = await db
    .selectFrom('branch')
    .select('id')
    .where('code', '=', 'WAW2')
    .executeTakeFirstOrThrow()
  const topic = await db.selectFrom('topic').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  for (let n = 0; n < visitsOfTheDay; n++) {
    const id = randomUUID()
    const client = sealClient(keys, id, {
      ...{ firstName: 'Halina', lastName: `Wiśniewska ${n}`, phone: '+48601000000' },
      ...{ email: `halina.${n}@example.org`, guardian: null },
    })
    const startsAt = new Date(Date.parse(`${testDay}T08:00:00Z`) + Math.floor(n / 42) * 25 * 60_000)
    await sql`
      with new_desk as (
        insert into desk (branch_id, name) values (${branch.id}, ${`busy ${n}`}) returning id
      ), new_seat as (
        insert into seat (desk_id, branch_id, starts_at, ends_at, state)
        select id, ${branch.id}, ${startsAt}, ${startsAt}::timestamptz + interval '20 minutes', 'booked'
        from new_desk returning id
      )
      insert into visit (id, number, seat_id, branch_id, topic_id, starts_at, ends_at, state, state_changed_at,
        language, client, phone_hash, email_hash, has_guardian, recording_consent, booked_at)
      select ${id}, ${`EW-DAY9-${String(n).padStart(4, '0')}`}, id, ${branch.id}, ${topic.id}, ${startsAt},
        ${startsAt}::timestamptz + interval '20 minutes', 'booked', ${startsAt}, 'pl', ${client}, '\\x00', '\\x00',
        false, true, ${startsAt}
      from new_seat`.execute(db)
  }
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/pracownik`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ email, password: samplePassword }),
  })
  if (answer.status !== 303) throw new Error(`Not signed in: ${answer.status}`)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Milliseconds of each request, one after the other, the pages by turns. */
async function times(url: string, paths: readonly string[], cookie: string): Promise<number[]> {
  const measured: number[] = []
  for (let n = 0; n < warmUp + rounds; n++)
    for (const path of paths) {
      const started = performance.now()
      const answer = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' })
      const { length } = await answer.text()
      if (answer.status !== 200 || length < 20_000) throw new Error(`${path} answered ${answer.status}`)
      if (n >= warmUp) measured.push(performance.now() - started)
    }
  return measured
}
