import * as http from 'node:http'
import * as https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { PinnedAddress } from './resolve-address'
import { asWebhookFailure } from './webhook-failure'

/** How much of an endpoint's time and words we take. */
export interface WebhookLimits {
  /** Until the head of the answer; must end well within the lease of a delivery. */
  answerSeconds: number
  /** For the body after it, which decides nothing. */
  bodySeconds: number
  bodyBytes: number
}

export const defaultWebhookLimits: WebhookLimits = { answerSeconds: 20, bodySeconds: 3, bodyBytes: 4096 }

export interface WebhookAnswer {
  status: number
  /** The first bytes of the body, as far as they came. */
  text: string
  retryAfter: string | undefined
}

interface WebhookRequest {
  url: URL
  /** Where the URL's host is: connected to whatever the name leads to meanwhile. */
  at: PinnedAddress
  headers: Record<string, string>
  body: string
}

/**
 * Sends one webhook over a connection of its own and follows no redirect. The head of the answer decides;
 * a body that is too long, too slow or torn is cut off.
 * @throws WebhookFailure
 */
export async function postWebhook(
  { url, at, headers, body }: WebhookRequest,
  limits: WebhookLimits,
): Promise<WebhookAnswer> {
  const client = url.protocol === 'https:' ? https : http
  const request = client.request(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false,
    lookup: pinnedTo(at),
  })
  const late = setTimeout(() => request.destroy(timeout()), limits.answerSeconds * 1000)
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.on('response', resolve).on('error', reject)
      request.end(body)
    })
    clearTimeout(late)
    const text = await firstWords(response, limits)
    return { status: response.statusCode ?? 0, text, retryAfter: response.headers['retry-after'] }
  } catch (error) {
    throw asWebhookFailure(error)
  } finally {
    clearTimeout(late)
    request.destroy()
  }
}

const timeout = () => new DOMException('No answer in time', 'TimeoutError')

/** Answers every question for an address with the one that was checked. */
const pinnedTo =
  ({ address, family }: PinnedAddress): LookupFunction =>
  (_host, options, callback) => {
    if (options.all) callback(null, [{ address, family }])
    else callback(null, address, family)
  }

const firstWords = (response: http.IncomingMessage, limits: WebhookLimits): Promise<string> =>
  new Promise((resolve) => {
    let read = Buffer.alloc(0)
    const done = () => {
      clearTimeout(late)
      resolve(read.subarray(0, limits.bodyBytes).toString('utf8'))
    }
    const late = setTimeout(done, limits.bodySeconds * 1000)
    response.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk])
      if (read.length >= limits.bodyBytes) done()
    })
    response.on('end', done).on('close', done).on('error', done)
  })
