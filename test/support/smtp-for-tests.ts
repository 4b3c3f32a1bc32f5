import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A refusal with its SMTP code; nothing for a message that is taken. */
export type Refusal = { code: number; text: string } | undefined

export interface SmtpForTests {
  url: string
  port: number
  /** Every message taken, in the order of arrival. */
  readonly received: (Email & { to: NonNullable<Email['to']> })[]
  close(): Promise<void>
}

export interface SmtpBehaviour {
  port?: number
  onRecipient?: (address: string) => Refusal
  /** Called with each message after it was taken and before the sender is told. */
  beforeAnswer?: (received: number) => Promise<void> | void
}

/** An SMTP server that behaves as badly as a test asks for. */
export async function smtpForTests(behaviour: SmtpBehaviour = {}): Promise<SmtpForTests> {
  const received: SmtpForTests['received'] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    // Connections that a sender keeps open for later do not hold the end up
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, callback) => {
      const refusal = behaviour.onRecipient?.(address)
      callback(refusal && Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (part: Buffer) => chunks.push(part))
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks))
          .then(async (email) => {
            const count = received.push({ ...email, to: email.to ?? [] })
            await behaviour.beforeAnswer?.(count)
          })
          .then(() => callback())
      })
    },
  })
  // Killed senders leave connections in every state
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(behaviour.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
