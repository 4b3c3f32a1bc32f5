import type { DeskCallBoot, DeskCallTextKey } from '../../contract/desk-call-boot'
import type { Participant } from '../../contract/signalling'
import { createMeshTransport } from '../call/mesh-transport'
import { tabMemory } from '../call/page-id'
import { createRoom } from '../call/room'

/** The tab that has called the client in goes first: this one might be of the same officer. */
const afterCallInMilliseconds = 3000

/** Follows a visit that somebody else conducts, or nobody yet: who is there, and when it changes hands. */
export function watchVisit(boot: DeskCallBoot, onStatus: (keys: DeskCallTextKey[]) => void): void {
  const room = createRoom({
    address: boot.room,
    visitNumber: boot.visit.number,
    serverNow: boot.now,
    state: boot.state,
    memory: tabMemory(),
    transport: createMeshTransport(),
  })
  let reloading = false
  const reloadOnce = (milliseconds: number): void => {
    if (reloading) return
    reloading = true
    window.setTimeout(() => window.location.reload(), milliseconds)
  }
  room.on('change', ({ state, present }) => {
    // What may be done now is the server's to say
    if (state.state !== boot.state.state)
      reloadOnce(state.state === 'in_progress' ? afterCallInMilliseconds : 0)
    else if (state.state === 'booked' || state.state === 'waiting')
      onStatus(presence(present.map(({ participant }) => participant)))
  })
  room.connect()
}

function presence(present: readonly Participant[]): DeskCallTextKey[] {
  const client: DeskCallTextKey = present.includes('client') ? 'desk.visit.here' : 'desk.visit.notWaiting'
  return present.includes('guardian') ? [client, 'desk.visit.guardianHere'] : [client]
}
