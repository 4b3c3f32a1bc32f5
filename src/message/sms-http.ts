import { DeliveryError } from './delivery'
import { callProvider } from './http-provider'
import type { SmsProvider } from './sms-channel'

interface HttpGatewaySettings {
  url: string
  /** Sent as `Authorization: Bearer …` when given. */
  token?: string
}

/** Any gateway that takes `POST {id, to, text, uselessAfter}` as JSON, see docs/guides/messages.md. */
export function createHttpSmsProvider({ url, token }: HttpGatewaySettings): SmsProvider {
  return {
    name: 'http',
    send: async ({ id, to, text, uselessAfter }, signal) => {
      const headers = {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      }
      const body = JSON.stringify({ id, to, text, uselessAfter: uselessAfter.toISOString() })
      const answer = await callProvider('HTTP gateway', url, { headers, body }, signal)
      if (answer.status >= 200 && answer.status < 300) return { providerId: givenId(answer.text) }
      throw failureOf(answer.status)
    },
    standing: async (signal) => {
      // Asks and sends nothing: any answer at all says that it is there
      await callProvider('HTTP gateway', url, { method: 'OPTIONS', headers: {} }, signal)
      return { credit: null }
    },
  }
}

/** 401 and 403 are about our token, redirects and 5xx about the gateway; other 4xx about this message. */
const failureOf = (status: number): DeliveryError => {
  const message = `HTTP gateway ${status}`
  if (status === 408) return new DeliveryError(message)
  const outage = status < 400 || status >= 500 || status === 401 || status === 403 || status === 429
  return new DeliveryError(message, outage ? { outage: true } : { permanent: true })
}

const givenId = (text: string): string | null => {
  try {
    const { id } = JSON.parse(text) as { id?: unknown }
    return typeof id === 'string' ? id.slice(0, 200) : null
  } catch {
    return null
  }
}
