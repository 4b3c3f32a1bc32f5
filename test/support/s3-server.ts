import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { S3Options } from '../../src/platform/s3-client'

/** A real S3 server that keeps its objects in a folder. */
export interface S3Server {
  port: number
  options: S3Options
  /** Uploads in parts that were begun and neither finished nor given up. */
  openUploads(): Promise<string[]>
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
    ['--import', path('resolve-typescript.mjs'), path('s3-server-process.ts'), folder, String(port), bucket],
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
  return {
    port,
    options: {
      ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', bucket },
      ...{ accessKey: 'S3RVER', secretKey: 'S3RVER' },
    },
    openUploads: async () => {
      try {
        return await readdir(join(folder, bucket, '._S3rver_uploads'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    },
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
