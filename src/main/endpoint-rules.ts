import { createAddressGuard } from '../backoffice/address-guard'
import type { EndpointRules } from '../backoffice/endpoint-url'
import type { Config } from '../config/config'

/** Where the configuration lets webhooks go. */
export const endpointRules = ({ backoffice }: Pick<Config, 'backoffice'>): EndpointRules => ({
  mayBeAt: createAddressGuard(backoffice.ownNetworks),
  plainHttp: backoffice.plainHttp,
})
