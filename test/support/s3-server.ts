import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { S3Options } from '../../src/platform/s3-client'

/** A real S3 server that keeps its objects in a folder. */
export interface S3Server {
  port: number
  options: S3Options
  /** Puts objects into the bucket behind the product's back. */
  addObjects(objects: readonly (readonly [key: string, content: string])[]): Promise<void>
  removeObject(key: string): Promise<void>
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>
  /** On the same port, with what it had. */
  restart(): Promise<void>
  /** Ends it and removes its folder. */
  drop(): Promise<void>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const bucket = 'recordings'

async function run(folder: string, port: number) {
  const child = spawn(
    process.execPath,
    [
      // Its lists that go on are marked with an old cipher
      '--openssl-legacy-provider',
      ...['--import', path('resolve-typescript.mjs')],
      ...[path('s3-server-process.ts'), folder, String(port), bucket],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const said = await Promise.race([once(lines, 'line'), ended.then(() => undefined)])
  if (!said) throw new Error('The S3 server has ended')
  return {
    port: Number(said[0]),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export async function startS3Server(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-s3-'))
  let server = await run(folder, 0)
  const { port } = server
  const kill = () => server.kill()
  const objectFile = (key: string) => join(folder, bucket, `${key}._S3rver_object`)
  return {
    port,
    options: {
      ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket },
      ...{ accessKey: 'S3RVER', secretKey: 'S3RVER' },
    },
    addObjects: async (objects) => {
      for (const [key, content] of objects) {
        const file = objectFile(key)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, content)
      }
    },
    removeObject: (key) => rm(objectFile(key)),
    kill,
    restart: async () => {
      server = await run(folder, port)
    },
    drop: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
