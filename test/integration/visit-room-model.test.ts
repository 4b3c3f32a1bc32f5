import fc from 'fast-check'
import { test } from 'vitest'
import { callBegins, RealRoom, roomCommand } from '../support/room-commands'
import { RoomModel, type StaffPerson } from '../support/room-model'
import { type Officer, visitScene } from '../support/visit-scene'
import { somebody } from '../support/world'

const scene = visitScene()

/** Given by whoever wants other walks; a failure prints the seed and the path to repeat it. */
const seed = Number(process.env.MODEL_SEED ?? 20261229)
const runs = Number(process.env.MODEL_RUNS ?? 80)
/** Looking for a shorter walk that fails, too, ends in time to print what was found. */
const longestMilliseconds = 45_000

const hireStaff = async (): Promise<Record<StaffPerson, Officer>> => ({
  ewa: await scene.officer(scene.one, { name: 'Ewa Maj' }),
  jan: await scene.officer(scene.one, { name: 'Jan Kos' }),
  boss: await scene.officer(scene.one, { name: 'Maria Lis', role: 'supervisor' }),
})

test('whatever people do, in whatever order, the room holds who may be there, and passes on what may be said', async () => {
  const staff = await hireStaff()
  const commands = fc.commands([roomCommand], { maxCommands: 60, size: '+1' })
  const begins = fc.constantFrom('too early', 'open', 'call', 'call')
  const walk = fc.asyncProperty(begins, commands, async (begin, steps) => {
    await scene.world.reset()
    const guardian = { firstName: 'Tomasz', lastName: 'Wiśniewski' }
    const visit = await scene.bookAt('09:00', { person: somebody({ guardian }) })
    scene.world.clock.set(scene.at(begin === 'too early' ? '08:40' : '08:50'))
    await scene.heartbeatsCounted()
    const row = await scene.visitRow(visit.id)
    const real = new RealRoom(scene, visit.id, staff)
    const model = new RoomModel(scene.now(), row.starts_at, row.ends_at)
    try {
      const setup = () => ({ model, real })
      if (begin === 'call') await fc.asyncModelRun(setup, callBegins())
      await fc.asyncModelRun(setup, steps)
      real.nothingElseWasHeard()
    } finally {
      await real.leave()
    }
  })
  await fc.assert(walk, { seed, numRuns: runs, interruptAfterTimeLimit: longestMilliseconds })
})
