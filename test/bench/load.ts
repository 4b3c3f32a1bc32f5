import http from 'node:http'

export interface LoadResult {
  requests: number
  seconds: number
  bytes: number
}

export interface Answer {
  status: number
  body: string
}

/** A keep-alive client to one server; `inFlight` requests at once at most. */
export function createClient(port: number, inFlight: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight })

  const send = (
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
  ) =>
    new Promise<Answer>((resolve, reject) => {
      const payload = options.body === undefined ? undefined : JSON.stringify(options.body)
      const request = http.request(
        {
          agent,
          port,
          path,
          host: 'localhost',
          method: options.method ?? 'GET',
          headers: {
            ...options.headers,
            ...(payload && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
          },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          )
          response.on('error', reject)
        },
      )
      request.on('error', reject)
      request.end(payload)
    })
  return { send, close: () => agent.destroy() }
}

/** Sends `total` requests, `inFlight` at a time; every answer must be 200. */
export async function load(
  port: number,
  pathOf: (index: number) => string,
  { total, inFlight }: { total: number; inFlight: number },
): Promise<LoadResult> {
  const client = createClient(port, inFlight)
  let next = 0
  let bytes = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < total) {
        const path = pathOf(next++)
        const { status, body } = await client.send(path)
        if (status !== 200) throw new Error(`${path} answered ${status}: ${body.slice(0, 200)}`)
        bytes += body.length
      }
    }),
  )
  client.close()
  return { requests: total, seconds: (performance.now() - started) / 1000, bytes }
}
