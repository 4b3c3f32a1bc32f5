import type { EntryKind } from './entry-kind'

/** An address of another system of the institution that webhooks go to. */
export interface Endpoint {
  id: string
  url: string
  description: string
  kinds: EntryKind[]
  /** Raised by each change, so that two people do not overwrite each other. */
  version: number
  pausedAt: Date | null
  pausedBy: 'staff' | 'gone' | null
  /** The secret before the present one signs, too, until then. */
  oldSecretUntil: Date | null
  createdAt: Date
}

/** What a person says of an endpoint. */
export interface EndpointForm {
  url: string
  description: string
  kinds: string[]
}

export const longestDescription = 100
