import type { Keys } from '../platform/keys'

/** What a person typed about themselves; `phone` is E.164, `guardian` null when nobody else takes part. */
export interface Client {
  firstName: string
  lastName: string
  phone: string
  email: string
  guardian: { firstName: string; lastName: string } | null
}

const context = (visitId: string) => `visit.client:${visitId}`

/** The client's data for the column visit.client; worthless for any other visit. */
export function sealClient(keys: Keys, visitId: string, client: Client): Buffer {
  const { firstName, lastName, phone, email, guardian } = client
  return keys.seal(JSON.stringify({ firstName, lastName, phone, email, guardian }), context(visitId))
}

/** What is left of a client whose data were erased. Phone and e-mail may go before the name: then they are empty. */
const erasedClient: Client = { firstName: '', lastName: '', phone: '', email: '', guardian: null }

/** @throws when the bytes were changed, belong to another visit or were sealed with a key we do not have */
export function unsealClient(keys: Keys, visitId: string, sealed: Buffer | null): Client {
  if (sealed === null) return erasedClient
  return JSON.parse(keys.unseal(sealed, context(visitId))) as Client
}

/** First and last name; empty once the person's data were erased. */
export const nameOf = ({ firstName, lastName }: Pick<Client, 'firstName' | 'lastName'>): string =>
  `${firstName} ${lastName}`.trim()

/** To find visits of a phone (E.164) without storing it. */
export const phoneHash = (keys: Keys, phone: string): Buffer => keys.lookupHash('phone', phone)

/** To find visits of an e-mail address without storing it; spaces around and letter case make no difference. */
export const emailHash = (keys: Keys, email: string): Buffer =>
  keys.lookupHash('email', email.trim().toLowerCase())
