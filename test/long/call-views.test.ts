import type { Page } from 'playwright-core'
import { beforeAll, expect, test, vi } from 'vitest'
import { button } from '../e2e/citizen'
import { twoPeople } from '../e2e/two-people'
import { citizenAtOfficer, hears, officerAtCitizen, patience, seesMoving } from '../e2e/visit-people'
import { reachCall } from '../e2e/reach-call'

const people = twoPeople()

/** Lets a headset be plugged into the computer of this page: `plugIn()` does it. */
const withHeadset = (page: Page) =>
  page.addInitScript(() => {
    const devices = navigator.mediaDevices
    const enumerate = devices.enumerateDevices.bind(devices)
    let plugged = false
    const headset = { deviceId: 'headset', groupId: 'headset', kind: 'audioinput', label: 'Headset' }
    devices.enumerateDevices = async () => {
      const real = await enumerate()
      return plugged ? [...real, headset as MediaDeviceInfo] : real
    }
    const asked: string[] = []
    const getUserMedia = devices.getUserMedia.bind(devices)
    devices.getUserMedia = (constraints) => {
      asked.push(JSON.stringify(constraints))
      return getUserMedia(constraints)
    }
    Object.assign(window, {
      asked,
      plugIn: () => {
        plugged = true
        devices.dispatchEvent(new Event('devicechange'))
      },
    })
  })

beforeAll(async () => {
  const { product, citizen, officer } = people
  await withHeadset(citizen.page)
  await withHeadset(officer.page)
  await reachCall(
    product,
    { citizen: citizen.page, officer: officer.page },
    { phone: '601 555 881', email: 'widoki@example.org' },
  )
  await seesMoving(officer.page, citizenAtOfficer, 'client')
  await seesMoving(citizen.page, officerAtCitizen, 'officer')
})

test('the client’s picture goes into a small window of its own and comes back', async () => {
  const { page } = people.officer
  const small = () => page.evaluate(() => document.pictureInPictureElement?.id ?? null)
  const control = button(page, 'Obraz w okienku')
  await control.click()
  await vi.waitFor(async () => expect(await small()).toBe('obraz-klienta'), patience)
  await hears(page, citizenAtOfficer)
  await control.click()
  await vi.waitFor(async () => expect(await small()).toBe(null), patience)
  await seesMoving(page, citizenAtOfficer, 'client')
})

test('either side fills the screen with the call, and leaves it by the same button', async () => {
  for (const [{ page }, video, whose] of [
    [people.officer, citizenAtOfficer, 'client'],
    [people.citizen, officerAtCitizen, 'officer'],
  ] as const) {
    const isFull = () => page.evaluate(() => document.fullscreenElement !== null)
    await button(page, 'Pełny ekran').click()
    await vi.waitFor(async () => expect(await isFull()).toBe(true), patience)
    await seesMoving(page, video, whose)
    await page.evaluate(() => document.exitFullscreen())
    await vi.waitFor(async () => expect(await isFull()).toBe(false), patience)
  }
})

test('a shared screen is made larger and smaller by its reader, on either side', async () => {
  const width = (page: Page, video: string) =>
    page.locator(video).evaluate((element) => element.getBoundingClientRect().width)
  const { citizen, officer } = people
  for (const [{ page: showing }, { page: reading }, [show, stop], video] of [
    [officer, citizen, ['Pokaż ekran', 'Przestań pokazywać'], '#ekran-pracownika-obraz'],
    [citizen, officer, ['Pokaż swój ekran', 'Przestań pokazywać'], '#ekran-klienta'],
  ] as const) {
    await button(showing, show).click()
    await reading.locator(video).waitFor(patience)
    const before = await width(reading, video)
    await button(reading, 'Powiększ').click()
    await vi.waitFor(async () => expect(await width(reading, video)).toBeGreaterThan(before * 2), patience)
    await button(reading, 'Pomniejsz').click()
    await vi.waitFor(async () => expect(await width(reading, video)).toBe(before), patience)
    await button(showing, stop).click()
  }
})

test('a headset that is plugged in is used at once and said so; who was silent stays so', async () => {
  const { citizen, officer } = people
  await officer.page.locator('.ctl button').first().click()
  for (const { page } of [citizen, officer]) {
    await page.evaluate(() => (window as unknown as { plugIn: () => void }).plugIn())
    await page.getByText('Podłączono: Headset. Teraz używamy tego urządzenia.').first().waitFor(patience)
    const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked)
    expect(asked.at(-1)).toContain('"deviceId":{"ideal":"headset"}')
  }
  await hears(officer.page, citizenAtOfficer)
  expect(await officer.page.locator('.ctl button').first().getAttribute('aria-pressed')).toBe('true')
  await officer.page.locator('.ctl button').first().click()
  await hears(citizen.page, officerAtCitizen)
})
