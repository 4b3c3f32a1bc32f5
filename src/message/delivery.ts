import type { ChannelName } from './message-plan'
import type { DueMessage } from './outgoing-store'

/**
 * A provider did not take a message. `message` is kept in the outbox and logged: codes and commands only,
 * never an address, a number or what a server said about one.
 */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError'
  /** Trying again is pointless: the recipient or the message itself is refused. */
  readonly permanent: boolean
  /** The provider does not work at all just now; no other message would get through either. */
  readonly outage: boolean
  constructor(message: string, standing: { permanent?: boolean; outage?: boolean; cause?: unknown } = {}) {
    super(message, { cause: standing.cause })
    this.permanent = standing.permanent ?? false
    this.outage = standing.outage ?? false
  }
}

/** What a provider said when it took a message; null when it gives no id of its own. */
export interface Accepted {
  providerId: string | null
}

/** One way out of the house: renders a message as late as possible and hands it to its provider. */
export interface Channel {
  readonly name: ChannelName
  /** Name of the provider, kept with each message. */
  readonly provider: string
  /** Messages in the air at once. */
  readonly concurrency: number
  /** The first instant from `from` on at which anything may go out; `from` itself when that is now. */
  nextOpening(from: Date): Date
  /**
   * Hands over one message, or finds that nobody needs it any more. Gives up when `signal` aborts.
   * @throws DeliveryError
   */
  send(message: DueMessage, now: Date, signal: AbortSignal): Promise<Accepted | 'not_needed'>
  close(): Promise<void>
}
