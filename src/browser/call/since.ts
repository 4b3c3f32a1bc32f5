/**
 * Remembers since when something holds: called with the present truth, answers the millisecond of its beginning or
 * null.
 */
export function createSince(): (holds: boolean, now: number) => number | null {
  let since: number | null = null
  return (holds, now) => {
    since = holds ? (since ?? now) : null
    return since
  }
}
