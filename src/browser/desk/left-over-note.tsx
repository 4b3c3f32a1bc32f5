import type { LeftOvers } from '../recorder/worker-messages'

interface NoteProps {
  left: LeftOvers & { done: boolean }
  count: (key: 'desk.recording.unsent', n: number) => string
  text: (key: 'desk.recording.unsent.done' | 'desk.recording.unsent.foreign') => string
}

/** What still waits on this computer to be sent; empty most of the time. */
export const LeftOverNote = ({ left, count, text }: NoteProps) => (
  <p class="day-note" role="status" id="niewyslane">
    {left.waiting > 0 && count('desk.recording.unsent', left.waiting)}
    {left.waiting === 0 && left.done && text('desk.recording.unsent.done')}
    {left.foreign > 0 && ` ${text('desk.recording.unsent.foreign')}`}
  </p>
)
