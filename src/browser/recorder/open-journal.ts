import { localNow } from './local-now'
import { createUploader, type JournalSocket, type Uploader } from './upload-batches'

type Listeners = Pick<Parameters<typeof createUploader>[0], 'onReady' | 'onTime' | 'onAcked' | 'onChange'>

const checkEveryMilliseconds = 1000

/** An uploader over a real socket; comes back at once when the network does. */
export function openJournal(address: string, session: string, listeners: Listeners): Uploader {
  const url = new URL(address, self.location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  url.searchParams.set('session', session)
  const uploader = createUploader({
    connect() {
      const socket = new WebSocket(url)
      socket.binaryType = 'arraybuffer'
      return socket as JournalSocket
    },
    now: localNow,
    later(milliseconds, run) {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    random: Math.random,
    ...listeners,
  })
  const timer = setInterval(() => {
    uploader.check()
    if (uploader.state().end) clearInterval(timer)
  }, checkEveryMilliseconds)
  return uploader
}
