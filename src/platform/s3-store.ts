import { createHash, randomUUID } from 'node:crypto'
import { type AppendLog, assertStoreName, assertStorePrefix, type ObjectStore } from './object-store'
import { openS3Bucket, type S3Bucket, type S3Object } from './s3-bucket'
import type { S3Options } from './s3-client'

/**
 * A store in a bucket of an S3-compatible service, where objects are put whole and never grow. A file is the object
 * `name`. A log is the object `name/_`, which is empty and says that the log was begun, and one object
 * `name/_<offset, 16 digits>` for each append. No name has a `_` in it, so that neither is ever taken for the other.
 */
export function createS3Store(options: S3Options): ObjectStore {
  const bucket = openS3Bucket(options)

  /** Where the bytes of the name lie, in order; undefined when there is neither file nor log. */
  const find = async (name: string): Promise<AsyncIterable<Extent> | undefined> => {
    assertStoreName(name)
    const size = await bucket.sizeOf(name)
    if (size !== undefined) return once({ key: name, at: 0, size })
    const pages = objectsUnder(bucket, `${name}${pageMark}`)
    const begun = await pages.next()
    return begun.done ? undefined : extentsOf(name, begun.value, pages)
  }

  const store: ObjectStore = {
    async createLog(name) {
      if (await find(name)) throw new Error(`'${name}' is taken in the store`)
      await bucket.put(`${name}${pageMark}`, new Uint8Array())
      return logOf(bucket, name)
    },
    async putFile(name, path) {
      assertStoreName(name)
      await bucket.putFile(name, path)
      // A file hides a log of its name from here on: pages left by a failure are never read
      await removeUnder(bucket, `${name}${pageMark}`)
    },
    async lengthOf(name) {
      const extents = await find(name)
      if (!extents) return undefined
      let length = 0
      for await (const { size } of extents) length += size
      return length
    },
    async *read(name, start = 0, end = Infinity) {
      const extents = await find(name)
      if (!extents) throw new Error(`'${name}' is not in the store`)
      /** Asked for ahead of the reader, so that a store far away is read at the speed of the line. */
      const ahead: Promise<Buffer>[] = []
      for await (const { key, from, to } of piecesOf(extents, start, end)) {
        const piece = bucket.get(key, from, to)
        // Awaited in its turn; until then a failure must not count as unheard
        piece.catch(() => undefined)
        ahead.push(piece)
        const next = ahead.length < mostAhead ? undefined : ahead.shift()
        if (next) yield await next
      }
      for (const piece of ahead) yield await piece
    },
    async list(prefix) {
      assertStorePrefix(prefix)
      const names = new Set<string>()
      for (let after: string | undefined; ;) {
        const { objects, isWhole } = await bucket.list(prefix, after)
        for (const { key } of objects) names.add(pageOf(key)?.name ?? key)
        const last = objects.at(-1)?.key
        if (isWhole || last === undefined) return [...names].sort()
        // A log has thousands of pages, and one is enough to know it
        const log = pageOf(last)?.name
        after = log === undefined ? last : `${log}${pageMark}${lastOffset}`
      }
    },
    async removeAll(prefix) {
      assertStorePrefix(prefix)
      await removeUnder(bucket, prefix)
    },
    async check() {
      const folder = `check-${randomUUID()}`
      try {
        const log = await store.createLog(`${folder}/log`)
        await log.append([Buffer.from('works')])
        let said = ''
        for await (const piece of store.read(`${folder}/log`)) said += Buffer.from(piece).toString()
        if (said !== 'works') throw new Error('The store does not keep what it is given')
      } finally {
        await store.removeAll(`${folder}/`)
      }
    },
  }
  return store
}

interface Extent {
  key: string
  /** Offset of its first byte in the whole. */
  at: number
  size: number
}

const pageMark = '/_'
const offsetDigits = 16
const lastOffset = '9'.repeat(offsetDigits)
const mostPieceBytes = 1024 * 1024
const mostAhead = 4

const offsetText = (offset: number): string => String(offset).padStart(offsetDigits, '0')

function pageOf(key: string): { name: string; offset: string } | undefined {
  const [, name, offset] = /^(.*)\/_(\d{16})?$/s.exec(key) ?? []
  return name === undefined ? undefined : { name, offset: offset ?? '' }
}

async function* once(extent: Extent): AsyncGenerator<Extent> {
  yield extent
}

async function* objectsUnder(bucket: S3Bucket, prefix: string): AsyncGenerator<S3Object, void> {
  for (let after: string | undefined; ;) {
    const { objects, isWhole } = await bucket.list(prefix, after)
    yield* objects
    after = objects.at(-1)?.key
    if (isWhole || after === undefined) return
  }
}

/** @throws when a page is missing between others: such bytes must never be joined */
async function* extentsOf(
  name: string,
  first: S3Object,
  others: AsyncGenerator<S3Object, void>,
): AsyncGenerator<Extent> {
  let at = 0
  const all = async function* () {
    yield first
    yield* others
  }
  for await (const { key, size } of all()) {
    const { offset } = pageOf(key) ?? {}
    if (offset === '') continue
    if (offset !== offsetText(at)) throw new Error(`'${name}' lacks the bytes from ${at} on`)
    yield { key, at, size }
    at += size
  }
}

async function* piecesOf(extents: AsyncIterable<Extent>, start: number, end: number) {
  for await (const { key, at, size } of extents) {
    if (at >= end) return
    const to = Math.min(size, end - at)
    for (let from = Math.max(0, start - at); from < to; from += mostPieceBytes)
      yield { key, from, to: Math.min(from + mostPieceBytes, to) }
  }
}

/** @throws when something is still there afterwards */
async function removeUnder(bucket: S3Bucket, prefix: string): Promise<void> {
  const mostPasses = 3
  for (let pass = 0; pass < mostPasses; pass++) {
    for (let after: string | undefined; ;) {
      const { objects, isWhole } = await bucket.list(prefix, after)
      if (after === undefined && objects.length === 0) return
      await bucket.remove(objects.map(({ key }) => key))
      after = objects.at(-1)?.key
      if (isWhole || after === undefined) break
    }
  }
  throw new Error(`The store keeps what lies under '${prefix}' though it was removed`)
}

function logOf(bucket: S3Bucket, name: string): AppendLog {
  let length = 0
  let failed: string | undefined
  return {
    get length() {
      return length
    },
    async append(pieces) {
      const bytes = Buffer.concat(pieces)
      if (bytes.length === 0) return
      // A request that was given up may still arrive: only the same bytes can be written over each other
      const hash = createHash('sha256').update(bytes).digest('hex')
      if (failed !== undefined && failed !== hash)
        throw new Error(`'${name}' takes nothing else before what has failed was given again`)
      try {
        await bucket.put(`${name}${pageMark}${offsetText(length)}`, bytes)
      } catch (error) {
        failed = hash
        throw error
      }
      failed = undefined
      length += bytes.length
    },
    close: () => Promise.resolve(),
  }
}
