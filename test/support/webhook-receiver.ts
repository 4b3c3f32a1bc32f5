import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { eventually } from './eventually'

export interface ReceivedWebhook {
  id: string
  headers: IncomingMessage['headers']
  body: string
  /** Parsed. */
  said: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** Answers one webhook; without a call of `end` the endpoint hangs. */
export type Behaviour = (answer: ServerResponse, webhook: ReceivedWebhook) => unknown

/** Another system of the institution, as bad as a test asks for. */
export interface WebhookReceiver {
  url: string
  port: number
  /** Every request, in the order of arrival, whatever it was answered. */
  readonly received: ReceivedWebhook[]
  /** What it answers from now on: 204 at first. */
  behave(how: Behaviour): void
  /** Resolves with everything once so many requests have come. */
  until(count: number): Promise<ReceivedWebhook[]>
  close(): Promise<void>
}

export const answering =
  (status: number, body = '', headers: Record<string, string> = {}): Behaviour =>
  (answer) =>
    answer.writeHead(status, headers).end(body)

export async function startReceiver(port = 0): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  let behaviour = answering(204)
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const webhook = {
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        body,
        said: JSON.parse(body) as ReceivedWebhook['said'],
      }
      received.push(webhook)
      void behaviour(answer, webhook)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}/odbior`,
    port: address.port,
    received,
    behave: (how) => {
      behaviour = how
    },
    until: (count) =>
      eventually(() => {
        if (received.length < count) throw new Error(`${received.length} of ${count} webhooks came`)
        return received
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Verifies a request as a receiver does with the package of Standard Webhooks, at the time it was signed. */
export function verify(secret: string, { body, headers }: ReceivedWebhook): unknown {
  const verifier = new Webhook(secret)
  const id = String(headers['webhook-id'])
  const at = new Date(Number(headers['webhook-timestamp']) * 1000)
  const expected = verifier.sign(id, at, body)
  // The verifier reads the machine's clock, which the tests' one has nothing to do with
  if (!String(headers['webhook-signature']).split(' ').includes(expected))
    throw new Error('Not signed with this secret')
  return JSON.parse(body) as unknown
}
