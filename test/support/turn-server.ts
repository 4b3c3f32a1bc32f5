import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SelfMadeCertificate } from './self-made-certificate'

/** A real coturn on this machine alone, with the credential scheme of the product. */
export interface TurnServer {
  port: number
  /** Where it listens over TLS, if it was given a certificate. */
  tlsUrl: string
  /** What the product is configured with. */
  environment: Record<string, string>
  stop(): Promise<void>
}

const secret = 'a secret for tests'

/** Starts coturn; resolves once it answers a STUN request. */
export async function startTurnServer(
  program: string,
  certificate?: Pick<SelfMadeCertificate, 'path' | 'keyPath'>,
): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'e-wizyta-turn-'))
  const port = await freeUdpPort()
  const tlsPort = await freeUdpPort()
  const child = spawn(
    program,
    [
      '-n',
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      '--realm=e-wizyta',
      '--no-cli',
      ...(certificate
        ? [`--tls-listening-port=${tlsPort}`, `--cert=${certificate.path}`, `--pkey=${certificate.keyPath}`]
        : ['--no-tls']),
      '--no-dtls',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      // For tests only: both ends are on this machine
      '--allow-loopback-peers',
      '--log-file=stdout',
      `--userdb=${join(folder, 'turn.db')}`,
      `--pidfile=${join(folder, 'turn.pid')}`,
    ],
    { stdio: 'ignore', cwd: folder },
  )
  await answering(port)
  const address = `turn:127.0.0.1:${port}`
  return {
    port,
    tlsUrl: `turns:127.0.0.1:${tlsPort}?transport=tcp`,
    environment: {
      TURN_URLS: `${address}?transport=udp,${address}?transport=tcp`,
      TURN_SECRET: secret,
    },
    async stop() {
      await ended(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve()
      return
    }
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })

/** A STUN binding request: type, no attributes, the magic number, twelve bytes of the request's own. */
const bindingRequest = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 60; tries++)
    if (
      await answersStun(port).then(
        () => true,
        () => false,
      )
    )
      return
  throw new Error('coturn does not answer')
}

/** Rejects after half a second of silence. */
function answersStun(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    const timer = setTimeout(() => done(reject), 500)
    const done = (tell: () => void) => {
      clearTimeout(timer)
      socket.close()
      tell()
    }
    socket.once('message', () => done(resolve))
    socket.once('error', () => done(reject))
    socket.send(bindingRequest, port, '127.0.0.1')
  })
}

export function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
