import type { PeerMessage } from '../../contract/signalling'
import type { Kind } from './capture'
import { preferCodecs } from './codec-preferences'
import { countersOf, type LinkCounters } from './link-figures'
import type { IceSettings, OutgoingMedia } from './media-transport'
import { negotiationStep } from './negotiation'
import { sessionId, withOpusCorrection } from './sdp'

interface PeerLinkOptions {
  polite: boolean
  /** Bits per second of the outgoing picture. */
  videoBitrate: number
  ice: () => IceSettings
  media: () => OutgoingMedia
  send: (message: PeerMessage) => void
  onStream: (stream: MediaStream) => void
  onConnected: (connected: boolean) => void
  onRelayRefused: () => void
}

/** Sound and picture between this page and one other. */
export interface PeerLink {
  /** Speaks first. */
  offer(): void
  handle(message: PeerMessage): void
  /** Signalling was interrupted and is back; `flowing` says whether media still arrives. */
  renew(flowing: boolean): void
  mediaChanged(): void
  /** Null when the connection is being closed. */
  counters(): Promise<LinkCounters | null>
  close(): void
}

/** When a path is given up, in milliseconds. The polite side waits longer, so that both do not offer at once. */
const repairAfter = { connecting: 8000, disconnected: 3000, failed: 300, politeLonger: 2500, longest: 15_000 }
const kinds: readonly Kind[] = ['audio', 'video']
const unauthorized = 401

/** `sdpSemantics`: Chrome before 72 speaks the old dialect unless told otherwise; others ignore it. */
type Configuration = RTCConfiguration & { sdpSemantics: 'unified-plan' }

export function createPeerLink(options: PeerLinkOptions): PeerLink {
  const { polite, send } = options
  let closed = false
  let repairs = 0
  let repairTimer: number | undefined
  let remoteSession: string | null = null
  let early: RTCIceCandidateInit[] = []
  let senders: Partial<Record<Kind, RTCRtpSender>> = {}
  let outgoing = new MediaStream()
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
    opened.ontrack = ({ streams, track }) => options.onStream(streams[0] ?? new MediaStream([track]))
    remoteSession = null
    early = []
    senders = {}
    outgoing = new MediaStream()
    for (const kind of kinds) addTrack(opened, kind)
    return opened
  }

  function addTrack(to: RTCPeerConnection, kind: Kind): void {
    const track = options.media()[kind]
    if (track) senders[kind] = to.addTrack(track, outgoing)
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
    preferCodecs(pc)
    await pc.setLocalDescription(
      await pc.createOffer({ iceRestart, offerToReceiveAudio: true, offerToReceiveVideo: true }),
    )
    sendDescription()
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
      preferCodecs(pc)
      await pc.setLocalDescription(await pc.createAnswer())
      sendDescription()
    }
    await limitBitrate()
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
    const sender = senders.video
    if (!sender || !('getParameters' in sender)) return
    const parameters = sender.getParameters()
    const encoding = (parameters.encodings as RTCRtpEncodingParameters[] | undefined)?.[0]
    if (!encoding || encoding.maxBitrate === options.videoBitrate) return
    encoding.maxBitrate = options.videoBitrate
    try {
      await sender.setParameters(parameters)
    } catch {
      // Without the limit the browser's own congestion control still holds
    }
  }

  async function replaceTracks(): Promise<void> {
    let added = false
    for (const kind of kinds) {
      const track = options.media()[kind]
      const sender = senders[kind]
      if (sender) {
        if (sender.track !== track) await sender.replaceTrack(track)
      } else if (track) {
        addTrack(pc, kind)
        added = true
      }
    }
    if (added && remoteSession !== null) await makeOffer(false)
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
    },
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
