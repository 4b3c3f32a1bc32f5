import type { Page } from 'playwright-core'

/** What the page's own script has opened, kept where a test can reach it. */
interface Insides {
  peers: RTCPeerConnection[]
  sockets: WebSocket[]
  /** Every text that went out. */
  sent: string[]
}

/** Keeps every connection and socket of the pages that are opened from now on. */
export const watchInsides = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const insides: Insides = { peers: [], sockets: [], sent: [] }
    Object.assign(window, { insides })
    const { RTCPeerConnection: Peer, WebSocket: Socket } = window
    window.RTCPeerConnection = class extends Peer {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        insides.peers.push(this)
      }
    }
    window.WebSocket = class extends Socket {
      constructor(url: string | URL) {
        super(url)
        insides.sockets.push(this)
      }
      override send(data: string) {
        insides.sent.push(data)
        super.send(data)
      }
    }
  })

export interface Sending {
  bytes: number
  frames: number
  height: number
  framesPerSecond: number
  maxBitrate: number | null
  active: boolean
}

/** The camera's picture as the page sends it over each of its open connections. */
export const picturesSent = (page: Page): Promise<Sending[]> =>
  page.evaluate(async () => {
    const { peers } = (window as unknown as { insides: Insides }).insides
    const sent: Sending[] = []
    for (const peer of peers.filter(({ connectionState }) => connectionState === 'connected'))
      for (const sender of peer.getSenders()) {
        if (sender.track?.kind !== 'video') continue
        const encoding = sender.getParameters().encodings[0]
        const report = await sender.getStats()
        report.forEach((entry: RTCStats) => {
          if (entry.type !== 'outbound-rtp') return
          const figures = entry as RTCOutboundRtpStreamStats
          sent.push({
            bytes: figures.bytesSent ?? 0,
            frames: figures.framesEncoded ?? 0,
            height: figures.frameHeight ?? 0,
            framesPerSecond: figures.framesPerSecond ?? 0,
            maxBitrate: encoding?.maxBitrate ?? null,
            active: encoding?.active ?? false,
          })
        })
      }
    return sent
  })

/** How the media really travel: kind of the own candidate and the way to the relay, one entry a connection. */
export const waysTaken = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const { peers } = (window as unknown as { insides: Insides }).insides
    const ways: string[] = []
    for (const peer of peers.filter(({ connectionState }) => connectionState === 'connected')) {
      const report = await peer.getStats()
      const entries: Record<string, Record<string, unknown>> = {}
      report.forEach((entry: RTCStats) => (entries[entry.id] = entry as unknown as Record<string, unknown>))
      const transport = Object.values(entries).find(({ type }) => type === 'transport')
      const pair = entries[String(transport?.selectedCandidatePairId)]
      const own = entries[String(pair?.localCandidateId)]
      ways.push([own?.candidateType, own?.relayProtocol].filter(Boolean).join(' '))
    }
    return ways
  })

/** Every text that the page's sockets have sent. */
export const textsSent = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { insides: Insides }).insides.sent.slice())

/** The name under which the page is in the room. */
export const pageNameOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { sockets } = (window as unknown as { insides: Insides }).insides
    return new URL(sockets[sockets.length - 1]?.url ?? '').searchParams.get('page') ?? ''
  })

/** Sends these texts through the page's socket, as a hostile page would. */
export const sendThrough = (page: Page, texts: readonly string[]): Promise<void> =>
  page.evaluate((all) => {
    const { sockets } = (window as unknown as { insides: Insides }).insides
    for (const text of all) sockets[sockets.length - 1]?.send(text)
  }, texts)

/** Ids of the camera's tracks that are being sent. */
export const cameraTracks = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { peers } = (window as unknown as { insides: Insides }).insides
    return peers
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((peer) => peer.getSenders())
      .flatMap(({ track }) => (track?.kind === 'video' ? [track.id] : []))
  })

/** What a phone call leaves on an iPhone: a track that says `live`, is muted, and stays so. @returns its id */
export const interruptCamera = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { peers } = (window as unknown as { insides: Insides }).insides
    const senders = peers
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((peer) => peer.getSenders())
    const track = senders.find((sender) => sender.track?.kind === 'video')?.track
    if (!track) throw new Error('No camera is sent')
    Object.defineProperty(track, 'muted', { value: true })
    track.dispatchEvent(new Event('mute'))
    return track.id
  })
