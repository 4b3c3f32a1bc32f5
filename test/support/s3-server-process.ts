// An S3 server as a process of its own, so that a test can kill it: prints its port. What it is lax about is made strict
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import S3rver from '@20minutes/s3rver'

const [, , directory = '', port = '0', bucket = ''] = process.argv
const server = new S3rver({
  ...{ address: '127.0.0.1', port: Number(port), silent: true, directory, vhostBuckets: false },
  configureBuckets: [{ name: bucket }],
})
const { store, middleware } = server

const refused = (code: string, status: number) => Object.assign(new Error(code), { code, status })

/** An object appears whole or not at all, and only if it is what was signed. */
let writes = 0
store.putContent = async (path: string, content: Readable) => {
  const unfinished = `${path}.${++writes}.unfinished`
  const md5 = createHash('md5')
  const sha256 = createHash('sha256')
  let size = 0
  try {
    await pipeline(
      content,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          md5.update(piece)
          sha256.update(piece)
          size += piece.length
          yield piece
        }
      },
      createWriteStream(unfinished),
    )
    const headers = (content as Partial<IncomingMessage>).headers
    if (headers && Number(headers['content-length']) !== size) throw refused('IncompleteBody', 400)
    if (headers && headers['x-amz-content-sha256'] !== sha256.digest('hex'))
      throw refused('XAmzContentSHA256Mismatch', 400)
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
  return [size, md5.digest('hex')]
}

/** It takes a last byte of 0 for none given. */
const getObject = store.getObject.bind(store)
store.getObject = async (name, key, range) => {
  const object = await getObject(name, key, range)
  if (!object || range?.start !== 0 || range.end !== 0) return object
  object.content.destroy()
  const only = { start: 0, end: 0 }
  return Object.assign(object, {
    content: createReadStream(store.getResourcePath(name, key, 'object'), only),
    range: only,
  })
}

/** It lists folder by folder, and fails over a file that is just being renamed or removed. */
store.listObjects = async (name, { prefix = '', startAfter = '', maxKeys }) => {
  const root = store.getResourcePath(name, undefined, '').replace(/[^/]*$/, '')
  const suffix = '._S3rver_object'
  const keys = (await readdir(root, { recursive: true }))
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.slice(0, -suffix.length))
    .filter((key) => key.startsWith(prefix) && key > startAfter)
    .sort()
  const objects = await Promise.all(
    keys.slice(0, maxKeys).map(async (key) => {
      const found = await stat(store.getResourcePath(name, key, 'object')).catch(() => undefined)
      return found ? [{ key, size: found.size, lastModifiedDate: found.mtime, metadata: { etag: '""' } }] : []
    }),
  )
  return { objects: objects.flat(), commonPrefixes: [], isTruncated: keys.length > maxKeys }
}

/** It removes folders that others are just writing to. */
store.deleteObject = async (name, key) => {
  for (const part of ['object', 'object.md5', 'metadata.json'])
    await rm(store.getResourcePath(name, key, part), { force: true })
}

/** It lets everybody in who brings no signature, and knows no end of an upload but its success. */
middleware.unshift(async (context, next) => {
  if (!context.headers['authorization']) {
    context.status = 403
    context.body = '<Error><Code>AccessDenied</Code></Error>'
    return
  }
  try {
    await next()
  } catch (error) {
    const { uploadId } = context.query
    if (context.method !== 'DELETE' || uploadId === undefined || !context.state.account) throw error
    await rm(join(store.getResourcePath(bucket, undefined, 'uploads'), uploadId), { recursive: true })
    context.status = 204
    context.body = ''
  }
})

process.stdout.write(`${(await server.run()).port}\n`)
