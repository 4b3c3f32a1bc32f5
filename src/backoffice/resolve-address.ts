import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { AddressGuard } from './address-guard'
import { WebhookFailure } from './webhook-failure'

/** An address that was looked at and is then connected to: no second look-up may lead elsewhere. */
export interface PinnedAddress {
  address: string
  family: 4 | 6
}

type Lookup = (host: string) => Promise<readonly { address: string; family: number }[]>

const systemLookup: Lookup = (host) => lookup(host, { all: true })

/**
 * The address of a host. One address among several that is not allowed refuses them all: a name that leads
 * inside as well as outside is either a mistake or an attack.
 * @throws WebhookFailure
 */
export async function resolveAddress(
  host: string,
  mayBeAt: AddressGuard,
  find: Lookup = systemLookup,
): Promise<PinnedAddress> {
  const found = isIP(host) === 0 ? await find(host).catch(failed) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (!first) throw new WebhookFailure('dns')
  if (!found.every(({ address }) => mayBeAt(address))) throw new WebhookFailure('private_address')
  return { address: first.address, family: first.family === 6 ? 6 : 4 }
}

const failed = (error: unknown): never => {
  throw new WebhookFailure('dns', error)
}
