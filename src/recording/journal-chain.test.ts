import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { batchWindow, decodeBatch, encodeBatch } from '../contract/journal'
import { createJournalChain, noHash, type ReceivedBatch } from './journal-chain'

/** Batches that hang together; `text` makes others with the same numbers. */
function chainOf(count: number, text = 'a'): ReceivedBatch[] {
  const made: ReceivedBatch[] = []
  let before: Uint8Array = noHash
  for (let number = 1; number <= count; number++) {
    const payload = Buffer.from(`${text} ${number}`)
    const frame = {
      kind: 'frame',
      track: 1,
      at: 1,
      capturedAt: null,
      key: true,
      rtpTime: 1,
      number: null,
      payload,
    } as const
    const body = encodeBatch({ sessionId: new Uint8Array(16), number, before, builtAt: 1, records: [frame] })
    const bytes = Buffer.concat([body, createHash('sha256').update(body).digest()])
    const batch = decodeBatch(bytes)
    before = batch.hash
    made.push({ batch, bytes })
  }
  return made
}

const start = { number: 0, hash: noHash }

describe('the chain of a journal', () => {
  test('takes every batch once and in order, in whatever order and however often they come', () => {
    const batches = chainOf(30)
    const order = fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 60 }).chain((some) =>
      fc
        .shuffledSubarray(
          batches.map((_, index) => index),
          { minLength: 30 },
        )
        .map((all) => [...some, ...all]),
    )
    fc.assert(
      fc.property(order, (indices) => {
        const chain = createJournalChain(start)
        const taken: number[] = []
        for (const index of indices) {
          const received = batches[index]
          if (!received) continue
          const accepted = chain.accept(received)
          if ('taken' in accepted) taken.push(...accepted.taken.map(({ batch }) => batch.number))
          else expect(accepted).toEqual({ repeated: true })
        }
        expect(taken).toEqual(batches.map(({ batch }) => batch.number))
      }),
    )
  })

  test('never takes a batch of another chain, whatever is mixed in', () => {
    const own = chainOf(20)
    const foreign = chainOf(20, 'b')
    const mixed = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 19 })), { maxLength: 200 })
    fc.assert(
      fc.property(mixed, (sent) => {
        const chain = createJournalChain(start)
        const first = own[0]
        if (first) chain.accept(first)
        const taken: string[] = []
        for (const [isForeign, index] of sent) {
          const received = (isForeign ? foreign : own)[index]
          if (!received) continue
          const accepted = chain.accept(received)
          if ('taken' in accepted) taken.push(...accepted.taken.map(({ batch }) => hex(batch.hash)))
        }
        expect(taken).toEqual(own.slice(1, taken.length + 1).map(({ batch }) => hex(batch.hash)))
      }),
    )
  })

  test('a foreign batch that waited ahead of its turn does not stand in the way of the right one', () => {
    const [first, second] = chainOf(2)
    const foreign = chainOf(2, 'b')[1]
    if (!first || !second || !foreign) throw new Error('too few')
    const chain = createJournalChain(start)
    expect(chain.accept(foreign)).toEqual({ taken: [] })
    expect(chain.accept(first)).toMatchObject({ taken: [first] })
    expect(chain.accept(second)).toMatchObject({ taken: [second] })
  })

  test('refuses what lies beyond the window, or so far back that it is not remembered', () => {
    const batches = chainOf(batchWindow + 1)
    const chain = createJournalChain(start)
    const tooFar = batches[batchWindow]
    if (!tooFar) throw new Error('too few')
    expect(chain.accept(tooFar)).toEqual({ refused: 'out_of_range' })
    const later = createJournalChain({ number: 5000, hash: noHash })
    expect(later.accept(tooFar)).toEqual({ refused: 'out_of_range' })
  })

  test('goes on after an end that was read from the store', () => {
    const batches = chainOf(3)
    const [, second, third] = batches
    if (!second || !third) throw new Error('too few')
    const chain = createJournalChain({ number: 2, hash: second.batch.hash })
    expect(chain.accept(second)).toEqual({ repeated: true })
    expect(chain.accept(third)).toMatchObject({ taken: [third] })
  })
})

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
