import net, { type Socket } from 'node:net'
import tls from 'node:tls'

export interface CertificateTarget {
  /** What it belongs to, e.g. 'smtp'. */
  use: 'public' | 'smtp' | 'turn' | 's3' | 'sms'
  host: string
  port: number
  /** The server speaks SMTP first and turns to TLS when asked. */
  startTls?: boolean
}

/** `no_tls`: it does not offer any. `untrusted`: expired, for another name, or of an unknown issuer. */
export type CertificateFinding = CertificateTarget &
  ({ state: 'valid' | 'untrusted'; until: Date } | { state: 'no_tls' | 'unreachable' })

const patienceMilliseconds = 3000

/** Looks at the certificate as who connects would see it. Never rejects. */
export async function checkCertificate(target: CertificateTarget): Promise<CertificateFinding> {
  const plain = target.startTls ? net.connect(target.port, target.host) : undefined
  try {
    if (plain && !(await askForTls(plain))) return { ...target, state: 'no_tls' }
    return await new Promise<CertificateFinding>((resolve, reject) => {
      const socket = tls.connect({
        ...(plain ? { socket: plain } : { host: target.host, port: target.port }),
        ...(net.isIP(target.host) === 0 && { servername: target.host }),
        // Looked at below: an expired one is to be told apart from a dead server
        rejectUnauthorized: false,
      })
      socket.setTimeout(patienceMilliseconds, () => socket.destroy(new Error('silent')))
      socket.once('error', reject)
      socket.once('secureConnect', () => {
        const until = new Date(socket.getPeerCertificate().valid_to)
        resolve({ ...target, state: socket.authorized ? 'valid' : 'untrusted', until })
        socket.destroy()
      })
    })
  } catch {
    return { ...target, state: 'unreachable' }
  } finally {
    plain?.destroy()
  }
}

/** The beginning of an SMTP dialogue, up to the moment in which TLS begins (RFC 3207). False: none is offered. */
async function askForTls(socket: Socket): Promise<boolean> {
  socket.setTimeout(patienceMilliseconds, () => socket.destroy(new Error('silent')))
  const answers = answersOf(socket)
  const ask = async (line: string) => {
    socket.write(`${line}\r\n`)
    return answers.next()
  }
  await answers.next()
  const offered = await ask('EHLO e-wizyta.invalid')
  if (!/^250[ -]STARTTLS\r?$/im.test(offered)) {
    socket.end('QUIT\r\n')
    return false
  }
  const begun = await ask('STARTTLS')
  answers.stop()
  return begun.startsWith('220')
}

const mostAnswerBytes = 16_384

/** Whole answers of an SMTP server, one after the other: their last line has a space after its code. */
function answersOf(socket: Socket) {
  let text = ''
  let told: { resolve: (answer: string) => void; reject: (error: Error) => void } | undefined
  const give = () => {
    const [answer] = /^(?:\d{3}-.*\r?\n)*\d{3}(?: .*)?\r?\n/.exec(text) ?? []
    if (answer === undefined || !told) return
    text = text.slice(answer.length)
    told.resolve(answer)
    told = undefined
  }
  const onData = (piece: Buffer) => {
    text += piece.toString('latin1')
    if (text.length > mostAnswerBytes) socket.destroy(new Error('talks too much'))
    else give()
  }
  const onEnd = (error?: Error) => told?.reject(error ?? new Error('closed'))
  socket
    .on('data', onData)
    .on('error', onEnd)
    .on('close', () => onEnd())
  return {
    next: () =>
      new Promise<string>((resolve, reject) => {
        told = { resolve, reject }
        give()
      }),
    stop: () => socket.off('data', onData),
  }
}

/** Whole days that are left; negative once it has expired. */
export const daysLeft = (until: Date, now: Date): number =>
  Math.floor((until.getTime() - now.getTime()) / 86_400_000)

/** With fewer days left it is time to renew. */
export const fewDays = 21
