import { createHash } from 'node:crypto'
import { type AreaColumns, areaColumns } from './area-columns'
import { areaOfLine, branchFinder, type NamedBranch } from './area-line'
import { type AreaProblem, isWarning, shortValue } from './area-problem'
import { decodeText, type TextEncoding } from './decode-text'
import { type DelimitedRecord, type Delimiter, delimitedRecords } from './delimited-records'

/** What reading a file may cost at most. */
export interface FileLimits {
  bytes: number
  lines: number
  /** Problems that are kept one by one; all are counted. */
  problems: number
}

/** Every area that there can be has at most 111,110 lines; the rest are repetitions. */
export const defaultFileLimits: FileLimits = { bytes: 32 * 1024 * 1024, lines: 1_000_000, problems: 10_000 }

/** A file about areas, read. Only without errors may it be applied. */
export interface AreaFile {
  /** Prefix -> code of a branch, of the good lines. */
  areas: Map<string, string>
  problems: AreaProblem[]
  errors: number
  warnings: number
  /** Lines below the head. */
  lines: number
  encoding: TextEncoding | 'ASCII'
  delimiter: Delimiter
  /** SHA-256 of the bytes. */
  hash: Buffer
}

class TooLarge extends Error {}

/** Reads a file of prefixes and branches as it comes, holding areas and problems only. */
export async function readAreaFile(
  bytes: AsyncIterable<Uint8Array>,
  branches: readonly NamedBranch[],
  limits: FileLimits = defaultFileLimits,
): Promise<AreaFile> {
  const hash = createHash('sha256')
  const collected = collectAreas(branches, limits)
  let encoding: AreaFile['encoding'] = 'ASCII'
  let delimiter: Delimiter = ';'
  const limited = async function* () {
    let size = 0
    for await (const piece of bytes) {
      size += piece.length
      if (size > limits.bytes) throw new TooLarge()
      hash.update(piece)
      yield piece
    }
  }
  const records = delimitedRecords(
    decodeText(limited(), (found) => (encoding = found)),
    (found) => (delimiter = found),
  )
  try {
    for await (const record of records) if (!collected.take(record)) break
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    collected.stop('too_large')
  }
  return { ...collected.end(), encoding, delimiter, hash: hash.digest() }
}

function collectAreas(branches: readonly NamedBranch[], limits: FileLimits) {
  const find = branchFinder(branches)
  const areas = new Map<string, string>()
  const firstLines = new Map<string, number>()
  const problems: AreaProblem[] = []
  let columns: AreaColumns | undefined
  let [errors, warnings, lines, last] = [0, 0, 0, 1]
  let isStopped = false

  const note = (problem: AreaProblem): void => {
    if (isWarning(problem)) warnings++
    else errors++
    if (problems.length < limits.problems) problems.push(problem)
  }
  const stop = (kind: AreaProblem['kind'], line = last, value?: string): false => {
    isStopped = true
    // Beside whatever else was found: without it nobody knows why the rest is missing
    if (problems.length >= limits.problems) problems.pop()
    note({ line, kind, ...(value !== undefined && { value }) })
    return false
  }

  const takeHead = (record: DelimitedRecord): boolean => {
    if (!('cells' in record)) return stop('no_head', record.line)
    const head = areaColumns(record.cells)
    if (!head.ok) return stop(head.reason, record.line, shortValue(record.cells.join(' ')))
    columns = head.columns
    return true
  }
  const takeLine = (record: DelimitedRecord, at: AreaColumns): void => {
    const { line } = record
    if (!('cells' in record)) {
      note({ line, kind: record.broken })
      return
    }
    const read = areaOfLine(record.cells, at, find)
    if (!read.ok) {
      note({ line, kind: read.kind, ...(read.value !== undefined && { value: read.value }) })
      return
    }
    const { prefix, branch } = read
    const before = areas.get(prefix)
    if (before === undefined) {
      areas.set(prefix, branch)
      firstLines.set(prefix, line)
      return
    }
    const other = firstLines.get(prefix) ?? 0
    note({ line, kind: before === branch ? 'duplicate' : 'contradiction', value: prefix, other })
  }

  return {
    stop,
    /** @returns false once nothing more is of use */
    take: (record: DelimitedRecord): boolean => {
      last = record.line
      if (!columns) return takeHead(record)
      if (++lines > limits.lines) return stop('too_many_lines', record.line)
      takeLine(record, columns)
      return true
    },
    end: () => {
      if (!columns && !isStopped) stop('empty', 1)
      else if (areas.size === 0 && errors === 0) stop('no_areas')
      const [first] = zerosLost(areas)
      if (first !== undefined) note({ line: firstLines.get(first) ?? 1, kind: 'zeros_lost', value: first })
      problems.sort((one, other) => one.line - other.line)
      return { areas, problems, errors, warnings, lines }
    },
  }
}

/** Prefixes of four digits where none begins with a zero: a spreadsheet has taken codes for numbers. */
function zerosLost(areas: ReadonlyMap<string, string>): string[] {
  const prefixes = [...areas.keys()]
  if (prefixes.some((prefix) => prefix.startsWith('0'))) return []
  return prefixes.filter((prefix) => prefix.length === 4)
}
