import type { Participant, PresentPage } from '../../contract/signalling'
import { createEmitter } from './emitter'
import type { FrameTap } from './frame-tap'
import { figuresBetween, type LinkCounters } from './link-figures'
import type {
  IceSettings,
  MediaTransport,
  OutgoingMedia,
  RemotePeer,
  TransportEvents,
} from './media-transport'
import { createPeerLink, type PeerLink } from './peer-link'
import { nextQuality, type QualityState, startQuality } from './quality-policy'
import { givesWay, videoBitrate } from './roles'
import { createSince } from './since'

interface Peer {
  view: RemotePeer
  link: PeerLink | null
  /** Runs while we wait for the newcomer's offer. */
  offerTimer: number | undefined
  counters: LinkCounters | null
  /** Everything that arrives, by the id of its stream. */
  streams: Map<string, MediaStream>
  /** Ids of streams that carried a screen, also after its end. */
  screenIds: Set<string>
  quality: QualityState
  receivedAt: number
  flowsSince: (holds: boolean, now: number) => number | null
  renewedAt: number
  /** Not in the room, or in it without taking part: it reconnects, or it has left. */
  absentSince: number | null
  leaveTimer: number | undefined
}

/** A newcomer's offer that does not come is made up for by the other side. */
const offerAnywayMilliseconds = { officer: 800, other: 1600 }
const measureEveryMilliseconds = 1000
const receivingWithinMilliseconds = 2000
/** A path that broke carries nothing long before ICE says so. */
const silentAfterMilliseconds = 3000
const renewEveryMilliseconds = 8000
/** What is reported first after a break tells of the break, not of the line. */
const judgedAfterMilliseconds = 6000
/** A page that reconnects is in the room before it takes part again. */
const leftAfterMilliseconds = 2000
/** A page that was closed for good leaves no trace but its silence. */
const forgetAfterMilliseconds = 20_000

/** Every pair of pages has a connection of its own: at most four people. */
export function createMeshTransport(tap?: FrameTap): MediaTransport {
  const events = createEmitter<TransportEvents>()
  const peers = new Map<string, Peer>()
  /** Pages that a newer page of the same person has replaced: what still arrives from them is late. */
  const replaced = new Set<string>()
  let me: { pageId: string; participant: Participant } | null = null
  let present: readonly PresentPage[] = []
  let ice: IceSettings = { servers: [], relayOnly: false }
  let media: OutgoingMedia = { audio: null, video: null, screen: null, microphone: false, camera: false }
  let documentMode = false
  let measuring: number | undefined

  const views = (): RemotePeer[] => Array.from(peers.values(), (peer) => peer.view)
  const tell = (): void => events.emit('peers', views())
  const update = (peer: Peer, part: Partial<RemotePeer>): void => {
    peer.view = { ...peer.view, ...part }
    tell()
  }
  const sendMedia = (to: string): void => {
    const { microphone, camera } = media
    const peer = peers.get(to)
    const screen = peer?.link?.screenId() ?? null
    const soundOnly = peer?.quality.quality === 'audio_only'
    events.emit('message', { to, message: { media: { microphone, camera, screen, soundOnly } } })
  }

  const forget = (peer: Peer): void => {
    window.clearTimeout(peer.offerTimer)
    window.clearTimeout(peer.leaveTimer)
    peer.link?.close()
    peers.delete(peer.view.pageId)
  }

  const meet = (pageId: string, participant: Participant): Peer => {
    const known = peers.get(pageId)
    if (known) return known
    for (const other of Array.from(peers.values()))
      if (other.view.participant === participant) {
        replaced.add(other.view.pageId)
        forget(other)
      }
    const view: RemotePeer = {
      pageId,
      participant,
      present: true,
      connected: false,
      receiving: false,
      stream: null,
      screen: null,
      media: null,
      quality: 'good',
      figures: null,
    }
    const peer: Peer = {
      view,
      link: null,
      offerTimer: undefined,
      counters: null,
      streams: new Map(),
      screenIds: new Set(),
      quality: startQuality,
      receivedAt: 0,
      flowsSince: createSince(),
      renewedAt: 0,
      absentSince: null,
      leaveTimer: undefined,
    }
    peers.set(pageId, peer)
    sendMedia(pageId)
    return peer
  }

  const linkTo = (peer: Peer, my: Participant): PeerLink => {
    if (peer.link) return peer.link
    window.clearTimeout(peer.offerTimer)
    const { pageId, participant } = peer.view
    const who = { pageId, participant }
    peer.link = createPeerLink({
      tap: tap && {
        opened: () => tap.opened(who),
        sends: (sender, slot) => tap.sends(who, sender, slot),
        receives: (receiver, streamId) => tap.receives(who, receiver, streamId),
        closed: () => tap.closed(who),
      },
      polite: givesWay(my, participant),
      videoBitrate: videoBitrate(my, participant),
      showsDocuments: participant === 'officer',
      ice: () => ice,
      media: () => media,
      send: (message) => events.emit('message', { to: pageId, message }),
      onStream: (stream) => {
        peer.streams.set(stream.id, stream)
        sortStreams(peer)
        tell()
      },
      onConnected: (connected) => {
        // What has just connected counts as flowing until it is measured
        if (connected) peer.receivedAt = Date.now()
        update(peer, connected ? { connected, receiving: true } : { connected })
      },
      onRelayRefused: () => events.emit('relayRefused', undefined),
    })
    peer.link.setPicture({ soundOnly: false, document: documentMode })
    // Only now has the screen a stream to be told by, and it must be told before its track arrives
    if (media.screen) sendMedia(pageId)
    return peer.link
  }

  /** Told apart by what the other side says, never by guess. */
  const sortStreams = (peer: Peer): void => {
    const screenId = peer.view.media?.screen ?? null
    if (screenId !== null) peer.screenIds.add(screenId)
    const all = Array.from(peer.streams.values())
    const stream = all.filter((one) => !peer.screenIds.has(one.id)).pop() ?? null
    const screen = all.find((one) => one.id === screenId) ?? null
    peer.view = { ...peer.view, stream, screen }
  }

  const judge = (peer: Peer): void => {
    const { figures, connected, receiving } = peer.view
    const now = Date.now()
    const since = peer.flowsSince(connected && receiving, now)
    if (!figures || since === null || now - since < judgedAfterMilliseconds) return
    const before = peer.quality.quality
    peer.quality = nextQuality(peer.quality, {
      available: figures.available,
      sending: figures.up,
      lossPercent: figures.sentLossPercent,
      roundTripMilliseconds: figures.roundTripMilliseconds,
    })
    const { quality } = peer.quality
    if (quality === before) return
    peer.view = { ...peer.view, quality }
    peer.link?.setPicture({ soundOnly: quality === 'audio_only', document: documentMode })
    sendMedia(peer.view.pageId)
  }

  const follow = (newcomer: boolean): void => {
    if (!me) return
    const my = me.participant
    for (const page of present) {
      if (page.participant === my) continue
      replaced.delete(page.pageId)
      const known = peers.get(page.pageId)
      if (!page.ready) {
        if (known) waitFor(known)
      } else if (known) {
        if (!known.view.present) welcomeBack(known)
      } else {
        const peer = meet(page.pageId, page.participant)
        const offer = (): void => linkTo(peer, my).offer()
        const wait = my === 'officer' ? offerAnywayMilliseconds.officer : offerAnywayMilliseconds.other
        if (newcomer) offer()
        else peer.offerTimer = window.setTimeout(offer, wait)
      }
    }
    for (const peer of peers.values())
      if (!present.some((page) => page.pageId === peer.view.pageId)) miss(peer)
    tell()
  }

  const miss = (peer: Peer): void => {
    window.clearTimeout(peer.leaveTimer)
    peer.leaveTimer = undefined
    peer.absentSince ??= Date.now()
    peer.view = { ...peer.view, present: false }
  }

  const waitFor = (peer: Peer): void => {
    if (peer.leaveTimer !== undefined) return
    miss(peer)
    peer.leaveTimer = window.setTimeout(() => {
      forget(peer)
      tell()
    }, leftAfterMilliseconds)
  }

  const welcomeBack = (peer: Peer): void => {
    window.clearTimeout(peer.leaveTimer)
    peer.leaveTimer = undefined
    peer.absentSince = null
    peer.view = { ...peer.view, present: true }
    sendMedia(peer.view.pageId)
    peer.link?.renew(peer.view.receiving)
  }

  /** Has stopped although its page is there and says that it sends. */
  const isSilent = ({ view, receivedAt, renewedAt }: Peer): boolean => {
    const now = Date.now()
    const stopped = receivedAt > 0 && now - receivedAt > silentAfterMilliseconds
    return view.present && sends(view) && stopped && now - renewedAt > renewEveryMilliseconds
  }

  const measure = async (): Promise<void> => {
    for (const peer of Array.from(peers.values())) {
      if (!peer.link) continue
      const after = await peer.link.counters()
      if (!after) continue
      const before = peer.counters
      peer.counters = after
      if (before && after.bytesReceived > before.bytesReceived) peer.receivedAt = after.atMilliseconds
      const arrives = after.atMilliseconds - peer.receivedAt < receivingWithinMilliseconds
      const receiving = arrives || (peer.view.connected && !sends(peer.view))
      peer.view = { ...peer.view, receiving, figures: before ? figuresBetween(before, after) : null }
      judge(peer)
      if (isSilent(peer)) {
        peer.renewedAt = Date.now()
        peer.link.renew(false)
      }
      const isGone = peer.absentSince !== null && Date.now() - peer.absentSince > forgetAfterMilliseconds
      if (isGone && !receiving) forget(peer)
    }
    tell()
  }

  return {
    on: events.on,
    peers: views,
    setMedia(next) {
      const shares = next.screen !== media.screen
      const changed = next.audio !== media.audio || next.video !== media.video || shares
      const said = shares || next.microphone !== media.microphone || next.camera !== media.camera
      media = next
      for (const peer of peers.values()) {
        if (changed) peer.link?.mediaChanged()
        if (said) sendMedia(peer.view.pageId)
      }
    },
    setDocumentMode(on) {
      documentMode = on
      for (const peer of peers.values())
        peer.link?.setPicture({ soundOnly: peer.quality.quality === 'audio_only', document: on })
    },
    enter(page) {
      me = page
      window.clearInterval(measuring)
      measuring = window.setInterval(() => void measure(), measureEveryMilliseconds)
      follow(true)
    },
    leave() {
      me = null
      window.clearInterval(measuring)
      for (const peer of Array.from(peers.values())) forget(peer)
      tell()
    },
    handlePresent(list) {
      present = list
      follow(false)
    },
    handlePeer(from, participant, message) {
      if (!me || replaced.has(from) || participant === me.participant) return
      const peer = meet(from, participant)
      if ('media' in message) {
        peer.view = { ...peer.view, media: message.media }
        sortStreams(peer)
        tell()
      } else linkTo(peer, me.participant).handle(message)
    },
    handleConnected(settings) {
      ice = settings
      for (const peer of peers.values()) {
        if (!peer.view.present) continue
        sendMedia(peer.view.pageId)
        peer.link?.renew(peer.view.receiving)
      }
    },
  }
}

const sends = ({ media }: RemotePeer): boolean => media === null || media.microphone || media.camera
