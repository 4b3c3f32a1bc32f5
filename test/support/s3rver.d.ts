/** The parts of the S3 server that tests use; it brings no types. */
declare module '@20minutes/s3rver' {
  import type { Readable } from 'node:stream'

  interface Context {
    method: string
    query: Record<string, string | undefined>
    params: Record<string, string>
    headers: Record<string, string | undefined>
    state: { account?: object }
    status: number
    body: string
  }
  interface StoredObject {
    content: Readable
    range?: { start: number; end: number }
  }
  interface ListedObject {
    key: string
    size: number
    lastModifiedDate: Date
    metadata: { etag: string }
  }
  type Range = { start?: number; end?: number } | undefined
  interface Store {
    getResourcePath(bucket: string, key: string | undefined, resource: string): string
    putContent(path: string, content: Readable): Promise<[size: number, md5: string]>
    getObject(bucket: string, key: string, range: Range): Promise<StoredObject | null>
    listObjects(
      bucket: string,
      options: { prefix?: string; startAfter?: string; maxKeys: number },
    ): Promise<{ objects: ListedObject[]; commonPrefixes: string[]; isTruncated: boolean }>
    deleteObject(bucket: string, key: string): Promise<void>
  }
  export default class S3rver {
    constructor(options: {
      address: string
      port: number
      silent: boolean
      directory: string
      vhostBuckets: boolean
      configureBuckets: { name: string }[]
    })
    readonly store: Store
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[]
    run(): Promise<{ port: number }>
  }
}
