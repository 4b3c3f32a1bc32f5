/** One record of a delimited file; `line` is where it begins, from 1. */
export type DelimitedRecord =
  | { line: number; cells: string[] }
  /** A quote that is never closed, or a line without end: only this line is lost, not what follows. */
  | { line: number; broken: 'quote' | 'too_long' }

/** More letters than any line about an area has; what is longer is no table. */
const longestRecord = 10_000

const delimiters = [';', ',', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** The delimiter that the first line holds most often, outside quotes; a semicolon when it holds none. */
export function delimiterOf(firstLine: string): Delimiter {
  const bare = firstLine.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length - 1
  return delimiters.reduce((best, one) => (count(one) > count(best) ? one : best))
}

/** A spreadsheet's own first line, 'sep=;'. */
const separatorLine = /^\ufeff?sep=(.)\r?$/i

type Scan = { cells: string[]; end: number; lines: number } | 'open' | 'quote'

/** One record from `start`; 'open' when it goes on beyond the text, `end` is the first letter after it. */
function scanRecord(text: string, start: number, delimiter: string): Scan {
  const cells: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    while (text[at] === ' ') at++
    let cell: string
    if (text[at] === '"') {
      const closed = scanQuoted(text, at, start)
      if (typeof closed === 'string') return closed
      lines += closed.value.split('\n').length - 1
      at = closed.end
      const rest = scanBare(text, at, delimiter)
      const behind = text.slice(at, rest).trimEnd()
      // Not the end of this cell but the beginning of another: the one in between was forgotten
      if (behind !== '' && rest < text.length && closed.value.includes('\n')) return 'quote'
      cell = closed.value + behind
      at = rest
    } else {
      const end = scanBare(text, at, delimiter)
      cell = text.slice(at, end).trim()
      at = end
    }
    cells.push(cell)
    if (at >= text.length) return 'open'
    if (text[at] === delimiter) {
      at++
      continue
    }
    return { cells, end: at + (text.startsWith('\r\n', at) ? 2 : 1), lines }
  }
}

function scanBare(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === delimiter || sign === '\n' || sign === '\r') return at
  }
  return text.length
}

function scanQuoted(
  text: string,
  from: number,
  start: number,
): { value: string; end: number } | 'open' | 'quote' {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (at - start > longestRecord) return 'quote'
    if (text[at + 1] !== '"') return { value: text.slice(from + 1, at).replaceAll('""', '"'), end: at + 1 }
  }
  return text.length - start > longestRecord ? 'quote' : 'open'
}

const lineEnd = /\r\n|\n|\r/g

/** Where the line that holds `start` ends, or -1. */
function endOfLine(text: string, start: number): number {
  lineEnd.lastIndex = start
  const match = lineEnd.exec(text)
  return match ? match.index + match[0].length : -1
}

/**
 * Records of a file with cells between delimiters (`;`, `,`, tab, `|`: the first line tells), quoted or not,
 * line ends of any kind inside quotes, too. Holds one record at a time, and goes on after a broken one:
 * that is why no library does it here, they lose everything behind a quote that is never closed.
 */
export async function* delimitedRecords(
  pieces: AsyncIterable<string>,
  found: (delimiter: Delimiter) => void = () => undefined,
): AsyncGenerator<DelimitedRecord> {
  const reader = createReader(found)
  for await (const piece of pieces) yield* reader.read(piece)
  yield* reader.end()
}

function createReader(found: (delimiter: Delimiter) => void) {
  let text = ''
  let line = 1
  let delimiter: string | undefined
  /** Inside a line that is too long: its rest is passed over. */
  let isSkipping = false

  function* read(piece: string, isLast = false): Generator<DelimitedRecord> {
    text += piece
    let at = 0
    if (isSkipping) {
      const end = endOfLine(text, 0)
      if (end < 0) {
        text = ''
        return
      }
      at = end
      line++
      isSkipping = false
    }
    while (at < text.length) {
      // '\r' may be the first half of a line end
      const isCut = !isLast && text.length - at <= longestRecord + 2
      const end = endOfLine(text, at)
      if ((end < 0 || end === text.length) && isCut) break
      if (delimiter === undefined) {
        const first = text.slice(at, end < 0 ? undefined : end)
        const told = separatorLine.exec(first.trimEnd())
        delimiter = told?.[1] ?? delimiterOf(first)
        found(delimiter as Delimiter)
        if (told) {
          at = end < 0 ? text.length : end
          line++
          continue
        }
      }
      const scanned = scanRecord(text, at, delimiter)
      if (scanned === 'open' && isCut) break
      if (typeof scanned === 'object' && scanned.end === text.length && text.endsWith('\r') && isCut) break
      if (typeof scanned === 'object' && scanned.end - at <= longestRecord) {
        if (scanned.cells.some((cell) => cell !== '')) yield { line, cells: scanned.cells }
        at = scanned.end
        line += scanned.lines
        continue
      }
      const lineLength = (end < 0 ? text.length : end) - at
      yield { line, broken: lineLength > longestRecord ? 'too_long' : 'quote' }
      line++
      if (end < 0) {
        isSkipping = true
        at = text.length
      } else at = end
    }
    text = text.slice(at)
  }

  return {
    read,
    /** What stands after the last line end. */
    *end(): Generator<DelimitedRecord> {
      if (text !== '' && !isSkipping) yield* read('\n', true)
    },
  }
}
