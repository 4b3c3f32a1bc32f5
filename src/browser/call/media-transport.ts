import type { Participant, PeerMessage, PresentPage } from '../../contract/signalling'
import type { Emitter } from './emitter'
import type { LinkFigures } from './link-figures'
import type { Quality } from './quality-policy'

/** What this page sends: tracks may be missing, replaced or switched off at any time. */
export interface OutgoingMedia {
  audio: MediaStreamTrack | null
  video: MediaStreamTrack | null
  /** The shared screen, a picture of its own beside the camera's. */
  screen: MediaStreamTrack | null
  /** Whether the others may expect sound and picture; labels only. */
  microphone: boolean
  camera: boolean
}

export interface IceSettings {
  servers: RTCIceServer[]
  relayOnly: boolean
}

/** Somebody else's page in the call. */
export interface RemotePeer {
  pageId: string
  participant: Participant
  /** Its signalling is connected: presence comes from there, never from the media path. */
  present: boolean
  connected: boolean
  /** Sound or picture has arrived within the last two seconds, or it says that it sends none. */
  receiving: boolean
  stream: MediaStream | null
  /** The screen this person shares. */
  screen: MediaStream | null
  /** What it says it sends; null until it says so. */
  media: { microphone: boolean; camera: boolean; screen: string | null; soundOnly: boolean } | null
  /** How well the way to this person carries what we send. */
  quality: Quality
  figures: LinkFigures | null
}

export interface TransportEvents {
  peers: readonly RemotePeer[]
  /** To be passed on through the room. */
  message: { to: string; message: PeerMessage }
  /** The relay refused our credentials: new ones are needed. */
  relayRefused: undefined
}

/**
 * Carries sound and picture between the people of a visit. Browsers talk to each other directly today; an SFU would
 * stand behind the same interface (docs/decisions/0005-media-mesh.md). Knows neither the socket nor the page.
 */
export interface MediaTransport {
  on: Emitter<TransportEvents>['on']
  peers(): readonly RemotePeer[]
  setMedia(media: OutgoingMedia): void
  /** A document is before our camera: sharpness before movement, to the officer alone. */
  setDocumentMode(on: boolean): void
  /** This page takes part from now on, and as the newcomer speaks first to those who are there. */
  enter(me: { pageId: string; participant: Participant }): void
  leave(): void
  /** Who is in the room, after every change. */
  handlePresent(present: readonly PresentPage[]): void
  handlePeer(from: string, participant: Participant, message: PeerMessage): void
  /** First and every later connection of the signalling: repairs what broke meanwhile. */
  handleConnected(ice: IceSettings): void
}
