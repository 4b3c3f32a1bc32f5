import { offerTimes } from '../../src/booking/offer-times'
import { type Directory, loadDirectory } from '../../src/institution/directory'
import { type Db, openDatabase } from '../../src/platform/db'
import { addDays } from '../../src/platform/zone'
import { testDay, testTime } from '../support/fake-clock'
import type { Bench, BenchRun } from './bench-run'
import { median } from './figure'
import { fillDatabase, type GrowthSize } from './growth-data'

const small: GrowthSize = { branches: 43, days: 10, pastVisits: 0 }
const large: GrowthSize = { branches: 500, days: 60, pastVisits: 1_000_000 }

const warmUp = 500
const rounds = 12
const questionsPerRound = 200
/** The first day asked for is one of the first days, which both databases have. */
const firstDays = 4
const daysShown = 2
/** More than the cache keeps an answer: every question reaches the database. */
const clockStepMs = 1001

interface Asked {
  db: Db
  directory: Directory
  size: GrowthSize
  drop: () => Promise<void>
}

/** What one question for offered times costs as branches, days and history grow. */
export const growthBench: Bench = async (run) => {
  const few = await open(run, 'growth_small', small)
  const many = await open(run, 'growth_large', large)
  try {
    let asked = 0
    const ask = async ({ db, directory, size }: Asked): Promise<number> => {
      const { timeZone, settings } = directory.institution
      const now = new Date(testTime.getTime() + ++asked * clockStepMs)
      const question = {
        branchId: oneOf(directory.branches).id,
        topicId: oneOf(directory.topics).id,
        from: addDays(testDay, Math.floor(Math.random() * firstDays)),
        dayCount: daysShown,
        now,
        timeZone,
        settings: { ...settings, horizonDays: size.days },
      }
      const started = performance.now()
      const offer = await offerTimes(db, question)
      const microseconds = (performance.now() - started) * 1000
      if (offer.days.length !== daysShown || offer.firstFree === null)
        throw new Error(`No times are offered: ${JSON.stringify(question)}`)
      return microseconds
    }
    for (let n = 0; n < warmUp; n++) for (const one of [few, many]) await ask(one)

    const costs = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < questionsPerRound; n++) costs.few.push(await ask(few))
      for (let n = 0; n < questionsPerRound; n++) costs.many.push(await ask(many))
    }
    const [base, grown] = [median(costs.few), median(costs.many)]
    return [
      { name: 'offer.small.us', value: base, unit: 'µs' },
      { name: 'offer.large.us', value: grown, unit: 'µs' },
      { name: 'offer.growth.ratio', value: grown / base, unit: '', goal: { most: 1.3 } },
    ]
  } finally {
    await few.drop()
    await many.drop()
  }
}

async function open(run: BenchRun, name: string, size: GrowthSize): Promise<Asked> {
  const url = await run.createDatabase(name)
  const started = performance.now()
  await fillDatabase(url, size)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  run.note(
    `${size.branches} branches x ${size.days} days, ${size.pastVisits} past visits: made in ${seconds} s`,
  )
  const { db, close } = openDatabase(url, { maxConnections: 1 })
  const drop = async () => {
    await close()
    await run.dropDatabase(name)
  }
  return { db, directory: await loadDirectory(db), size, drop }
}

function oneOf<T>(things: readonly T[]): T {
  const one = things[Math.floor(Math.random() * things.length)]
  if (one === undefined) throw new Error('There is nothing to choose from')
  return one
}
