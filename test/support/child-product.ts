import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/** How a process ended, and all it said. */
export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
  output: string
}

/** The built product as a process of its own. */
export interface ChildProduct {
  /** Without a trailing slash. */
  url: string
  /** What it has said so far, on both channels. */
  output(): string
  /** Ends it; resolves when it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending>
}

/** Settings of the shell that runs the tests must not reach it. */
const shell = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP']

function run(environment: Record<string, string>) {
  const kept = shell.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  const child = spawn(process.execPath, ['dist/server.js'], {
    env: { ...Object.fromEntries(kept), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = once(child, 'close').then(([code, signal]): Ending => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    output,
  }))
  return { child, ended, output: () => output }
}

/** Starts the product with settings with which it does not start; resolves when it has ended. */
export function startInVain(environment: Record<string, string>): Promise<Ending> {
  return run(environment).ended
}

/** Starts the product on a free port; resolves when it says that it is ready. @throws with its words if it ends */
export async function startChildProduct(environment: Record<string, string>): Promise<ChildProduct> {
  const port = environment['PORT'] ?? String(await freePort())
  const { child, ended, output } = run({ LOG_LEVEL: 'warn', ...environment, PORT: port })
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', () => {
      // The last line of the welcome: all of it was said
      if (output().includes('Stop with Ctrl-C.')) resolve()
    })
  })
  const early = await Promise.race([ready, ended])
  if (early) throw new Error(`The product ended (${early.code ?? early.signal}): ${early.output}`)
  return {
    url: `http://localhost:${port}`,
    output,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
  }
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
