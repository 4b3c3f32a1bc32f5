import type { TrackKind } from '../contract/journal'
import { type Participant, participants } from '../contract/signalling'
import { chooseClaims, type Claim, type NamedSpan, screenShares } from './claims'
import type { ScannedSession } from './journal-scan'
import type { MediaFilePlan } from './media-file'
import type { PictureSize } from './vp8'

/** A file that is to be made. */
export interface PlannedFile extends MediaFilePlan {
  name: string
  kind: 'person' | 'screen'
  participant: Participant
  soundClaims: readonly Claim[]
}

export interface MuxPlan {
  files: readonly PlannedFile[]
  /** On the server's clock; equal when there is nothing. */
  from: number
  to: number
}

/** Which files a recording becomes, and what of which track goes where. */
export function planMux(sessions: readonly ScannedSession[]): MuxPlan {
  const files = participants.flatMap((participant) => {
    const claimsOf = (kind: TrackKind) => chooseClaims(spansOf(sessions, participant, kind))
    const person = plan(sessions, {
      name: `${participant}.webm`,
      kind: 'person',
      participant,
      sound: claimsOf('audio'),
      pictures: claimsOf('video'),
    })
    const screens = screenShares(claimsOf('screen')).map((pictures, index) =>
      plan(sessions, {
        name: `${participant}-screen-${index + 1}.webm`,
        kind: 'screen',
        participant,
        sound: [],
        pictures,
      }),
    )
    return [person, ...screens].filter((file) => file !== undefined)
  })
  const from = Math.min(...files.map((file) => file.from))
  const to = Math.max(...files.map((file) => file.to))
  return files.length > 0 ? { files, from, to } : { files, from: 0, to: 0 }
}

interface Wanted {
  name: string
  kind: 'person' | 'screen'
  participant: Participant
  sound: readonly Claim[]
  pictures: readonly Claim[]
}

function plan(
  sessions: readonly ScannedSession[],
  { name, kind, participant, sound, pictures }: Wanted,
): PlannedFile | undefined {
  const size = firstSize(sessions, pictures)
  const shown = size ? pictures : []
  const all = [...sound, ...shown]
  if (all.length === 0) return undefined
  return {
    name,
    kind,
    participant,
    soundClaims: sound,
    sound: sound.length > 0,
    picture: size && { claims: shown, size },
    from: Math.min(...all.map((claim) => claim.from)),
    to: Math.max(...all.map((claim) => claim.to)) + lastFrameMs,
  }
}

/** How long the last packet of a file is heard or seen. */
const lastFrameMs = 20

function firstSize(sessions: readonly ScannedSession[], claims: readonly Claim[]): PictureSize | undefined {
  for (const { sessionId, track } of claims) {
    const session = sessions.find((one) => one.sessionId === sessionId)
    const size = session?.tracks.get(track)?.size ?? session?.webm.get(track)?.opened.picture?.size
    if (size) return size
  }
  return undefined
}

function spansOf(
  sessions: readonly ScannedSession[],
  participant: Participant,
  kind: TrackKind,
): NamedSpan[] {
  return sessions.flatMap(({ sessionId, tracks, webm }) => {
    const own = [...tracks].flatMap(([track, { description, spans }]) =>
      description.participant === participant && description.kind === kind
        ? spans.map((span) => ({ sessionId, track, ...span }))
        : [],
    )
    const recorded = [...webm].flatMap(([track, { description, opened }]) => {
      if (description.participant !== participant) return []
      const isScreen = description.kind === 'screen'
      if (isScreen !== (kind === 'screen')) return []
      const span = kind === 'audio' ? opened.sound?.span : opened.picture?.span
      return span ? [{ sessionId, track, ...span }] : []
    })
    return [...own, ...recorded]
  })
}
