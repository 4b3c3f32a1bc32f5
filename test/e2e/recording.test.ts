import { expect, test, vi } from 'vitest'
import { axeFindings } from '../support/axe'
import { framesMissing } from '../support/recorded-journal'
import { button, halina } from './citizen'
import { recordedPeople } from './recorded-people'
import { endVisit, patience } from './visit-people'

const people = recordedPeople()
const { recordedVisit, reachDay, isRecorded, sessionsOf, lastOf, holds, launchOfficer } = people

async function end(): Promise<void> {
  await endVisit(people.officer.page)
  await people.citizen.page.getByRole('heading', { name: 'Wizyta zakończona' }).waitFor()
}

const four = ['client audio', 'client video', 'officer audio', 'officer video']

test('a visit is recorded from both sides, both are told so, and it goes on after a reload', async () => {
  const visitId = await recordedVisit({ ...halina, email: 'nagranie@example.org', phone: '601 555 601' })
  await holds(visitId, four)
  await people.officer.page.locator('#nagranie', { hasText: /Nagrano do \d+:\d\d:\d\d/ }).waitFor()
  expect(await people.citizen.page.locator('#nagranie').innerText()).toContain('Nagrywamy')
  expect(await axeFindings(people.officer.page)).toEqual([])

  await people.citizen.page.locator('#mikrofon').click()
  await vi.waitFor(async () => {
    const events = (await lastOf(visitId))?.records.flatMap((one) =>
      one.kind === 'event' ? [one.event] : [],
    )
    expect(events).toContainEqual({ type: 'muted', participant: 'client', kind: 'audio', muted: true })
  }, patience)

  await button(people.citizen.page, 'Pokaż swój ekran').click()
  await button(people.officer.page, 'Pokaż ekran').click()
  await holds(visitId, ['client screen', 'officer screen'], 0)

  // Sessions are told apart by when they began
  people.product.clock.advance({ seconds: 2 })
  await people.officer.page.reload()
  await vi.waitFor(async () => expect(await sessionsOf(visitId)).toHaveLength(2), patience)
  await holds(visitId, four)
  await isRecorded()

  const ended = await lastOf(visitId)
  await end()
  await vi.waitFor(async () => expect((await lastOf(visitId))?.closed).toBe(true), patience)
  const closed = await lastOf(visitId)
  expect(closed?.batches.length).toBeGreaterThanOrEqual(ended?.batches.length ?? Infinity)
  for (const { batches } of await sessionsOf(visitId))
    expect(batches.map(({ number }) => number)).toEqual(batches.map((_, index) => index + 1))
})

test('an outage of the server costs nothing: what waited is sent on, without a hole', async () => {
  const visitId = await recordedVisit({ ...halina, email: 'przerwa@example.org', phone: '601 555 602' })
  await holds(visitId, four)
  await people.wire.cut()
  const before = (await lastOf(visitId))?.batches.at(-1)?.number ?? 0
  await people.officer.page.locator('#nagranie', { hasText: 'czeka na wysłanie' }).waitFor()
  await people.officer.page.locator('#nagranie-przerwane').waitFor()
  // The server, whose clock a test moves, has heard nothing for long enough
  people.product.clock.advance({ seconds: 4 })
  await people.citizen.page.locator('#nagranie[data-recording=interrupted]').waitFor()
  await people.wire.restore()
  await people.officer.page.locator('#nagranie', { hasText: 'zaległe nagranie wysłane' }).waitFor()
  await isRecorded()
  const session = await lastOf(visitId)
  const numbers = session?.batches.map(({ number }) => number) ?? []
  expect(numbers.length).toBeGreaterThan(before + 8)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  // The picture's numbers follow one another: no frame is missing over the whole outage
  expect(framesMissing(session?.records ?? [], 'officer video')).toBe(0)
  await end()
  await vi.waitFor(async () => expect((await lastOf(visitId))?.closed).toBe(true), patience)
})

test('what a killed browser left on its computer is sent from the day page of the next one', async () => {
  const visitId = await recordedVisit({ ...halina, email: 'zgasl@example.org', phone: '601 555 603' })
  await holds(visitId, four)
  await people.wire.cut()
  await people.officer.page.locator('#nagranie', { hasText: 'czeka na wysłanie' }).waitFor()
  const before = await lastOf(visitId)
  const { profile } = people.officer
  await people.officer.kill()
  await people.wire.restore()

  people.officer = await launchOfficer(profile)
  await reachDay()
  await people.officer.page.getByText('Zaległe nagrania wysłane.').waitFor()
  const after = await lastOf(visitId)
  expect(after?.id).toBe(before?.id)
  expect(after?.closed).toBe(true)
  expect(after?.batches.length).toBeGreaterThan((before?.batches.length ?? 0) + 8)
  const numbers = after?.batches.map(({ number }) => number) ?? []
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))

  // Nothing is left to be sent
  await people.officer.page.reload()
  await vi.waitFor(async () => expect(await spoolFiles()).toEqual([]), patience)
})

const spoolFiles = () =>
  people.officer.page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('nagrania')
    const names: string[] = []
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
    return names
  })
