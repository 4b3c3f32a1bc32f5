import type { MeetingBoot, MeetingTextKey } from '../../contract/boot'
import { meetingIds } from '../../contract/boot'
import { attachStream, playWithSound } from '../call/attach-stream'
import { byId, type Texts } from '../call/boot-data'
import { setText, show } from '../call/dom'
import { createFullScreen } from '../call/full-screen'
import type { LocalMedia } from '../call/local-media'
import type { RemotePeer } from '../call/media-transport'
import type { Room } from '../call/room'
import { createSince } from '../call/since'
import { ringArc, timeLeft } from '../call/visit-clock'
import { callNotice } from './call-notice'
import type { MeetingTexts } from './meeting-texts'

interface CallScreenParts {
  boot: MeetingBoot
  texts: MeetingTexts
  room: Room
  media: LocalMedia
  onHangUp: () => void
}

/** The call as client and guardian see it. */
export interface CallScreen {
  update(): void
}

export function createCallScreen({ boot, texts, room, media, onHangUp }: CallScreenParts): CallScreen {
  return { update() { void boot; void texts; void room; void media; void onHangUp } }
}
