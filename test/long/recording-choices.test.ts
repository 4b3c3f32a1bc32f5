import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { visitUrls } from '../../src/message/visit-urls'
import type { RecordedSession } from '../support/recorded-journal'
import { button, halina } from '../e2e/citizen'
import { recordedPeople, toldAt } from '../e2e/recorded-people'
import { patience, state } from '../e2e/visit-people'

const people = recordedPeople()
const { recordedVisit, isRecorded, sessionsOf, lastOf, holds } = people
let visitId: string
let guardian: Page

const everybody = ['client video', 'guardian video', 'officer video']

/** One visit of three people for all tests: each begins with the officer's page loaded anew. */
beforeAll(async () => {
  await people.officer.page.addInitScript(breakFrames)
  visitId = await recordedVisit({
    ...halina,
    email: 'wybor@example.org',
    phone: '601 555 611',
    guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
  })
  const { url, services } = people.product
  const urls = visitUrls(url, services.keys, { id: visitId, linkVersion: 1, language: 'pl' })
  guardian = await people.citizen.context.newPage()
  await guardian.goto(urls.guardian)
  await button(guardian, 'Włącz kamerę i mikrofon').click()
  await guardian.locator('#wejdz').click()
  await state(guardian, 'invited')
  await button(guardian, 'Wejdź do rozmowy').click()
  await state(guardian, 'call')
}, 120_000)

type Fault = 'no frames' | 'silent pictures' | ''

/** Runs in the officer's page before its own scripts: a browser without transforms, or one that breaks quietly. */
function breakFrames(): void {
  let fault = ''
  try {
    fault = sessionStorage.getItem('fault') ?? ''
  } catch {
    // A page without a place of its own has none
  }
  if (fault === 'no frames') Reflect.deleteProperty(window, 'RTCRtpScriptTransform')
  if (fault === 'silent pictures') {
    const given = Object.getOwnPropertyDescriptor(RTCRtpReceiver.prototype, 'transform')
    Object.defineProperty(RTCRtpReceiver.prototype, 'transform', {
      ...given,
      set(this: RTCRtpReceiver, transform: unknown) {
        if (this.track.kind === 'audio') given?.set?.call(this, transform)
      },
    })
  }
}

async function reloadWith(fault: Fault): Promise<void> {
  const before = (await sessionsOf(visitId)).length
  await people.officer.page.evaluate((wanted) => sessionStorage.setItem('fault', wanted), fault)
  people.product.clock.advance({ seconds: 2 })
  await people.officer.page.reload()
  await vi.waitFor(async () => expect((await sessionsOf(visitId)).length).toBe(before + 1), patience)
}

const eventsOf = (session: RecordedSession | undefined) =>
  (session?.records ?? []).flatMap((one) => (one.kind === 'event' ? [one.event] : []))

const setSettings = (changed: Record<string, unknown>) =>
  Object.assign(people.product.services.directory.institution.settings, changed)

test('the guardian is recorded like the others', async () => {
  await holds(visitId, [...everybody, 'client audio', 'guardian audio', 'officer audio'])
})

test('a browser that gives no frames records files of everybody, and goes on after a reload', async () => {
  for (const reload of ['first', 'second']) {
    await reloadWith('no frames')
    await holds(visitId, everybody, 2)
    await isRecorded()
    const session = await lastOf(visitId)
    for (const { number, bytes } of firstSlices(session))
      expect(bytes, `${reload} ${number}`).toBe('1a45dfa3')
    await people.officer.page.locator('#nagranie', { hasText: /[Nn]agrano do \d+:\d\d:\d\d/ }).waitFor()
  }
})

/** The head of each file: a WebM begins so. */
function firstSlices(session: RecordedSession | undefined): { number: number; bytes: string }[] {
  const records = session?.records ?? []
  return records.flatMap((one) => {
    if (one.kind !== 'track') return []
    expect(one.description.codec).toBe('webm')
    const first = records.find((record) => record.kind === 'frame' && record.track === one.track)
    return first?.kind === 'frame'
      ? [{ number: one.track, bytes: Buffer.from(first.payload.subarray(0, 4)).toString('hex') }]
      : []
  })
}

test('pictures that do not come are missed by name; the officer may go on unrecorded, until all is well', async () => {
  const { officer, citizen } = people
  await reloadWith('silent pictures')
  const notice = officer.page.locator('#nagranie-przerwane')
  await notice.getByText('obrazu klienta').waitFor()
  await notice.getByText('obrazu gościa').waitFor()
  await toldAt(officer.page, 'interrupted')
  await toldAt(citizen.page, 'interrupted')

  await button(officer.page, 'Rozmawiam dalej bez nagrania').click()
  await officer.page.getByLabel('Podaj powód').fill('Klient spieszy się do lekarza')
  await button(officer.page, 'Rozmawiam dalej bez nagrania').click()
  for (const page of [officer.page, citizen.page, guardian]) await toldAt(page, 'unrecorded')

  await reloadWith('')
  await isRecorded()
  await holds(visitId, everybody)
})

test('while a document is shown nothing is recorded, where the institution wants it so', async () => {
  const { officer, citizen } = people
  setSettings({ recordingPausedForDocument: true })
  await reloadWith('')
  await isRecorded()
  await button(officer.page, 'Zacznij sprawdzanie').click()
  await button(officer.page, 'Dalej').first().click()
  await toldAt(officer.page, 'paused')
  await toldAt(citizen.page, 'paused')
  await button(officer.page, 'Dalej').first().click()
  await button(officer.page, 'Dalej').first().click()
  await isRecorded()
  const session = await lastOf(visitId)
  const pauses = eventsOf(session).filter(({ type }) => type === 'paused')
  expect(pauses).toEqual([
    { type: 'paused', paused: true },
    { type: 'paused', paused: false },
  ])
  // In the order in which they were written: a clock that stands still moves their times about
  const records = session?.records ?? []
  const [from = 0, to = 0] = records.flatMap((one, index) =>
    one.kind === 'event' && one.event.type === 'paused' ? [index] : [],
  )
  expect(records.slice(from, to).filter(({ kind }) => kind === 'frame')).toHaveLength(0)
})

test('a client who takes the consent back is recorded no more, or the visit is to be ended', async () => {
  const { officer, citizen } = people
  const withdraw = async () => {
    await officer.page.locator('#cofnieta-zgoda summary').click()
    await button(officer.page, 'Potwierdzam cofnięcie zgody').click()
  }
  await withdraw()
  await officer.page.getByText('Bez zgody na nagranie wizyta nie może trwać').waitFor()
  const chosen = officer.page.locator('#formularz-zakoncz select').first()
  await vi.waitFor(async () => expect(await chosen.inputValue()).toBe('recording_withdrawn'), patience)
  await toldAt(officer.page, 'on')

  for (const topic of people.product.services.directory.topics) topic.recording = 'optional'
  await reloadWith('')
  await isRecorded()
  await withdraw()
  for (const page of [officer.page, citizen.page, guardian]) await toldAt(page, 'off')
  expect(await citizen.page.locator('#nagranie').innerText()).toContain('Nie nagrywamy tej rozmowy')
  await vi.waitFor(async () => expect((await lastOf(visitId))?.closed).toBe(true), patience)
})
