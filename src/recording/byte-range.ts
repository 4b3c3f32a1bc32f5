/** The bytes that a request asks for: from `start` up to, not including, `end`. */
export type ByteRange = { kind: 'whole' } | { kind: 'part'; start: number; end: number } | { kind: 'none' }

/**
 * Reads a Range header (RFC 9110). One range of bytes is served; several, other units and what is malformed may be
 * ignored by that standard, and are: the whole is sent. A range that lies outside is answered with 416.
 */
export function readByteRange(header: string | undefined, length: number): ByteRange {
  const range = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!range) return { kind: 'whole' }
  const [, first = '', last = ''] = range
  if (first === '' && last === '') return { kind: 'whole' }
  if (first === '') {
    const wanted = Number(last)
    return wanted === 0 || length === 0
      ? { kind: 'none' }
      : { kind: 'part', start: Math.max(0, length - wanted), end: length }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return { kind: 'whole' }
  if (start >= length) return { kind: 'none' }
  return { kind: 'part', start, end: last === '' ? length : Math.min(length, Number(last) + 1) }
}
