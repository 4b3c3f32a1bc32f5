import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type OwnerAnswer = { url: string } | { reason: string; message: string } | { heard: string }

export interface OwnerProcess {
  pid: number
  /** What it says next. */
  answer(): Promise<OwnerAnswer>
  /** SIGKILL; resolves when it is dead. */
  kill(): Promise<void>
}

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Starts a process, in a process group of its own as under a terminal, that starts PostgreSQL on `folder`. */
export function startOwner(folder: string): OwnerProcess {
  const child: ChildProcess & { stdout: NodeJS.ReadableStream } = spawn(
    process.execPath,
    ['--import', path('resolve-typescript.mjs'), path('owner-process.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  )
  if (child.pid === undefined) throw new Error('The owner process did not start')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    pid: child.pid,
    answer: async () => {
      const line = await lines.next()
      if (line.done) throw new Error('The owner process ended without an answer')
      return JSON.parse(line.value) as OwnerAnswer
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
