import { describe, expect, it } from 'vitest'
import { browserProblem, mediaProblem } from './media-problem'

describe('why there is no camera or microphone', () => {
  const refused = (message: string) => ({ name: 'NotAllowedError', message })

  it('tells a person who refused from a system that refuses', () => {
    expect(mediaProblem(refused('Permission denied'), 'denied')).toBe('denied')
    expect(mediaProblem(refused('Permission denied by system'), 'unknown')).toBe('systemDenied')
    expect(mediaProblem(refused('The request is not allowed'), 'granted')).toBe('systemDenied')
  })

  it('tells a question left without an answer from a refusal', () => {
    expect(mediaProblem(refused('Permission dismissed'), 'prompt')).toBe('dismissed')
  })

  it('names a device in use and a missing one, in the words of old browsers too', () => {
    expect(mediaProblem({ name: 'NotReadableError', message: '' }, 'granted')).toBe('inUse')
    expect(mediaProblem({ name: 'TrackStartError', message: '' }, 'granted')).toBe('inUse')
    expect(mediaProblem({ name: 'NotFoundError', message: '' }, 'prompt')).toBe('notFound')
    expect(mediaProblem({ name: 'DevicesNotFoundError', message: '' }, 'prompt')).toBe('notFound')
  })

  it('does not guess at what it has never seen', () => {
    expect(mediaProblem({ name: 'SomethingNew', message: 'x' }, 'unknown')).toBe('failed')
  })

  it('tells an address without https from a browser that cannot hold a call', () => {
    expect(browserProblem({ secure: false, hasMediaDevices: false, hasPeers: true })).toBe('insecure')
    expect(browserProblem({ secure: true, hasMediaDevices: false, hasPeers: true })).toBe('unsupported')
    expect(browserProblem({ secure: true, hasMediaDevices: true, hasPeers: false })).toBe('unsupported')
    expect(browserProblem({ secure: true, hasMediaDevices: true, hasPeers: true })).toBeNull()
  })
})
