/** Milliseconds since 1970 on a clock that never jumps, whatever is done to the computer's. */
export const localNow = (): number => performance.timeOrigin + performance.now()
