import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { samplePassword } from '../../src/main/demo/sample-staff'
import { inTransaction } from '../../src/platform/db'
import { acceptApplication } from '../../src/visit/accept-application'
import { decideIdentity } from '../../src/visit/decide-identity'
import { axeFindings } from '../support/axe'
import { eventually } from '../support/eventually'
import { launchBrowser } from '../support/plain-browser'
import { type AddedVisit, addVisits } from '../support/sample-visits'
import { startTestProduct, type TestProduct } from '../support/test-product'
import { answering, startReceiver, verify, type WebhookReceiver } from '../support/webhook-receiver'

let product: TestProduct
let browser: Browser
let receiver: WebhookReceiver

beforeAll(async () => {
  receiver = await startReceiver()
  product = await startTestProduct(inject('postgresUrl'), {
    environment: { BACKOFFICE_NETWORKS: '127.0.0.0/8', BACKOFFICE_PLAIN_HTTP: 'yes' },
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await receiver.close()
})

const administrator = async (): Promise<Page> => {
  const context = await browser.newContext({ locale: 'pl-PL', viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  await page.goto(`${product.url}/pracownik`)
  await page.locator('input[name=email]').fill('zofia.bak@example.org')
  await page.locator('input[name=password]').fill(samplePassword)
  await page.locator('form[action="/pracownik"] button').last().click()
  await page.getByRole('link', { name: 'Ustawienia' }).waitFor()
  return page
}

/** No finding of axe, and nothing hangs over the edge of a phone. */
const sound = async (page: Page) => {
  expect(await axeFindings(page)).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect([page.url(), over]).toEqual([page.url(), 0])
  await page.setViewportSize({ width: 1366, height: 768 })
}

const visitNow = async (email: string): Promise<AddedVisit> => {
  const { db, keys, clock } = product.services
  const startsAt = new Date(clock.now().getTime() + 2 * 3_600_000)
  const [visit] = await addVisits(db, keys, clock.now(), [{ startsAt, email }])
  if (!visit) throw new Error('There is no visit')
  return visit
}

/** An officer takes an application in a visit. @returns its reference number */
const applicationTaken = async (): Promise<string> => {
  const { db, keys, clock, bus, queue, directory } = product.services
  const { id: visitId } = await visitNow('halina@example.pl')
  const row = await db
    .selectFrom('staff')
    .select(['id', 'name', 'email'])
    .where('email', '=', 'ewa.maj@example.org')
    .executeTakeFirstOrThrow()
  const now = clock.now()
  await db
    .updateTable('visit')
    .set({ state: 'in_progress', officer_id: row.id, started_at: now, recording_state: 'on' })
    .where('id', '=', visitId)
    .execute()
  const staff = { ...row, role: 'officer' as const, branchId: null, topicIds: [] }
  const common = { visitId, staff, now, keys, bus, queue, directory }
  const identity = { result: 'confirmed', document: 'idCard', reason: null } as const
  const checked = await decideIdentity(db, { ...common, id: randomUUID(), ...identity })
  expect(checked).toEqual({ ok: true })
  const application = { id: randomUUID(), kindCode: 'brak-zaleglosci', purpose: 'kredyt w banku' }
  const taken = await acceptApplication(db, { ...common, ...application, readBack: true })
  if (!taken.ok) throw new Error(taken.reason)
  return taken.reference
}

test('an administrator connects a system, hands applications over to it, and mends it when it is down', async () => {
  const page = await administrator()
  const early = await applicationTaken()
  await page.getByRole('link', { name: 'Ustawienia' }).click()
  await page.getByRole('link', { name: 'Przekazania do systemów' }).click()
  await page.getByText('Żaden adres nie przyjmuje takich spraw').waitFor()
  await sound(page)

  // An address is added; what is wrong is said first
  await page.getByRole('link', { name: 'Dodaj adres' }).click()
  await page.getByRole('button', { name: 'Dodaj i pokaż sekret' }).click()
  await page.getByRole('link', { name: 'Wpisz adres systemu.' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('adres')
  await sound(page)
  await page.getByLabel('Co to za system').fill('System wniosków')
  await page.getByLabel('Adres (URL)').fill(receiver.url)
  await page.getByLabel('wniosek o zaświadczenie').check()
  await page.getByRole('button', { name: 'Dodaj i pokaż sekret' }).click()
  const secret = await page.getByLabel('Sekret').inputValue()
  await sound(page)
  await page.reload()
  // The same form again shows no secret
  await page.getByRole('heading', { name: 'System wniosków' }).waitFor()
  expect(await page.content()).not.toContain(secret)

  // What had waited arrives, and so does a test event
  const [first] = await receiver.until(1)
  expect(verify(secret, first as never)).toMatchObject({
    type: 'application.accepted',
    data: { reference: early, purpose: 'kredyt w banku', client: { email: 'halina@example.pl' } },
  })
  await page.getByRole('button', { name: 'Wyślij zdarzenie próbne' }).click()
  const [, event] = await receiver.until(2)
  expect(verify(secret, event as never)).toMatchObject({ type: 'test.sent' })
  await eventually(async () => {
    await page.reload()
    expect(await page.getByText('przekazano', { exact: true }).count()).toBe(3)
  })
  await sound(page)

  // The system is down: the log says so, and what to do
  receiver.behave(answering(503, 'przerwa techniczna, tel. 601 234 567'))
  const late = await applicationTaken()
  await receiver.until(3)
  await eventually(async () => {
    await page.goto(`${product.url}/pracownik/ustawienia/przekazania`)
    await page.getByText('Serwer odpowiada błędem. Następna próba').waitFor({ timeout: 500 })
  })
  await page.getByRole('link', { name: late }).click()
  await page.getByText('przerwa techniczna, tel. •••').waitFor()
  await sound(page)
  await page.getByRole('link', { name: 'System wniosków' }).click()
  await page.getByRole('button', { name: 'Wstrzymaj' }).click()
  await page.getByText('Adres jest wstrzymany. Sprawy czekają.').waitFor()
  await sound(page)

  // It is back: resumed, the application arrives under the id it had
  receiver.behave(answering(204))
  await page.getByRole('button', { name: 'Wznów' }).click()
  await page.getByText('Adres działa').waitFor()
  const all = await receiver.until(4)
  expect(all[3]?.id).toBe(all[2]?.id)
  expect(verify(secret, all[3] as never)).toMatchObject({ data: { reference: late } })

  // Its data are lost: everything of the day goes out again, after the count was seen
  await page.getByLabel('Sprawy załatwione od').fill('2026-12-21T00:00')
  await page.getByLabel('do', { exact: true }).fill('2026-12-22T00:00')
  await page.getByLabel('Które').selectOption('wszystkie')
  await page.getByRole('button', { name: 'Policz' }).click()
  await sound(page)
  await page.getByRole('button', { name: 'Wyślij 2 sprawy' }).click()
  await receiver.until(6)

  // A new secret takes over while the old one still signs
  await page.getByRole('button', { name: 'Nadaj nowy sekret' }).click()
  const fresh = await page.getByLabel('Sekret').inputValue()
  await page.getByRole('link', { name: 'Mam go, dalej' }).click()
  await page.getByRole('button', { name: 'Wyślij zdarzenie próbne' }).click()
  const last = (await receiver.until(7))[6]
  for (const one of [secret, fresh]) expect(verify(one, last as never)).toMatchObject({ type: 'test.sent' })

  await page.getByLabel('Ten system nie ma już nic dostawać').check()
  await page.getByRole('button', { name: 'Usuń adres' }).click()
  await page.getByText('Nie ma jeszcze żadnego adresu').waitFor()
  await page.context().close()
})

test('an administrator finds a message that could not be sent, and sends it again', async () => {
  const { db, queue } = product.services
  const visit = await visitNow('zofia@example.pl')
  await inTransaction(db, (tx) => queue.visitBooked(tx, visit))
  await product.messagesSent()
  // Sample visits have numbers of other letters than clients get
  const number = 'EW-7K3F-94QX'
  await db.updateTable('visit').set({ number }).where('id', '=', visit.id).execute()
  await db
    .updateTable('message')
    .set({ state: 'dead', last_error: 'SMTP 452 4.2.2 EENVELOPE RCPT TO', attempts: 12 })
    .where('visit_id', '=', visit.id)
    .where('kind', '=', 'booked')
    .execute()

  const page = await administrator()
  await page.locator('a[href="/pracownik/wiadomosci"]').first().click()
  await page.locator('[data-channel=email][data-verdict=works]').waitFor()
  await sound(page)
  await page.getByRole('link', { name: 'Zobacz przyczyny i ponów' }).click()
  await page.getByText('E-mail: Serwer odbiorcy odkłada przyjęcie.').waitFor()
  await sound(page)
  await page.locator('a[href="/pracownik/wiadomosci"]').first().click()
  await page.getByLabel('Numer wizyty').fill(number.toLowerCase())
  await page.getByRole('button', { name: 'Pokaż' }).click()
  const line = page.getByRole('row').filter({ hasText: 'nie wysłano' })
  expect(await line.textContent()).toContain('z•••a@example.pl')
  await line.getByRole('link').first().click()
  await sound(page)
  await page.getByRole('button', { name: 'Wyślij ponownie' }).click()
  await page.getByText('Wychodzi nowa kopia.').waitFor()
  await sound(page)
  await product.messagesSent()
  await page.reload()
  await page.getByText('Dostawca ją przyjął.').waitFor()
  // Not again at once
  await page.goBack()
  await page.getByText('Wysłaliśmy ją niedawno.').waitFor()
  const copies = await db
    .selectFrom('message')
    .select('state')
    .where('visit_id', '=', visit.id)
    .where('kind', '=', 'booked')
    .execute()
  expect(copies).toHaveLength(2)

  await page.goto(`${product.url}/pracownik/wiadomosci/niewyslane`)
  await page.getByRole('button', { name: 'Ponów wszystkie' }).click()
  await page.getByText('Ponawiamy 1 wiadomość.').waitFor()
  await product.messagesSent()
  await page.context().close()
})
