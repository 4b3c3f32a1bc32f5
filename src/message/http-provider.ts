import { DeliveryError } from './delivery'

/**
 * A request to a provider: no redirect is followed (a token must not wander), the network's failures become
 * DeliveryErrors of an outage.
 */
export async function callProvider(
  provider: string,
  url: string,
  request: { method?: 'GET' | 'OPTIONS'; headers: Record<string, string>; body?: string },
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { method: 'POST', redirect: 'manual', signal, ...request })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    throw new DeliveryError(`${provider} ${networkCode(error)}`, { outage: true, cause: error })
  }
}

const networkCode = (error: unknown): string => {
  const { name, cause } = error as { name?: string; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return 'no answer in time'
  return typeof cause?.code === 'string' ? cause.code : 'unreachable'
}
