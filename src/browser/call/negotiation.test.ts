import { describe, expect, it } from 'vitest'
import { negotiationStep, type NegotiationStanding } from './negotiation'

const sdp = (session: string) => `v=0\r\no=- ${session} 2 IN IP4 127.0.0.1\r\n`
const offer = (session: string) => ({ type: 'offer', sdp: sdp(session) })
const answer = (session: string) => ({ type: 'answer', sdp: sdp(session) })
const standing = (part: Partial<NegotiationStanding>): NegotiationStanding => ({
  polite: true,
  offering: false,
  remoteSession: null,
  ...part,
})

describe('what a page does with a description', () => {
  it('accepts an offer while it has none of its own', () => {
    expect(negotiationStep(standing({}), offer('1'))).toBe('accept')
    expect(negotiationStep(standing({ remoteSession: '1' }), offer('1'))).toBe('accept')
  })

  it('lets exactly one side give way when both offer at once', () => {
    expect(negotiationStep(standing({ offering: true, polite: true }), offer('1'))).toBe('roll_back')
    expect(negotiationStep(standing({ offering: true, polite: false }), offer('1'))).toBe('ignore')
  })

  it('never takes an offer back on a connection that stood: it starts anew, and the other side follows', () => {
    const stood = { offering: true, remoteSession: '1' }
    expect(negotiationStep(standing({ ...stood, polite: true }), offer('1'))).toBe('renew_and_offer')
    expect(negotiationStep(standing({ ...stood, polite: false }), offer('1'))).toBe('ignore')
    // What the new connection offers, the other side takes although an offer of its own is out
    expect(negotiationStep(standing({ ...stood, polite: false }), offer('2'))).toBe('renew_and_accept')
  })

  it('starts anew when the other side has started anew, whoever is polite', () => {
    const known = { remoteSession: '1', offering: true }
    expect(negotiationStep(standing({ ...known, polite: false }), offer('2'))).toBe('renew_and_accept')
    expect(negotiationStep(standing({ remoteSession: '1' }), offer('2'))).toBe('renew_and_accept')
  })

  it('takes an answer only to an offer that is out', () => {
    expect(negotiationStep(standing({ offering: true }), answer('1'))).toBe('accept')
    expect(negotiationStep(standing({ offering: false }), answer('1'))).toBe('ignore')
  })

  it('offers once more when the answer comes from a connection it does not know', () => {
    expect(negotiationStep(standing({ offering: true, remoteSession: '1' }), answer('2'))).toBe(
      'renew_and_offer',
    )
  })

  it('ignores what is no description', () => {
    expect(negotiationStep(standing({}), { type: 'offer' })).toBe('ignore')
    expect(negotiationStep(standing({}), { type: 'rollback' })).toBe('ignore')
  })
})
