import type { TrackKind } from '../../contract/journal'
import type { Participant } from '../../contract/signalling'
import type { RecordingState } from '../../contract/visit-matters'
import type { OutgoingMedia, RemotePeer } from '../call/media-transport'
import type { TapLabel, TapPlan } from './worker-messages'

/** What the call tells the recorder after every change. */
export interface CallFacts {
  peers: readonly RemotePeer[]
  own: OutgoingMedia
  /** As the server and everybody in the room have it. */
  recording: RecordingState
  /** Nothing is recorded for a while: the institution wants it so while a document is shown. */
  paused: boolean
}

/** A transform on the way to or from another page. */
export interface Tap {
  id: string
  pageId: string
  participant: Participant
  side: 'local' | 'remote'
  kind: TrackKind
  /** Of a picture that arrives: id of its stream, by which signalling tells a screen. */
  streamId: string
}

export interface PlannedTap {
  id: string
  label: TapLabel
  plan: TapPlan
}

type Peer = Pick<RemotePeer, 'pageId' | 'participant' | 'connected' | 'media' | 'quality'>

/** The page through whose connection the officer's own tracks are recorded: once, not once for each listener. */
export const recordedWay = (peers: readonly Peer[]): Peer | undefined => {
  const connected = peers.filter((peer) => peer.connected)
  return connected.find(({ participant }) => participant === 'client') ?? connected[0]
}

/** What each transform is, and whether its frames are taken and expected. */
export function planTaps(
  taps: readonly Tap[],
  peers: readonly Peer[],
  own: Pick<OutgoingMedia, 'microphone' | 'camera' | 'screen'>,
  screenIds: ReadonlySet<string>,
): PlannedTap[] {
  const way = recordedWay(peers)
  return taps.map((tap) => {
    const peer = peers.find(({ pageId }) => pageId === tap.pageId)
    if (tap.side === 'local') {
      const sends: Record<TrackKind, boolean> = {
        audio: own.microphone,
        video: own.camera && peer?.quality !== 'audio_only',
        screen: own.screen !== null && peer?.quality !== 'audio_only',
      }
      const take = peer !== undefined && peer === way
      const label: TapLabel = { participant: 'officer', kind: tap.kind, side: 'local' }
      return { id: tap.id, label, plan: { take, expected: take && sends[tap.kind] } }
    }
    const kind = tap.kind === 'video' && screenIds.has(tap.streamId) ? 'screen' : tap.kind
    const media = peer?.media
    const sends: Record<TrackKind, boolean> = {
      audio: media?.microphone === true,
      video: media?.camera === true && !media.soundOnly,
      screen: media?.screen === tap.streamId && !media.soundOnly,
    }
    const label: TapLabel = { participant: tap.participant, kind, side: 'remote' }
    return { id: tap.id, label, plan: { take: true, expected: peer?.connected === true && sends[kind] } }
  })
}

export interface MuteFact {
  participant: Participant
  kind: 'audio' | 'video'
  muted: boolean
}

/** Who has the microphone or camera switched off at the moment. */
export const mutesOf = (
  peers: readonly Peer[],
  own: Pick<OutgoingMedia, 'microphone' | 'camera'>,
): MuteFact[] =>
  [
    ...peers.flatMap(({ participant, media }) => (media ? [{ participant, ...media }] : [])),
    { participant: 'officer' as const, ...own },
  ].flatMap(({ participant, microphone, camera }) => [
    { participant, kind: 'audio' as const, muted: !microphone },
    { participant, kind: 'video' as const, muted: !camera },
  ])
