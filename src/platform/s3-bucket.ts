import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { createS3Client, type S3Answer, S3Error, type S3Options } from './s3-client'
import { elementsOf, escaped, firstText } from './s3-xml'

export interface S3Object {
  key: string
  size: number
}

/** Objects of a bucket, in as few kinds of requests as every S3-compatible store knows. */
export interface S3Bucket {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** Whole or not at all; in parts when it is large. */
  putFile(key: string, path: string): Promise<void>
  sizeOf(key: string): Promise<number | undefined>
  /** Exactly the bytes from `start` up to, not including, `end`. @throws when the object has fewer */
  get(key: string, start: number, end: number): Promise<Buffer>
  /** Up to a thousand objects under the prefix whose keys come after `after`, in the order of their keys. */
  list(prefix: string, after?: string): Promise<{ objects: S3Object[]; isWhole: boolean }>
  /** At most a thousand. */
  remove(keys: readonly string[]): Promise<void>
}

/** Stores take parts of 5 MiB or more, and ten thousand of them. */
const leastPartBytes = 8 * 1024 * 1024
const mostParts = 10_000
const notFound = 404

export function openS3Bucket(options: S3Options): S3Bucket {
  const request = createS3Client(options)

  /** Some requests answer with 200 before they have failed. */
  const whole = (answer: S3Answer, root: string): string => {
    const xml = answer.body.toString()
    if (xml.includes(`<${root}`)) return xml
    const code = firstText(xml, 'Code') ?? 'no reason given'
    throw new S3Error(
      `The store ${new URL(options.endpoint).host} (bucket ${options.bucket}) refuses: ${code}`,
      code,
    )
  }

  const put = async (key: string, body: Uint8Array, query: Record<string, string> = {}) =>
    (await request({ method: 'PUT', key, query, body })).headers.etag

  const putParts = async (key: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
    const begun = await request({ method: 'POST', key, query: { uploads: '' } })
    const uploadId = firstText(whole(begun, 'InitiateMultipartUploadResult'), 'UploadId') ?? ''
    try {
      let parts = ''
      let number = 0
      for await (const piece of pieces) {
        const etag = await put(key, piece, { partNumber: String(++number), uploadId })
        parts += `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(etag ?? '')}</ETag></Part>`
      }
      const body = Buffer.from(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`)
      const done = await request({ method: 'POST', key, query: { uploadId }, body })
      whole(done, 'CompleteMultipartUploadResult')
    } catch (error) {
      // Parts that nobody finishes would be paid for ever
      await request({ method: 'DELETE', key, query: { uploadId }, accept: [notFound] }).catch(() => undefined)
      throw error
    }
  }

  return {
    async put(key, bytes) {
      await put(key, bytes)
    },
    async putFile(key, path) {
      const file = await open(path, 'r')
      try {
        const { size } = await file.stat()
        const partBytes = Math.max(leastPartBytes, Math.ceil(size / mostParts))
        const piece = async (from: number): Promise<Buffer> => {
          const bytes = Buffer.allocUnsafe(Math.min(partBytes, size - from))
          for (let done = 0; done < bytes.length;) {
            const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done)
            if (bytesRead === 0) throw new Error('The file became shorter while it was stored')
            done += bytesRead
          }
          return bytes
        }
        const pieces = async function* () {
          for (let from = 0; from < size; from += partBytes) yield await piece(from)
        }
        if (size <= partBytes) await put(key, await piece(0))
        else await putParts(key, pieces())
      } finally {
        await file.close()
      }
    },
    async sizeOf(key) {
      const answer = await request({ method: 'HEAD', key, accept: [notFound] })
      return answer.status === notFound ? undefined : Number(answer.headers['content-length'])
    },
    async get(key, start, end) {
      if (end <= start) return Buffer.alloc(0)
      const range = `bytes=${start}-${end - 1}`
      const { body } = await request({ method: 'GET', key, headers: { range }, mostBytes: end - start })
      if (body.length !== end - start)
        throw new S3Error(`'${key}' has ${body.length} bytes where ${end - start} were expected`, 'CUT_OFF')
      return body
    },
    async list(prefix, after) {
      const query = { 'list-type': '2', prefix, ...(after !== undefined && { 'start-after': after }) }
      const xml = whole(await request({ method: 'GET', query }), 'ListBucketResult')
      const objects = elementsOf(xml, 'Contents').map((one) => ({
        key: firstText(one, 'Key') ?? '',
        size: Number(firstText(one, 'Size')),
      }))
      return { objects, isWhole: firstText(xml, 'IsTruncated') !== 'true' }
    },
    async remove(keys) {
      if (keys.length === 0) return
      const objects = keys.map((key) => `<Object><Key>${escaped(key)}</Key></Object>`).join('')
      const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects}</Delete>`)
      const headers = { 'content-md5': createHash('md5').update(body).digest('base64') }
      const xml = whole(
        await request({ method: 'POST', query: { delete: '' }, headers, body }),
        'DeleteResult',
      )
      const failed = elementsOf(xml, 'Error')[0]
      if (failed !== undefined) {
        const code = firstText(failed, 'Code') ?? 'no reason given'
        throw new S3Error(`The store does not remove '${firstText(failed, 'Key') ?? ''}': ${code}`, code)
      }
    },
  }
}
