/** Runs something again and again until the returned function is called; tests bring their own. */
export type Every = (milliseconds: number, run: () => void) => () => void

/** By the timers of Node; a process that has nothing else to do may end. */
export const everyInterval: Every = (milliseconds, run) => {
  const timer = setInterval(run, milliseconds).unref()
  return () => {
    clearInterval(timer)
  }
}
