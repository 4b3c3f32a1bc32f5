import type { TestProduct } from '../support/test-product'

/** The newest e-mail that the built-in receiver took in for an address. */
export async function emailTo(
  product: TestProduct,
  address: string,
): Promise<{ subject: string; text: string }> {
  return product.services.db
    .selectFrom('mailbox_item')
    .where('channel', '=', 'email')
    .where('recipient', '=', address)
    .orderBy('id', 'desc')
    .limit(1)
    .select(['subject', 'text'])
    .executeTakeFirstOrThrow()
}

/** SMS that a phone (E.164) got, oldest first. */
export async function smsTo(product: TestProduct, phone: string): Promise<string[]> {
  const items = await product.services.db
    .selectFrom('mailbox_item')
    .where('channel', '=', 'sms')
    .where('recipient', '=', phone)
    .orderBy('id')
    .select('text')
    .execute()
  return items.map(({ text }) => text)
}
