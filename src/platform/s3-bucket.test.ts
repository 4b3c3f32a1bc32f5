import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { openS3Bucket } from './s3-bucket'
import type { S3Error } from './s3-client'

type Said = [status: number, body?: string, headers?: Record<string, string>]

let stop: (() => Promise<void>) | undefined
afterEach(() => stop?.())

/** A store that says to each request what the test wants. */
async function storeThat(
  answer: (request: IncomingMessage, count: number) => Said,
  options: { idleMilliseconds?: number } = {},
) {
  const asked: string[] = []
  const sockets: Socket[] = []
  const server = createServer((request, response) => {
    const name = `${request.method} ${request.url}`
    asked.push(name)
    const [status, body = '', headers = {}] = answer(request, asked.filter((one) => one === name).length)
    request.resume().on('end', () => response.writeHead(status, headers).end(body))
  })
  server.on('connection', (socket) => sockets.push(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  const { port } = server.address() as AddressInfo
  const bucket = openS3Bucket({
    endpoint: `http://127.0.0.1:${port}/`,
    ...{
      region: 'eu-central-1',
      bucket: 'films',
      accessKey: 'AKIDKEY',
      secretKey: 'very-secret',
      ...options,
    },
  })
  return { asked, sockets, bucket, host: `127.0.0.1:${port}` }
}

const refusal = (code: string) =>
  `<Error><Code>${code}</Code><Message>AKIDKEY</Message><StringToSign>AKIDKEY very-secret</StringToSign></Error>`

test('a store that is busy is asked again; one that refuses is not', async () => {
  const { asked, bucket } = await storeThat(({ url }, count) =>
    url?.endsWith('busy') && count < 3 ? [503, refusal('SlowDown')] : url?.endsWith('busy') ? [200] : [403],
  )
  await bucket.put('busy', Buffer.from('x'))
  expect(asked).toEqual(Array.from({ length: 3 }, () => 'PUT /films/busy'))
  await expect(bucket.put('mine', Buffer.from('x'))).rejects.toThrow('(403)')
  expect(asked).toHaveLength(4)
})

test('an error says host, bucket and code, and nothing that is secret', async () => {
  const { bucket, host } = await storeThat(() => [403, refusal('SignatureDoesNotMatch')])
  const error = await bucket.put('a', Buffer.from('x')).then(
    () => undefined,
    (thrown: unknown) => thrown as S3Error,
  )
  expect(error?.message).toBe(`The store ${host} (bucket films) refuses: SignatureDoesNotMatch (403)`)
  expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/AKIDKEY|very-secret/)
})

test('every request is signed together with the hash of what it carries', async () => {
  let headers: IncomingMessage['headers'] = {}
  const { bucket } = await storeThat((request) => {
    headers = request.headers
    return [200]
  })
  await bucket.put('a', Buffer.from('abc'))
  expect(headers['x-amz-content-sha256']).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(headers.authorization).toMatch(
    /AKIDKEY\/\d{8}\/eu-central-1\/s3\/aws4_request.*x-amz-content-sha256/,
  )
  expect(headers['content-length']).toBe('3')
})

const begun: Said = [
  200,
  '<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>',
]

test.each<[string, (request: IncomingMessage) => Said]>([
  ['a part is refused', ({ method }) => (method === 'PUT' ? [403, refusal('AccessDenied')] : [200])],
  [
    'its parts are not put together, which some stores say with 200',
    ({ method }) => (method === 'PUT' ? [200, '', { etag: '"x"' }] : [200, refusal('InternalError')]),
  ],
])('a large file is given up when %s, and its parts are removed', async (_case, answer) => {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-parts-'))
  const file = join(folder, 'file')
  await writeFile(file, '')
  await truncate(file, 9 * 1024 * 1024)
  const { asked, bucket } = await storeThat((request) =>
    request.url?.includes('uploads=') ? begun : answer(request),
  )
  await expect(bucket.putFile('large', file)).rejects.toThrow('refuses')
  expect(asked.at(-1)).toBe('DELETE /films/large?uploadId=up')
  await rm(folder, { recursive: true })
})

test('objects that the store keeps are not said to be removed', async () => {
  const { bucket } = await storeThat(() => [
    200,
    '<DeleteResult><Error><Key>held</Key><Code>AccessDenied</Code></Error></DeleteResult>',
  ])
  await expect(bucket.remove(['held', 'other'])).rejects.toThrow("does not remove 'held': AccessDenied")
})

test('an answer with other bytes than were asked for is none', async () => {
  const { bucket } = await storeThat(({ url }) => [url?.endsWith('short') ? 206 : 200, 'x'.repeat(100_000)])
  await expect(bucket.get('long', 0, 10)).rejects.toThrow('more than was asked for')
  await expect(bucket.get('short', 0, 200_000)).rejects.toThrow('100000 bytes where 200000 were expected')
})

test('a page of another kind than a store is noticed', async () => {
  const { bucket } = await storeThat(() => [200, '<html>It works</html>'])
  await expect(bucket.list('a/')).rejects.toThrow('refuses')
})

test('connections are used again, and closed when nobody uses them', async () => {
  const { bucket, sockets } = await storeThat(() => [200], { idleMilliseconds: 50 })
  await bucket.put('a', Buffer.from('1'))
  await bucket.put('b', Buffer.from('2'))
  const [socket, ...others] = sockets
  expect(others).toEqual([])
  if (!socket) throw new Error('no connection')
  if (!socket.closed) await once(socket, 'close')
})
