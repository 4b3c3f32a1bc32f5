import { type MeetingBoot, meetingIds, type MeetingTextKey } from '../../contract/meeting-boot'
import { byId, createTexts, readBoot } from '../call/boot-data'
import { setText, show } from '../call/dom'
import { createLocalMedia } from '../call/local-media'
import { createMeshTransport } from '../call/mesh-transport'
import { tabMemory } from '../call/page-id'
import { createRoom } from '../call/room'
import { createCallScreen } from './call-screen'
import { createEntry } from './entry'
import { createInvitationSound } from './invitation-sound'
import { meetingState, type MeetingState, type OwnSteps } from './meeting-state'
import { createWaitingRoom } from './waiting-room'

const tickMilliseconds = 1000

const boot = readBoot() as MeetingBoot
const texts = createTexts(boot)
const memory = tabMemory()
const joinedKey = `e-wizyta.${boot.visit.number}.joined`
const media = createLocalMedia(memory)
const sound = createInvitationSound(memory)
const room = createRoom({
  address: boot.room,
  visitNumber: boot.visit.number,
  serverNow: boot.now,
  state: boot.state,
  memory,
  transport: createMeshTransport(),
})
const steps: OwnSteps = { joined: memory.get(joinedKey) !== null, hungUp: false }
/** Names the page and the service. */
const serverTitle = document.title
let shown: MeetingState | undefined

createEntry(boot, texts, media, () => {
  sound.prepare()
  setJoined(true)
  room.connect()
  update()
})
const waitingRoom = createWaitingRoom({
  boot,
  texts,
  room,
  sound,
  hasPicture: () => media.view().video !== null && media.view().cameraOn,
  onEnterCall: () => {
    steps.hungUp = false
    room.enter()
  },
  onLeave: () => {
    setJoined(false)
    room.close()
    update()
  },
})
const callScreen = createCallScreen({ boot, texts, room, media })

function setJoined(joined: boolean): void {
  steps.joined = joined
  memory.set(joinedKey, joined ? '1' : null)
}

function update(): void {
  const view = room.view()
  const inProgress = view.state.state === 'in_progress'
  if (!inProgress) steps.hungUp = false
  else if (shown === 'call' && view.place === 'here' && !view.entered) steps.hungUp = true
  const next = meetingState(view, steps)
  waitingRoom.update(next)
  callScreen.update(next === 'call')
  document.body.setAttribute('data-state', next)
  document.body.setAttribute('data-connection', callScreen.connection())
  document.body.setAttribute('data-signalling', view.signalling)
  if (next !== shown) turnTo(next)
}

function turnTo(state: MeetingState): void {
  const before = shown
  shown = state
  if (state === 'ended') {
    media.close()
    // The end page is the server's
    window.location.reload()
    return
  }
  const isWaiting = state === 'waiting' || state === 'invited' || state === 'left'
  if (state === 'elsewhere') writeElsewhere()
  show(byId(meetingIds.entry, HTMLElement), state === 'permission')
  show(byId(meetingIds.waiting, HTMLElement), isWaiting)
  show(byId(meetingIds.elsewhere, HTMLElement), state === 'elsewhere')
  show(byId(meetingIds.call, HTMLElement), state === 'call')
  show(byId(meetingIds.frame, HTMLElement), state !== 'call')
  writeTitle(state)
  if (before !== undefined) focusOn(state, before)
}

function writeElsewhere(): void {
  const moved = room.view().place === 'replaced'
  setText(
    byId(meetingIds.elsewhereTitle, HTMLElement),
    texts.text(moved ? 'call.moved.title' : 'wait.otherTab.title'),
  )
  show(byId(meetingIds.elsewhereBody, HTMLElement), !moved)
  setText(
    byId(meetingIds.takeOver, HTMLElement),
    texts.text(moved ? 'call.moved.back' : 'wait.otherTab.button'),
  )
}

/** The tab's title tells of the invitation while one reads something else. */
function writeTitle(state: MeetingState): void {
  const keys: Record<MeetingState, MeetingTextKey> = {
    permission: 'meet.title',
    waiting: 'wait.title',
    invited: 'wait.callIn.title',
    left: 'wait.title',
    call: 'call.title',
    elsewhere: 'wait.otherTab.title',
    ended: 'wait.title',
  }
  document.title = serverTitle.replace(texts.text('meet.title'), texts.text(keys[state]))
}

/** Where the page turned because of a press, focus follows; an invitation leaves it where it is. */
function focusOn(state: MeetingState, before: MeetingState): void {
  if (state === 'call') byId(meetingIds.microphone, HTMLElement).focus()
  else if (state === 'left') byId(meetingIds.invitationEnter, HTMLElement).focus()
  else if (state === 'elsewhere') byId(meetingIds.elsewhereTitle, HTMLElement).focus()
  else if (state === 'waiting' && before === 'permission') byId('poczekalnia-tytul', HTMLElement).focus()
}

byId(meetingIds.takeOver, HTMLButtonElement).addEventListener('click', () => room.takeOver())
media.on('change', (view) => {
  if (view.asked)
    room.setMedia({
      audio: view.audio,
      video: view.video,
      screen: view.screen,
      microphone: view.audio !== null && view.microphoneOn,
      camera: view.video !== null && view.cameraOn,
    })
  update()
})
room.on('change', update)
window.setInterval(update, tickMilliseconds)

// A reload keeps the place, and asks for nothing again
if (steps.joined) {
  room.connect()
  void media.resume(boot.visit.number)
}
update()
