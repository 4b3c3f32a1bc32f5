import { describe, expect, it } from 'vitest'
import type { RemotePeer } from '../call/media-transport'
import { clientStatus, type ClientStanding } from './client-status'

const page = (ready: boolean) => [{ pageId: 'abcdefgh', participant: 'client' as const, ready }]
const peer = (part: Partial<RemotePeer> = {}): RemotePeer => ({
  pageId: 'abcdefgh',
  participant: 'client',
  present: true,
  connected: true,
  receiving: true,
  stream: null,
  screen: null,
  quality: 'good',
  media: { microphone: true, camera: true, screen: null, soundOnly: false },
  figures: null,
  ...part,
})
const standing = (part: Partial<ClientStanding>): ClientStanding => ({
  now: 500_000,
  present: page(true),
  peer: peer(),
  troubleSince: null,
  invitedSince: null,
  ...part,
})

describe('what the officer reads about the client', () => {
  it('waits for a client who is invited, and says when nobody answers', () => {
    const invited = { present: page(false), peer: undefined }
    expect(clientStatus(standing({ ...invited, invitedSince: 490_000 })).key).toBe(
      'desk.call.waitingForClient',
    )
    expect(clientStatus(standing({ ...invited, invitedSince: 400_000 })).key).toBe('desk.callIn.noAnswer')
  })

  it('says that the client is in the call, or hidden', () => {
    expect(clientStatus(standing({})).key).toBe('desk.visit.inCall')
    const hidden = peer({ media: { microphone: true, camera: false, screen: null, soundOnly: false } })
    expect(clientStatus(standing({ peer: hidden })).key).toBe('desk.call.client.hidden')
  })

  it('counts the seconds since the client is gone, and gives up counting after two minutes', () => {
    const gone = { present: [], peer: peer({ present: false, receiving: false }) }
    expect(clientStatus(standing({ ...gone, troubleSince: 488_000 }))).toEqual({
      key: 'desk.call.client.reconnecting',
      n: 12,
    })
    expect(clientStatus(standing({ ...gone, troubleSince: 300_000 })).key).toBe('desk.visit.away')
  })

  it('keeps quiet about a break that repairs itself, and about a lost socket while sound still comes', () => {
    expect(clientStatus(standing({ troubleSince: 499_000 })).key).toBe('desk.visit.inCall')
    const returning = { present: page(false), peer: peer({ present: false }) }
    expect(clientStatus(standing(returning)).key).toBe('desk.visit.inCall')
  })
})
