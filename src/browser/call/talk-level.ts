/** Whether somebody talks, from how loud the microphone is. */
export interface TalkState {
  talks: boolean
  /** Loud readings that came close after each other. */
  loud: number
  loudAt: number
}

export const noTalk: TalkState = { talks: false, loud: 0, loudAt: -Infinity }

/** Speech, not a chair: as loud as the bar of the device check calls heard. */
const loudFrom = 0.25
const readingsOfTalk = 5
/** Between words. */
const pauseMilliseconds = 700
/** What was said once stays long enough to be read. */
const quietMilliseconds = 4000

export function nextTalk(before: TalkState, { level, now }: { level: number; now: number }): TalkState {
  const since = now - before.loudAt
  if (level < loudFrom) return since > quietMilliseconds ? { ...before, talks: false, loud: 0 } : before
  const loud = since > pauseMilliseconds ? 1 : before.loud + 1
  return { talks: before.talks || loud >= readingsOfTalk, loud, loudAt: now }
}
