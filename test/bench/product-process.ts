import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'

export type ProductRole = 'all' | 'server'

/** The built product as a child process. */
export interface ProductProcess {
  pid: number
  port: number
  /** Without a trailing slash. */
  url: string
  /** Ends it in order, after a while by force. */
  stop(): Promise<void>
}

const startMilliseconds = 90_000
const stopMilliseconds = 20_000

/** Starts `dist/server.js` and waits until it is ready. What it logs from warnings on goes to our standard error. */
export async function startProduct(options: {
  databaseUrl: string
  dataFolder: string
  role: ProductRole
  environment?: Record<string, string>
}): Promise<ProductProcess> {
  const port = await freePort()
  const { pid, stop } = await startProgram(await startArguments(), /^e-Wizyta is ready/, {
    MODE: 'demo',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    ROLE: options.role,
    PORT: String(port),
    DATABASE_URL: options.databaseUrl,
    DATA_DIR: options.dataFolder,
    ...options.environment,
  })
  return { pid, port, url: `http://localhost:${port}`, stop }
}

/** What `npm start` hands to Node, so that the product is measured as it runs. */
async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { start: string } }
  const found = /node ((?:--\S+ )*)(dist\/server\.js)$/.exec(scripts.start)
  if (!found) throw new Error('package.json does not say how the product is started')
  const [, flags = '', program = ''] = found
  return [...flags.split(' ').filter(Boolean), program]
}

const running = new Set<() => Promise<void>>()

/** Ends every program that is still running or starting. */
export async function stopPrograms(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()))
}

/** Starts a Node program and waits for the line by which it says that it is ready. */
export async function startProgram(
  programArguments: readonly string[],
  readyLine: RegExp,
  environment: Record<string, string>,
): Promise<{ pid: number; line: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, programArguments, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMilliseconds)
    await ended
    clearTimeout(timer)
  }
  running.add(stop)
  void ended.finally(() => running.delete(stop))

  const program = programArguments.join(' ')
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (readyLine.test(line)) resolve(line)
      else if (line.startsWith('{')) process.stderr.write(`${line}\n`)
    })
    void ended.then(() => reject(new Error(`${program} ended before it was ready`)), reject)
    setTimeout(() => reject(new Error(`${program} is not ready in time`)), startMilliseconds).unref()
  })
  try {
    const line = await ready
    if (child.pid === undefined) throw new Error(`${program} has no process number`)
    return { pid: child.pid, line, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
