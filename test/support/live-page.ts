import { randomBytes } from 'node:crypto'
import WebSocket, { type ClientOptions } from 'ws'
import type { RoomRequest } from '../../src/contract/signalling'
import type { VisitServer } from './visit-server'

/** A page's WebSocket: what came in, and promises for what is still to come. */
export interface LivePage<Notice extends { type: string }> {
  socket: WebSocket
  notices: Notice[]
  pageId: string
  tabId: string
  /** The next notice of the type that fits and that was not yet returned; waits for it. */
  next<Type extends Notice['type']>(
    type: Type,
    fits?: (notice: Extract<Notice, { type: Type }>) => boolean,
  ): Promise<Extract<Notice, { type: Type }>>
  send(request: RoomRequest): void
  /** Sends bytes as they are. */
  sendRaw(data: string | Buffer, options?: { binary?: boolean }): void
  /** The close code, once it is closed. */
  closed: Promise<number>
  close(): Promise<number>
}

interface PageOptions {
  cookie?: string
  page?: string
  tab?: string
  take?: boolean
  client?: ClientOptions
}

export const randomPageId = () => randomBytes(12).toString('base64url')

/** Opens a room's socket; see `openSocket`. */
export function openPage<Notice extends { type: string }>(
  server: VisitServer,
  path: string,
  options: PageOptions = {},
): LivePage<Notice> {
  const { page = randomPageId(), tab = randomPageId(), take = false } = options
  const address = `${path}?page=${page}&tab=${tab}${take ? '&take=1' : ''}`
  return { ...openSocket<Notice>(server, address, options), pageId: page, tabId: tab }
}

/** Opens any socket of the server as a page of ours does. */
export function openSocket<Notice extends { type: string }>(
  server: Pick<VisitServer, 'url'>,
  address: string,
  { cookie = '', client = {} }: Pick<PageOptions, 'cookie' | 'client'> = {},
): LivePage<Notice> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${address}`, {
    headers: { origin: server.url, cookie },
    ...client,
  })
  const notices: Notice[] = []
  const returned = new Set<Notice>()
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of [...waiting]) look()
  }
  let how = ''
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      how = `${how}${code}`
      resolve(code)
      wake()
    })
  })
  socket.on('message', (data: Buffer) => {
    notices.push(JSON.parse(data.toString()) as Notice)
    wake()
  })
  socket.on('error', ({ message }) => {
    how = `${message}, `
  })

  return {
    socket,
    notices,
    pageId: '',
    tabId: '',
    next: (type, fits = () => true) =>
      new Promise((resolve, reject) => {
        type Wanted = Extract<Notice, { type: typeof type }>
        const look = () => {
          const found = notices.find(
            (notice): notice is Wanted =>
              notice.type === type && !returned.has(notice) && fits(notice as Wanted),
          )
          if (found) returned.add(found)
          else if (socket.readyState < WebSocket.CLOSED) return
          waiting.delete(look)
          if (found) resolve(found)
          else
            reject(new Error(`Closed (${how}) without ${type}; came: ${JSON.stringify(notices.slice(-5))}`))
        }
        waiting.add(look)
        look()
      }),
    send: (request) => {
      socket.send(JSON.stringify(request))
    },
    sendRaw: (data, options = {}) => {
      socket.send(data, options)
    },
    closed,
    close: () => {
      socket.close()
      return closed
    },
  }
}

/** The HTTP status with which an upgrade was refused. */
export function refusedWith(page: Pick<LivePage<{ type: string }>, 'socket'>): Promise<number> {
  return new Promise((resolve, reject) => {
    page.socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0)
      page.socket.terminate()
    })
    page.socket.on('open', () => reject(new Error('The socket was opened')))
  })
}
