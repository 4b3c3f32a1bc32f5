import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import WebSocket from 'ws'
import type { JournalNotice } from '../../src/contract/recording'
import { samplePassword, sampleStaff } from '../../src/main/demo/sample-staff'

/** Signs the sample officer in. @returns the cookie header */
export async function sampleCookie(url: string): Promise<string> {
  const signedIn = await fetch(`${url}/pracownik`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url },
    body: new URLSearchParams({ email: sampleStaff[0].email, password: samplePassword }),
  })
  if (signedIn.status !== 303) throw new Error(`Not signed in: ${signedIn.status}`)
  return (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

const window = 32

/**
 * A batch as a browser puts it on the wire: masked, in one binary frame. Made beforehand, so that a generator of load
 * costs the machine as little as two hundred browsers elsewhere would.
 */
export function wireFrame(batch: Buffer): Buffer {
  const mask = randomBytes(4)
  const isLong = batch.length > 0xffff
  const head = Buffer.alloc(isLong ? 10 : 4)
  head[0] = 0x82
  head[1] = 0x80 | (isLong ? 127 : 126)
  if (isLong) head.writeBigUInt64BE(BigInt(batch.length), 2)
  else head.writeUInt16BE(batch.length, 2)
  return Buffer.concat([head, mask, batch.map((byte, index) => byte ^ (mask[index & 3] ?? 0))])
}

/**
 * Sends a journal as the recorder's worker does: goes on after what the server has, again and again until all is
 * acknowledged, over as many sockets as it takes.
 */
export function feedJournal(
  where: { url: string; cookie: string; visitId: string; session: string },
  {
    onAck,
    onReady,
    framed = false,
  }: {
    onAck?: (have: number) => void
    onReady?: () => void
    /** Batches come as `wireFrame` made them. */
    framed?: boolean
  } = {},
) {
  const batches: Buffer[] = []
  let socket: WebSocket | undefined
  let acked = 0
  let sent = 0
  let isReady = false
  let isOver = false
  let retry: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()

  const put = (to: WebSocket, batch: Buffer) => {
    if (framed) (to as unknown as { _socket: Socket })._socket.write(batch)
    else to.send(batch)
  }
  const pump = () => {
    while (isReady && sent < batches.length && sent - acked < window) {
      const batch = batches[sent++]
      if (batch && socket) put(socket, batch)
    }
  }
  const handle = (notice: JournalNotice) => {
    if (notice.type === 'ready' || notice.type === 'refused') sent = notice.have
    if (notice.type === 'ready') {
      isReady = true
      onReady?.()
    }
    if (notice.type === 'ready' || notice.type === 'ack') {
      acked = Math.max(acked, notice.have)
      onAck?.(notice.have)
      for (const look of [...waiting]) look()
    }
    pump()
  }
  const connect = () => {
    const { url, cookie, visitId, session } = where
    const opened = new WebSocket(
      `${url.replace('http', 'ws')}/pracownik/wizyta/${visitId}/nagranie?session=${session}`,
      { headers: { origin: url, cookie } },
    )
    socket = opened
    opened.on('message', (data: Buffer) => {
      if (opened === socket) handle(JSON.parse(data.toString()) as JournalNotice)
    })
    opened.on('error', () => undefined)
    opened.on('close', () => {
      isReady = false
      if (!isOver) retry = setTimeout(connect, 100)
    })
  }
  connect()

  return {
    add(batch: Buffer) {
      batches.push(batch)
      pump()
    },
    acked: () => acked,
    /** Resolves once the number is acknowledged. */
    until: (number: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (acked < number) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    close() {
      isOver = true
      clearTimeout(retry)
      socket?.terminate()
    },
  }
}
