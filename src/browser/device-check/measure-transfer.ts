/** The first part of a transfer is the line getting up to speed. */
const warmUpMilliseconds = 800
const leastMeasured = 200

/** Megabits per second of a growing count of bytes, without its beginning. */
export function createRate(): { count(bytes: number, at: number): void; megabits(): number | null } {
  let startedAt: number | null = null
  let begin: { bytes: number; at: number } | null = null
  let first: { bytes: number; at: number } | null = null
  let last: { bytes: number; at: number } | null = null
  return {
    count(bytes, at) {
      startedAt ??= at
      first ??= { bytes, at }
      if (begin === null && at - startedAt >= warmUpMilliseconds) begin = { bytes, at }
      last = { bytes, at }
    },
    megabits() {
      // A line so fast that all came during the warm-up is measured by all of it
      const from = begin && last && last.at - begin.at >= leastMeasured ? begin : first
      if (!from || !last || last.at <= from.at) return null
      return ((last.bytes - from.bytes) * 8) / ((last.at - from.at) * 1000)
    },
  }
}

const patience = 5000

const transfer = (open: (request: XMLHttpRequest) => EventTarget, send: (request: XMLHttpRequest) => void) =>
  new Promise<number | null>((resolve) => {
    const request = new XMLHttpRequest()
    const rate = createRate()
    let done = false
    const finish = (megabits: number | null): void => {
      if (done) return
      done = true
      window.clearTimeout(timer)
      resolve(megabits)
      request.abort()
    }
    const timer = window.setTimeout(() => finish(rate.megabits()), patience)
    const target = open(request)
    rate.count(0, Date.now())
    target.addEventListener('progress', (event) => rate.count((event as ProgressEvent).loaded, Date.now()))
    request.addEventListener('load', () => finish(request.status === 200 ? rate.megabits() : null))
    request.addEventListener('error', () => finish(null))
    send(request)
  })

/** Megabits per second that come from the server; null when it does not answer. */
export const measureDownload = (address: string): Promise<number | null> =>
  transfer(
    (request) => {
      request.open('GET', `${address}?${Date.now()}`)
      request.responseType = 'arraybuffer'
      return request
    },
    (request) => request.send(),
  )

const uploadBytes = 3_000_000

/** Megabits per second that go to the server: a floor, browsers count what they have handed on late. */
export const measureUpload = (address: string): Promise<number | null> =>
  transfer(
    (request) => {
      request.open('POST', address)
      request.setRequestHeader('content-type', 'application/octet-stream')
      return request.upload
    },
    (request) => request.send(randomBytes(uploadBytes)),
  )

/** Random, so that nothing on the way makes it smaller. */
function randomBytes(count: number): Blob {
  const once = 65_536
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let done = 0; done < count; done += once) parts.push(crypto.getRandomValues(new Uint8Array(once)))
  return new Blob(parts)
}
