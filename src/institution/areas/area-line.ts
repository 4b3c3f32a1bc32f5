import type { AreaColumns } from './area-columns'
import { type AreaError, shortValue } from './area-problem'
import { fold } from './fold'

/** A branch as a file may name it. */
export interface NamedBranch {
  code: string
  name: string
  active: boolean
}

/** Finds a branch by its code or its whole name. */
export type BranchFinder = (text: string) => NamedBranch | 'branch_unknown' | 'branch_ambiguous'

export function branchFinder(branches: readonly NamedBranch[]): BranchFinder {
  const byCode = new Map(branches.map((branch) => [branch.code.toLowerCase(), branch]))
  const byName = Map.groupBy(branches, ({ name }) => fold(name))
  // The same few names stand on thousands of lines
  const known = new Map<string, ReturnType<BranchFinder>>()
  const find: BranchFinder = (text) => {
    const branch = byCode.get(text.toLowerCase())
    if (branch) return branch
    const named = byName.get(fold(text)) ?? []
    return named.length > 1 ? 'branch_ambiguous' : (named[0] ?? 'branch_unknown')
  }
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const found = find(text)
    if (known.size < 10_000) known.set(text, found)
    return found
  }
}

type AreaLine = { ok: true; prefix: string; branch: string } | { ok: false; kind: AreaError; value?: string }

const wrong = (kind: AreaError, value?: string): AreaLine => ({
  ok: false,
  kind,
  ...(value !== undefined && { value: shortValue(value) }),
})

/** What a spreadsheet would run instead of show. */
const isFormula = (cell: string) => /^[=+\-@]/.test(cell)

/** The area of one line, or what is wrong with it. `branch` is a code. */
export function areaOfLine(
  cells: readonly string[],
  { prefix: prefixAt, branch: branchAt }: AreaColumns,
  find: BranchFinder,
): AreaLine {
  const typed = cells[prefixAt]
  const named = cells[branchAt]
  if (typed === undefined || named === undefined) return wrong('cells_missing', cells.join(' '))
  for (const cell of [typed, named]) {
    if (cell.includes('\0')) return wrong('nul', cell)
    if (cell.includes('\ufffd')) return wrong('broken_letter', cell)
  }
  if (typed === '') return wrong('prefix_missing')
  if (isFormula(typed)) return wrong('prefix_formula', typed)
  if (!/^\d{1,2}$|^\d{2}[-–\s]?\d{1,}$/.test(typed)) return wrong('prefix_wrong', typed)
  const prefix = typed.replace(/\D/g, '')
  if (prefix.length > 5) return wrong('prefix_too_long', typed)
  if (named === '') return wrong('branch_missing', typed)
  if (isFormula(named)) return wrong('branch_formula', named)
  const branch = find(named)
  if (typeof branch === 'string') return wrong(branch, named)
  return branch.active ? { ok: true, prefix, branch: branch.code } : wrong('branch_closed', named)
}
