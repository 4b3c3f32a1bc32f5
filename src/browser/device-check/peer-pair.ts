/** Two ends of a connection inside this page, joined by a data channel. */
export interface PeerPair {
  /** The channel's two ends once both are open; null when that took too long. */
  open(milliseconds: number): Promise<{ near: RTCDataChannel; far: RTCDataChannel } | null>
  /** Some candidate was an address of this device as seen from outside. */
  sawOutside(): boolean
  close(): void
}

const outside = /\btyp srflx\b/

/** `relayOnly`: everything goes to the relay and back. */
export function createPeerPair(iceServers: readonly RTCIceServer[], relayOnly: boolean): PeerPair {
  const configuration: RTCConfiguration = {
    iceServers: iceServers.slice(),
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
  }
  const ends = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)] as const
  const [one, other] = ends
  let fromOutside = false
  const passOn = (from: RTCPeerConnection, to: RTCPeerConnection): void => {
    from.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate) return
      if (outside.test(candidate.candidate)) fromOutside = true
      to.addIceCandidate(candidate).catch(() => undefined)
    }
  }
  passOn(one, other)
  passOn(other, one)
  // Unordered and never repeated, as media are: a lost packet must not slow the others
  const near = one.createDataChannel('check', { ordered: false, maxRetransmits: 0 })

  const connect = async (): Promise<void> => {
    await one.setLocalDescription(await one.createOffer())
    await other.setRemoteDescription(one.localDescription as RTCSessionDescription)
    await other.setLocalDescription(await other.createAnswer())
    await one.setRemoteDescription(other.localDescription as RTCSessionDescription)
  }

  return {
    open: (milliseconds) =>
      new Promise((resolve) => {
        const timer = window.setTimeout(() => resolve(null), milliseconds)
        other.ondatachannel = ({ channel: far }) => {
          const ready = (): void => {
            window.clearTimeout(timer)
            resolve({ near, far })
          }
          if (near.readyState === 'open') ready()
          else near.onopen = ready
        }
        connect().catch(() => resolve(null))
      }),
    sawOutside: () => fromOutside,
    close() {
      for (const end of ends) {
        end.onicecandidate = null
        end.close()
      }
    },
  }
}
