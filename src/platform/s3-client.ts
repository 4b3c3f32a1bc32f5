import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { firstText } from './s3-xml'

export interface S3Options {
  /** Address of the store; its buckets lie below it (`endpoint/bucket/key`). */
  endpoint: string
  region: string
  bucket: string
  accessKey: string
  secretKey: string
  /** How long a request may take, its repetitions counted; large bodies get more. */
  patienceMilliseconds?: number
  /** How long a connection is kept that nobody uses. */
  idleMilliseconds?: number
}

export interface S3Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  /** Empty: the bucket itself. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Uint8Array
  /** Answers with these count as answers, not as failures. */
  accept?: readonly number[]
  /** The answer is never longer. */
  mostBytes?: number
}

export interface S3Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
}

/** The store refused, failed or did not answer. The message names host and code, never a key. */
export class S3Error extends Error {
  override name = 'S3Error'
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

/** With what is slower than this a request is given up. */
const slowestBytesPerMillisecond = 256
const mostAttempts = 3
const firstDelayMilliseconds = 100
const mostListBytes = 8 * 1024 * 1024
const mostRefusalBytes = 64 * 1024
/** A hundred recordings write at once; each has one request under way. */
const mostSockets = 128

/** Signed requests to one bucket. All of them may be repeated without harm. */
export function createS3Client(options: S3Options) {
  const { bucket, region, patienceMilliseconds = 10_000, idleMilliseconds = 15_000 } = options
  const base = new URL(options.endpoint)
  const prefix = `${base.origin}${base.pathname.replace(/\/+$/, '')}/${bucket}`
  const { request: open, Agent } = base.protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true, timeout: idleMilliseconds, maxSockets: mostSockets })
  const signingKeys = new Map<string, ArrayBuffer>()
  const where = `The store ${base.host} (bucket ${bucket})`

  const failure = (error: unknown): S3Error => {
    if (error instanceof S3Error) return error
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'
    return new S3Error(`${where} cannot be reached: ${code}`, code)
  }

  const refusal = (code: string, status: number) => new S3Error(`${where} refuses: ${code} (${status})`, code)

  const sign = async ({ method, key, query = {}, headers = {}, body }: S3Request) => {
    const url = new URL(key === undefined ? prefix : `${prefix}/${key}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    // With the hash in the signature the store itself refuses what arrives damaged
    const hash = createHash('sha256')
      .update(body ?? '')
      .digest('hex')
    const signer = new AwsV4Signer({
      ...{ method, region, service: 's3', cache: signingKeys },
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': hash },
      accessKeyId: options.accessKey,
      secretAccessKey: options.secretKey,
    })
    const signed = await signer.sign()
    return { url: signed.url, headers: Object.fromEntries(signed.headers) }
  }

  const send = async (request: S3Request, signal: AbortSignal): Promise<S3Answer> => {
    const { method, body, mostBytes = mostListBytes } = request
    const { url, headers } = await sign(request)
    return new Promise((resolve, reject) => {
      const length =
        body || method === 'PUT' || method === 'POST' ? { 'content-length': body?.length ?? 0 } : {}
      const outgoing = open(url, { method, agent, signal, headers: { ...headers, ...length } }, (answer) => {
        const pieces: Buffer[] = []
        let bytes = 0
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (bytes <= Math.max(mostBytes, mostRefusalBytes)) pieces.push(piece)
          else answer.destroy(new S3Error(`${where} answers more than was asked for`, 'TOO_LONG'))
        })
        answer.on('error', reject)
        answer.on('end', () => {
          if (answer.complete)
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(pieces) })
          else reject(new S3Error(`${where} broke off its answer`, 'CUT_OFF'))
        })
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  }

  /** @throws S3Error */
  return async function request(asked: S3Request): Promise<S3Answer> {
    const patience =
      patienceMilliseconds +
      Math.ceil(((asked.body?.length ?? 0) + (asked.mostBytes ?? 0)) / slowestBytesPerMillisecond)
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), patience)
    const { signal } = controller
    try {
      for (let attempt = 1, delay = firstDelayMilliseconds; ; attempt++, delay *= 4) {
        const answer = await send(asked, signal).catch(failure)
        if (!(answer instanceof S3Error)) {
          if (answer.status < 300 || asked.accept?.includes(answer.status)) return answer
          const isPassing = answer.status === 429 || (answer.status >= 500 && answer.status !== 501)
          if (!isPassing || attempt === mostAttempts)
            throw refusal(firstText(answer.body.toString(), 'Code') ?? 'no reason given', answer.status)
        } else if (attempt === mostAttempts || signal.aborted) throw answer
        await wait(delay, undefined, { signal })
      }
    } catch (error) {
      if (signal.aborted)
        throw new S3Error(`${where} does not answer within ${(patience / 1000).toFixed(1)} s`, 'TIMEOUT')
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}
