/** The fields of a form or an address as they came. */
export type Typed = Readonly<Record<string, unknown>>

export const typedIn = (sent: unknown): Typed =>
  typeof sent === 'object' && sent !== null ? (sent as Typed) : {}

/** A field's text without spaces around it; empty when it was not sent. */
export const textOf = (typed: Typed, name: string): string => {
  const value = typed[name]
  return typeof value === 'string' ? value.trim() : ''
}

/** All values of a field that may be sent several times, such as boxes of one name. */
export const listOf = (typed: Typed, name: string): string[] => {
  const value = typed[name]
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string')
  return typeof value === 'string' && value !== '' ? [value] : []
}

/** A whole number from `min` to `max`; undefined for anything else. */
export const numberOf = (typed: Typed, name: string, min: number, max: number): number | undefined => {
  const text = textOf(typed, name)
  const value = Number(text)
  return /^\d{1,9}$/.test(text) && value >= min && value <= max ? value : undefined
}

/** '9', '9:00', '09.00' as '09:00'; the end of the day may be '24:00'. Undefined for what is no clock time. */
export const clockTimeOf = (text: string): string | undefined => {
  const match = /^([01]?\d|2[0-4])(?:[:.]([0-5]\d))?$/.exec(text.trim())
  if (!match) return undefined
  const time = `${match[1]?.padStart(2, '0')}:${match[2] ?? '00'}`
  return time <= '24:00' ? time : undefined
}
