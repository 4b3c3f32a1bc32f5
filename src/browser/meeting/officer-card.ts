import { meetingIds, type MeetingTextKey } from '../../contract/meeting-boot'
import type { RoomState } from '../../contract/signalling'
import { type AskedThing, showsDocument } from '../../contract/visit-matters'
import { byId } from '../call/boot-data'
import { setText, show } from '../call/dom'
import type { LocalMedia } from '../call/local-media'
import type { Room } from '../call/room'
import type { MeetingTexts } from './meeting-texts'

/** What the officer wants from the client right now: a warning to confirm, else what to show. */
export interface OfficerCard {
  update(state: RoomState): void
}

export type Card =
  | { kind: 'warning'; id: string; title: MeetingTextKey; body: readonly MeetingTextKey[] }
  | { kind: 'asked'; title: MeetingTextKey; body: readonly MeetingTextKey[] }

const askedKeys: Record<AskedThing, MeetingTextKey> = {
  face: 'identity.face',
  front: 'identity.front',
  back: 'identity.back',
  closer: 'identity.closer',
  glare: 'identity.glare',
  still: 'identity.still',
  share: 'call.shareAsked',
}

/** The card to show; null for none. An unread warning goes before everything. */
export function cardOf({ warnings, asked }: Pick<RoomState, 'warnings' | 'asked'>): Card | null {
  const unread = warnings.find(({ seenAt }) => seenAt === null)
  if (unread) {
    const repeated = warnings.indexOf(unread) > 0
    const body: MeetingTextKey[] = [`warning.${unread.reason}`]
    return {
      kind: 'warning',
      id: unread.id,
      title: 'warning.title',
      body: repeated ? [...body, 'warning.repeat'] : body,
    }
  }
  if (asked === null) return null
  const title = asked === 'share' ? 'call.share' : 'identity.title'
  const body = askedKeys[asked]
  return { kind: 'asked', title, body: asked === 'front' ? [body, 'identity.notKept'] : [body] }
}

export function createOfficerCard(
  { text }: MeetingTexts,
  room: Room,
  media: Pick<LocalMedia, 'setDocumentMode'>,
): OfficerCard {
  const card = byId(meetingIds.card, HTMLElement)
  const button = byId(meetingIds.cardButton, HTMLButtonElement)
  const frame = byId(meetingIds.documentFrame, HTMLElement)
  let shown = ''
  let warningId = ''
  button.addEventListener('click', () => {
    room.confirmWarning(warningId)
    show(card, false)
  })
  return {
    update(state) {
      const next = cardOf(state)
      room.setDocumentMode(showsDocument(state.asked))
      media.setDocumentMode(showsDocument(state.asked))
      show(frame, showsDocument(state.asked))
      frame.parentElement?.classList.toggle('for-document', showsDocument(state.asked))
      document.body.setAttribute('data-asked', state.asked ?? '')
      const key = JSON.stringify(next)
      if (key === shown) return
      shown = key
      show(card, next !== null)
      if (!next) return
      setText(byId(meetingIds.cardTitle, HTMLElement), text(next.title))
      setText(byId(meetingIds.cardBody, HTMLElement), next.body.map((one) => text(one)).join(' '))
      if (button.parentElement) show(button.parentElement, next.kind === 'warning')
      if (next.kind !== 'warning') return
      warningId = next.id
      button.focus()
    },
  }
}
