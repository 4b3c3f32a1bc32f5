const minute = 60_000

/** How far apart the runs of a cron of five fields are at most: each minute, each hour, or each day. */
export function cronPeriod(cron: string): number {
  const [minutes = '', hours = ''] = cron.trim().split(/\s+/)
  if (hours !== '*') return 24 * 60 * minute
  return minutes === '*' ? minute : 60 * minute
}

/** A run is late once it was missed twice and five minutes have passed. */
export const isLate = (cron: string, last: Date | null, now: Date): boolean =>
  last !== null && now.getTime() - last.getTime() > 2 * cronPeriod(cron) + 5 * minute
