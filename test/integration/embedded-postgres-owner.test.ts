import { describe, expect, test } from 'vitest'
import { identifyProcess } from '../../src/platform/postgres/process-identity'
import { databaseFolder, query } from '../support/database-folder'

const place = databaseFolder()

describe('when the owner is killed', () => {
  test('its server goes on and the next owner takes it over and stops it in the end', async () => {
    const { owner, url } = await place.startInOtherProcess()
    await query(url, 'create table kept as select 1 as number')
    const pid = await place.postmaster()
    await owner.kill()
    expect(await query(url, 'select number from kept')).toEqual([1])

    const next = await place.start()
    expect(next.url).toBe(url)
    expect(await place.postmaster()).toBe(pid)
    await next.stop()
    expect(await identifyProcess(pid)).toBeUndefined()
  })

  test('together with its server, what was committed is there after the next start', async () => {
    const { owner, url } = await place.startInOtherProcess()
    await query(url, 'create table kept as select 1 as number')
    await owner.kill()
    process.kill(await place.postmaster(), 'SIGKILL')
    expect(await query((await place.start()).url, 'select number from kept')).toEqual([1])
  })

  test('a left server that answers nobody is replaced', async () => {
    const { owner, url } = await place.startInOtherProcess()
    await query(url, 'create table kept as select 1 as number')
    const pid = await place.postmaster()
    await owner.kill()
    process.kill(pid, 'SIGSTOP')
    const next = await place.start({ stopPatience: { fastMilliseconds: 50, immediateMilliseconds: 50 } })
    expect(await query(next.url, 'select number from kept')).toEqual([1])
    expect(await identifyProcess(pid)).toBeUndefined()
  })

  test('Ctrl-C in its terminal does not reach the server', async () => {
    const { owner, url } = await place.startInOtherProcess()
    process.kill(-owner.pid, 'SIGINT')
    expect(await owner.answer()).toEqual({ heard: 'SIGINT' })
    expect(await query(url, 'select 1')).toEqual([1])
  })
})

describe('a second owner', () => {
  test('in another process is refused and told which process is in the way', async () => {
    const { owner, url } = await place.startInOtherProcess()
    await expect(place.start()).rejects.toMatchObject({
      reason: 'already_running',
      message: expect.stringContaining(`process ${owner.pid}`) as string,
    })
    expect(await query(url, 'select 1')).toEqual([1])
  })

  test('in the same process is refused too, until the first has stopped', async () => {
    const first = await place.start()
    await expect(place.start()).rejects.toMatchObject({ reason: 'already_running' })
    expect(await query(first.url, 'select 1')).toEqual([1])
    await first.stop()
    expect(await query((await place.start()).url, 'select 1')).toEqual([1])
  })

  test('of several that start at once over a killed one, exactly one gets the database', async () => {
    const { owner } = await place.startInOtherProcess()
    await owner.kill()
    const rivals = place.startRivals(5)
    const answers = await Promise.all(rivals.map((rival) => rival.answer()))
    expect(answers.filter((answer) => 'url' in answer)).toHaveLength(1)
    expect(
      answers.filter((answer) => 'reason' in answer && answer.reason === 'already_running'),
    ).toHaveLength(4)
  })
})
