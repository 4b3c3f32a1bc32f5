import type { PeerMessage } from '../../contract/signalling'
import type { Kind } from './capture'
import { preferCodecs, vp8Only } from './codec-preferences'
import { askForFrameFacts } from './header-extensions'
import { countersOf, type LinkCounters } from './link-figures'
import type { IceSettings, OutgoingMedia } from './media-transport'
import { negotiationStep } from './negotiation'
import { documentBitrate, screenBitrate } from './roles'
import { sessionId, withOpusCorrection } from './sdp'

interface PeerLinkOptions {
  polite: boolean
  /** Bits per second of the outgoing camera picture. */
  videoBitrate: number
  /** Whether the other side is the one that reads documents. */
  showsDocuments: boolean
  ice: () => IceSettings
  media: () => OutgoingMedia
  send: (message: PeerMessage) => void
  /** Streams arrive unlabelled; signalling says which one is a screen. */
  onStream: (stream: MediaStream) => void
  onConnected: (connected: boolean) => void
  onRelayRefused: () => void
  tap: LinkTap | undefined
}

/** The frames of this link, for whoever records them. */
export interface LinkTap {
  opened(): void
  sends(sender: RTCRtpSender, slot: Slot): void
  receives(receiver: RTCRtpReceiver, streamId: string): void
  closed(): void
}

/** Sound and picture between this page and one other. */
export interface PeerLink {
  /** Speaks first. */
  offer(): void
  handle(message: PeerMessage): void
  /** Signalling was interrupted and is back; `flowing` says whether media still arrives. */
  renew(flowing: boolean): void
  mediaChanged(): void
  /** What the camera's picture is allowed: resolution or movement first, or none at all. */
  setPicture(picture: { soundOnly: boolean; document: boolean }): void
  /** Id of the stream that carries our screen to the other side; null when there is none. */
  screenId(): string | null
  /** Null when the connection is being closed. */
  counters(): Promise<LinkCounters | null>
  close(): void
}

/** When a path is given up, in milliseconds. The polite side waits longer, so that both do not offer at once. */
const repairAfter = { connecting: 4000, disconnected: 1500, failed: 200, politeLonger: 1500, longest: 6000 }
/** Each with a sender of its own; the screen's track travels in a stream of its own. */
type Slot = Kind | 'screen'
const slots: readonly Slot[] = ['audio', 'video', 'screen']
const unauthorized = 401

/**
 * `sdpSemantics`: Chrome before 72 speaks the old dialect unless told otherwise; others ignore it.
 * `encodedInsertableStreams`: without it Chromium hands a receiver's transform no frame, and says nothing.
 */
type Configuration = RTCConfiguration & { sdpSemantics: 'unified-plan'; encodedInsertableStreams?: true }

export function createPeerLink(options: PeerLinkOptions): PeerLink {
  const { polite, send } = options
  let closed = false
  let repairs = 0
  let repairTimer: number | undefined
  let remoteSession: string | null = null
  let early: RTCIceCandidateInit[] = []
  let senders: Partial<Record<Slot, RTCRtpSender>> = {}
  let outgoing = new MediaStream()
  /** The same for every connection to this person: its id is said before its track arrives. */
  const screen = new MediaStream()
  let picture = { soundOnly: false, document: false }
  let pc = open()
  // One step after the other: a description is never applied in the middle of another one
  let steps = Promise.resolve()

  function enqueue(step: () => Promise<void>): void {
    steps = steps.then(async () => {
      if (closed) return
      try {
        await step()
      } catch {
        // Whatever broke the negotiation, a connection made anew is the way out
        repairs = Math.max(repairs, 1)
        armRepair(repairAfter.failed)
      }
    })
  }

  function open(): RTCPeerConnection {
    const { servers, relayOnly } = options.ice()
    const configuration: Configuration = {
      iceServers: servers,
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      bundlePolicy: 'max-bundle',
      sdpSemantics: 'unified-plan',
    }
    if (options.tap) configuration.encodedInsertableStreams = true
    const opened = new RTCPeerConnection(configuration)
    opened.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) send({ candidate: plainCandidate(candidate) })
    }
    opened.onicecandidateerror = (event) => {
      if (event.errorCode === unauthorized) options.onRelayRefused()
    }
    opened.oniceconnectionstatechange = () => {
      if (opened === pc) followPath()
    }
    opened.ontrack = ({ streams, track, receiver }) => {
      const stream = streams[0] ?? new MediaStream([track])
      options.tap?.receives(receiver, stream.id)
      options.onStream(stream)
    }
    options.tap?.opened()
    remoteSession = null
    early = []
    senders = {}
    outgoing = new MediaStream()
    for (const slot of slots) addTrack(opened, slot)
    return opened
  }

  function addTrack(to: RTCPeerConnection, slot: Slot): void {
    const track = options.media()[slot]
    if (!track) return
    const sender = to.addTrack(track, slot === 'screen' ? screen : outgoing)
    senders[slot] = sender
    options.tap?.sends(sender, slot)
  }

  function openAnew(): void {
    stop(pc)
    pc = open()
    options.onConnected(false)
  }

  const isConnected = (): boolean => ['connected', 'completed'].includes(pc.iceConnectionState)

  function followPath(): void {
    options.onConnected(isConnected())
    if (isConnected()) {
      repairs = 0
      window.clearTimeout(repairTimer)
    } else if (pc.iceConnectionState === 'disconnected') armRepair(repairAfter.disconnected)
    else if (pc.iceConnectionState === 'failed') armRepair(repairAfter.failed)
  }

  function armRepair(milliseconds: number): void {
    window.clearTimeout(repairTimer)
    const delay = Math.min(repairAfter.longest, milliseconds * (1 + repairs))
    repairTimer = window.setTimeout(repair, delay + (polite ? repairAfter.politeLonger : 0))
  }

  /** A new path first; when that does not help either, a new connection. */
  function repair(): void {
    if (closed || isConnected()) return
    const anew = repairs++ % 2 === 1
    enqueue(async () => {
      if (anew) openAnew()
      await makeOffer(!anew)
    })
  }

  async function makeOffer(iceRestart: boolean): Promise<void> {
    armRepair(repairAfter.connecting)
    settle()
    await pc.setLocalDescription(
      await pc.createOffer({ iceRestart, offerToReceiveAudio: true, offerToReceiveVideo: true }),
    )
    sendDescription()
  }

  /** What only a description fixes. A recording holds VP8 alone. */
  function settle(): void {
    preferCodecs(pc, options.tap ? vp8Only : undefined)
    askForFrameFacts(pc)
  }

  function sendDescription(): void {
    const description = pc.localDescription
    if (description)
      send({ description: { type: description.type as 'offer' | 'answer', sdp: description.sdp } })
  }

  async function take(description: {
    type: 'offer' | 'answer' | 'rollback'
    sdp?: string | undefined
  }): Promise<void> {
    const offering = pc.signalingState === 'have-local-offer'
    const step = negotiationStep({ polite, offering, remoteSession }, description)
    if (step === 'ignore') return
    if (step === 'renew_and_offer') {
      openAnew()
      await makeOffer(false)
      return
    }
    if (step === 'renew_and_accept') openAnew()
    if (step === 'roll_back') await rollBack()
    const sdp = withOpusCorrection(description.sdp ?? '')
    await pc.setRemoteDescription({ type: description.type, sdp })
    remoteSession = sessionId(sdp)
    await addCandidates(early)
    if (description.type === 'offer') {
      armRepairUnlessConnected()
      settle()
      await pc.setLocalDescription(await pc.createAnswer())
      sendDescription()
      if (screenIsLeftOut()) await makeOffer(false)
    }
    await limitBitrate()
  }

  /** An offer has room for a camera only: a screen that is shared already needs one of our own. */
  function screenIsLeftOut(): boolean {
    if (!senders.screen || !('getTransceivers' in pc)) return false
    return pc.getTransceivers().some(({ sender, mid }) => sender === senders.screen && mid === null)
  }

  function armRepairUnlessConnected(): void {
    if (!isConnected()) armRepair(repairAfter.connecting)
  }

  async function rollBack(): Promise<void> {
    try {
      await pc.setLocalDescription({ type: 'rollback' })
    } catch {
      // Safari before 15.4 and Chrome before 80 cannot take an offer back
      openAnew()
    }
  }

  async function addCandidates(candidates: readonly RTCIceCandidateInit[]): Promise<void> {
    const refused: RTCIceCandidateInit[] = []
    for (const candidate of candidates)
      try {
        await pc.addIceCandidate(candidate)
      } catch {
        // Of a path that the next description brings, or of one that is over
        refused.push(candidate)
      }
    early = refused
  }

  async function limitBitrate(): Promise<void> {
    const document = picture.document && options.showsDocuments
    await limit(senders.video, {
      maxBitrate: document ? documentBitrate : options.videoBitrate,
      maxFramerate: document ? documentFrames : usualFrames,
      active: !picture.soundOnly,
      degradation: document ? 'maintain-resolution' : 'balanced',
    })
    await limit(senders.screen, {
      maxBitrate: screenBitrate,
      maxFramerate: documentFrames,
      active: !picture.soundOnly,
      degradation: 'maintain-resolution',
    })
  }

  async function replaceTracks(): Promise<void> {
    let added = false
    for (const slot of slots) {
      const track = options.media()[slot]
      const sender = senders[slot]
      if (sender) {
        if (sender.track !== track) await sender.replaceTrack(track)
      } else if (track) {
        addTrack(pc, slot)
        added = true
      }
    }
    if (added && remoteSession !== null) await makeOffer(false)
    else await limitBitrate()
  }

  return {
    offer: () => enqueue(() => makeOffer(false)),
    handle(message) {
      if ('description' in message) enqueue(() => take(message.description))
      else if ('candidate' in message && message.candidate) {
        const candidate = message.candidate as RTCIceCandidateInit
        enqueue(async () => {
          if (remoteSession === null) early = [...early, candidate]
          else await addCandidates([...early, candidate])
        })
      }
    },
    renew(flowing) {
      enqueue(async () => {
        if (pc.signalingState === 'have-local-offer') sendDescription()
        else if (isConnected() && flowing) return
        else if (polite) armRepair(repairAfter.failed)
        else await makeOffer(true)
      })
    },
    mediaChanged: () => enqueue(replaceTracks),
    setPicture(next) {
      if (next.soundOnly === picture.soundOnly && next.document === picture.document) return
      picture = next
      enqueue(limitBitrate)
    },
    screenId: () => (options.media().screen ? screen.id : null),
    async counters() {
      try {
        return countersOf(statsOf(await pc.getStats()), Date.now())
      } catch {
        return null
      }
    },
    close() {
      closed = true
      window.clearTimeout(repairTimer)
      stop(pc)
      options.tap?.closed()
    },
  }
}

/** A document is read, not watched. */
const documentFrames = 8
const usualFrames = 25

interface PictureLimits {
  maxBitrate: number
  maxFramerate: number
  active: boolean
  degradation: RTCDegradationPreference
}

/** `degradationPreference` is not in every browser's parameters, nor in the types of the language. */
type PictureParameters = RTCRtpSendParameters & { degradationPreference?: RTCDegradationPreference }

async function limit(sender: RTCRtpSender | undefined, limits: PictureLimits): Promise<void> {
  if (!sender || !('getParameters' in sender)) return
  const parameters: PictureParameters = sender.getParameters()
  const encoding = (parameters.encodings as RTCRtpEncodingParameters[] | undefined)?.[0]
  if (!encoding) return
  const { maxBitrate, maxFramerate, active, degradation } = limits
  const isSet =
    encoding.maxBitrate === maxBitrate &&
    encoding.maxFramerate === maxFramerate &&
    encoding.active === active &&
    parameters.degradationPreference === degradation
  if (isSet) return
  Object.assign(encoding, { maxBitrate, maxFramerate, active })
  parameters.degradationPreference = degradation
  try {
    await sender.setParameters(parameters)
  } catch {
    // Without the limit the browser's own congestion control still holds
  }
}

function stop(pc: RTCPeerConnection): void {
  pc.onicecandidate = pc.onicecandidateerror = pc.oniceconnectionstatechange = pc.ontrack = null
  pc.close()
}

function plainCandidate(candidate: RTCIceCandidate) {
  const { sdpMid, sdpMLineIndex, usernameFragment } = candidate
  return { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment: usernameFragment ?? null }
}

function statsOf(report: RTCStatsReport): RTCStats[] {
  const entries: RTCStats[] = []
  report.forEach((entry: RTCStats) => entries.push(entry))
  return entries
}
