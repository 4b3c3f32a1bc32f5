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
 * Sends a journal as the recorder's worker does: goes on after what the server has, again and again until all is
 * acknowledged, over as many sockets as it takes.
 */
export function feedJournal(
  where: { url: string; cookie: string; visitId: string; session: string },
  { onAck, onReady }: { onAck?: (have: number) => void; onReady?: () => void } = {},
) {
  const batches: Buffer[] = []
  let socket: WebSocket | undefined
  let acked = 0
  let sent = 0
  let isReady = false
  let isOver = false
  let retry: NodeJS.Timeout | undefined
  const waiting = new Set<() => void>()

  const pump = () => {
    while (isReady && sent < batches.length && sent - acked < window) {
      const batch = batches[sent++]
      if (batch) socket?.send(batch)
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
