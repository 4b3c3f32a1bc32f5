/** What the order of frames is decided by. */
export interface Timed {
  at: number
  rtpTime: number
}

export interface Ordered<T> {
  frame: T
  /** RTP time without its wrap-around at 2^32; only differences have a meaning. */
  rtp: number
}

export interface Reorder<T extends Timed> {
  /** Takes a frame; returns those before it that no other can come before any more. */
  push(frame: T): Ordered<T>[]
  /** Frames that came long before `at`: nothing will come before them, though nothing has come after them. */
  until(at: number): Ordered<T>[]
  /** All that is left. */
  rest(): Ordered<T>[]
}

/** How much later than its turn a frame may come: a repaired picture is rarely 0.5 s late. */
export const reorderMs = 1000
/** By arrival it waits longer, so that what comes within the window has always come. */
const patienceMs = 2 * reorderMs

/**
 * Puts the frames of one track into the order of their RTP time. A frame that comes a second time, or later than
 * the window allows, is left out. What comes out does not depend on the order in which it came.
 */
export function createReorder<T extends Timed>(ticksPerSecond: number): Reorder<T> {
  const windowTicks = (ticksPerSecond * reorderMs) / 1000
  let waiting: Ordered<T>[] = []
  let last: { rtpTime: number; rtp: number } | undefined
  let newest = -Infinity
  let given = -Infinity

  const unwrap = (rtpTime: number): number => {
    const rtp = last ? last.rtp + ((rtpTime - last.rtpTime) | 0) : rtpTime
    last = { rtpTime, rtp }
    return rtp
  }
  const give = (count: number): Ordered<T>[] => {
    if (count === 0) return []
    const ready = waiting.slice(0, count)
    waiting = waiting.slice(count)
    given = ready.at(-1)?.rtp ?? given
    return ready
  }
  const readyWhile = (isReady: (one: Ordered<T>) => boolean): Ordered<T>[] => {
    const stop = waiting.findIndex((one) => !isReady(one))
    return give(stop === -1 ? waiting.length : stop)
  }

  return {
    push(frame) {
      const rtp = unwrap(frame.rtpTime)
      if (rtp <= given) return []
      let place = waiting.length
      while (place > 0 && (waiting[place - 1]?.rtp ?? rtp) > rtp) place--
      if (place > 0 && waiting[place - 1]?.rtp === rtp) return []
      waiting.splice(place, 0, { frame, rtp })
      newest = Math.max(newest, rtp)
      return readyWhile((one) => one.rtp < newest - windowTicks)
    },
    until: (at) => readyWhile(({ frame }) => frame.at < at - patienceMs),
    rest: () => give(waiting.length),
  }
}
