import type { DeskCallBoot, DeskCallTextKey } from '../../contract/boot'
import type { Participant } from '../../contract/signalling'
import { createMeshTransport } from '../call/mesh-transport'
import { tabMemory } from '../call/page-id'
import { createRoom } from '../call/room'

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
  room.on('change', ({ state, present }) => {
    // What may be done now is the server's to say
    if (state.state !== boot.state.state) window.location.reload()
    else if (state.state === 'booked' || state.state === 'waiting')
      onStatus(presence(present.map(({ participant }) => participant)))
  })
  room.connect()
}

function presence(present: readonly Participant[]): DeskCallTextKey[] {
  const client: DeskCallTextKey = present.includes('client') ? 'desk.visit.here' : 'desk.visit.notWaiting'
  return present.includes('guardian') ? [client, 'desk.visit.guardianHere'] : [client]
}
