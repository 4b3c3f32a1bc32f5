import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import type { FakePerson } from '../support/fake-media'
import { readFrame, soundLevel } from '../support/fake-media'
import type { TestProduct } from '../support/test-product'
import { button } from './citizen'

/** Long enough for a loaded machine; every wait ends with the event it waits for. */
export const patience = { timeout: 30_000, interval: 200 }

/** Where the citizen's page shows the officer, and the officer's page the citizen. */
export const officerAtCitizen = '#obraz-pracownika'
export const citizenAtOfficer = '.stage video[data-participant=client]'

/** Resolves when a page is in a state. */
export const state = (page: Page, wanted: string) =>
  page.locator(`[data-state=${wanted}]`).first().waitFor({ state: 'attached' })

/** A picture moves when its frame number changes, and it must come from the right camera. */
export async function seesMoving(page: Page, video: string, whose: FakePerson): Promise<void> {
  const first = await vi.waitFor(async () => {
    const frame = await readFrame(page, video)
    expect(frame?.person).toBe(whose)
    return frame
  }, patience)
  await vi.waitFor(
    async () => expect((await readFrame(page, video))?.number).not.toBe(first?.number),
    patience,
  )
}

export const hears = (page: Page, media: string) =>
  vi.waitFor(async () => expect(await soundLevel(page, media)).toBeGreaterThan(0.01), patience)

export const visitRow = ({ services }: TestProduct, number: string) =>
  services.db.selectFrom('visit').where('number', '=', number).selectAll().executeTakeFirstOrThrow()

export const linkIn = (text: string, folder: string) =>
  new RegExp(`https?:\\S+/${folder}/[\\w-]+`).exec(text)?.[0] ?? ''

/** From the e-mail's link to the waiting room. */
export async function enterWaitingRoom(page: Page, meetingUrl: string): Promise<void> {
  await page.goto(meetingUrl)
  await button(page, 'Włącz kamerę i mikrofon').click()
  await page.locator('#wejdz').click()
  await state(page, 'waiting')
}

/** The officer takes the citizen who waits, who accepts. */
export async function startCall(officer: Page, citizen: Page, name: string): Promise<void> {
  await officer.getByText(name).first().waitFor()
  await button(officer, 'Zaproś').first().click()
  await state(citizen, 'invited')
  await button(citizen, 'Wejdź do rozmowy').click()
}

export async function endVisit(officer: Page): Promise<void> {
  await officer.locator('#formularz-zakoncz select').first().selectOption('settled')
  await officer.locator('button[form="formularz-zakoncz"]').click()
}
