/** Only a page of the staff's own: never an address of another site. */
export const nextPage = (wish: unknown): string | undefined =>
  typeof wish === 'string' && /^\/pracownik(?:\/[\w-]+)+(?:\?[\w=&.-]*)?$/.test(wish) ? wish : undefined

/** The address with the page to lead on to. */
export const withNext = (path: string, next: string | undefined): string =>
  next === undefined ? path : `${path}?dalej=${encodeURIComponent(next)}`

export const minutesUntil = (then: Date, now: Date): number =>
  Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 60_000))
