/** Why a line cannot become an area. */
export const areaErrors = [
  'quote',
  'too_long',
  'nul',
  'broken_letter',
  'cells_missing',
  'prefix_missing',
  'prefix_formula',
  'prefix_wrong',
  'prefix_too_long',
  'branch_missing',
  'branch_formula',
  'branch_unknown',
  'branch_closed',
  'branch_ambiguous',
  'contradiction',
] as const
export type AreaError = (typeof areaErrors)[number]

/** Why a whole file cannot be read, at the line where reading stopped. */
export const fileErrors = [
  'empty',
  'no_head',
  'head_twice',
  'no_areas',
  'too_many_lines',
  'too_large',
] as const
export type FileError = (typeof fileErrors)[number]

/** What is worth a look and stops nothing. */
export const areaWarnings = ['duplicate', 'zeros_lost'] as const
export type AreaWarning = (typeof areaWarnings)[number]

export interface AreaProblem {
  line: number
  kind: AreaError | FileError | AreaWarning
  /** What stands there, cut short. */
  value?: string
  /** The line that says something else, or the same. */
  other?: number
}

export const isWarning = ({ kind }: Pick<AreaProblem, 'kind'>): boolean =>
  (areaWarnings as readonly string[]).includes(kind)

const longestValue = 60

/** What a person is shown of a cell: no control characters, not too much of it. */
export const shortValue = (text: string): string => {
  const visible = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return visible.length > longestValue ? `${visible.slice(0, longestValue)}…` : visible
}
