/** Formats instants as '09:25' in the institution's zone, whatever zone the device is set to. */
export function clockTimeIn(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat('pl-PL', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
  return (instant) => format.format(instant)
}
