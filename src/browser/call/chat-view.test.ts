import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ChatLine } from '../../contract/signalling'
import { emptyChat, heard, saying } from './chat-view'

const line = (position: number): ChatLine => ({
  id: `line-${position}`,
  position,
  author: 'client',
  text: `text ${position}`,
  sentAt: '2026-12-29T09:00:00.000Z',
})

test('however lines arrive, each stands once and in the order of the server', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 12 }))), (batches) => {
      const chat = batches.reduce((now, batch) => heard(now, batch.map(line)), emptyChat)
      const positions = [...new Set(batches.flat())].sort((a, b) => a - b)
      expect(chat.lines.map(({ position }) => position)).toEqual(positions)
    }),
  )
})

test('what was written stays unsent until its echo comes', () => {
  const written = saying(saying(emptyChat, { id: 'line-2', text: 'a' }), { id: 'line-3', text: 'b' })
  expect(heard(written, [line(1)]).unsent).toHaveLength(2)
  expect(heard(written, [line(2)]).unsent).toEqual([{ id: 'line-3', text: 'b' }])
})

test('a repeated echo changes nothing', () => {
  const chat = heard(emptyChat, [line(1)])
  expect(heard(chat, [line(1)])).toBe(chat)
})
