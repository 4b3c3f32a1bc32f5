import type { Page } from 'playwright-core'
import type { TestProduct } from '../support/test-product'
import { book, halina } from './citizen'
import { emailTo } from './mailbox'
import { signIn } from './officer'
import { enterWaitingRoom, linkIn, startCall, visitRow } from './visit-people'

/** A visit booked by Halina, its link taken from the e-mail, and the call in which the officer has called her in. */
export async function reachCall(
  product: TestProduct,
  { citizen, officer }: { citizen: Page; officer: Page },
  who: { phone: string; email: string },
): Promise<Awaited<ReturnType<typeof visitRow>>> {
  const number = await book(citizen, product.url, { postalCode: '00-000', who: { ...halina, ...who } })
  const visit = await visitRow(product, number)
  await product.messagesSent()
  product.clock.set(new Date(visit.starts_at.getTime() - 60_000))
  await enterWaitingRoom(citizen, linkIn((await emailTo(product, who.email)).text, 'spotkanie'))
  await signIn(officer, product.url, 'ewa.maj@example.org')
  await startCall(officer, citizen, 'Halina Wiśniewska')
  return visit
}
