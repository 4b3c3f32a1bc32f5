import type { z } from 'zod'

export const shownProblemReasons = [
  'empty',
  'too_long',
  'wrong',
  'phone',
  'email',
  'contact',
  'url',
  'day',
  'bracketed',
  'all_or_none',
  'order',
  'future',
  'barriers_needed',
  'auditor_needed',
  'ombudsman',
] as const
export type ShownProblemReason = (typeof shownProblemReasons)[number]

/** What is wrong with one field of a form; `field` is the place of the value, e.g. `dpoContact.pl`. */
export interface ShownProblem {
  field: string
  reason: ShownProblemReason
}

interface Issue {
  code: string
  path: PropertyKey[]
  minimum?: unknown
}

/** Problems of a schema as those of fields; `reasonOf` knows why a field of that name may be refused. */
export const problemsOf = (
  error: z.ZodError | undefined,
  reasonOf: (field: string) => ShownProblemReason,
): ShownProblem[] =>
  ((error?.issues ?? []) as Issue[]).map(({ code, path }) => {
    const field = path.map(String).join('.')
    if (code === 'too_small') return { field, reason: 'empty' }
    return { field, reason: code === 'too_big' ? 'too_long' : reasonOf(field) }
  })

/** At most one problem a field: the first. */
export const firstOfEach = (problems: readonly ShownProblem[]): ShownProblem[] =>
  problems.filter(({ field }, index) => problems.findIndex((one) => one.field === field) === index)
